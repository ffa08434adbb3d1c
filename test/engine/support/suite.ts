/** A group of tests that needs the real engine: skipped with the reason where there is none. */
import { findEngine, type Engine } from "./engine";

export function withEngine(title: string, body: (engine: Engine) => void): void {
  const engine = findEngine();
  describe(title, () => {
    if (typeof engine === "string") it.skip(`needs the real Pulumi engine: ${engine}`);
    else body(engine);
  });
}

/** Prints a figure for docs/testing.md: how many points were tried, how many survived, and what it took. */
export function figure(what: string, tried: number, survived: number, how = ""): void {
  if (tried === 0) return;
  process.stdout.write(
    `    figure: ${what}: ${tried} points tried, ${survived} survived${how === "" ? "" : ` (${how})`}\n`,
  );
}
