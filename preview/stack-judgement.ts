import type { PolicyPack } from "./policy-pack";
import type { PolicyResult } from "./preview-document";
import type { StackIdentity } from "./registrar";
import type { Slots } from "./slots";

/** Shows a policy pack one stack while its program runs, as soon as the pack is there and has a place for it. */
export class StackJudgement {
  /** What came before the pack had a place. */
  private early: string[] = [];
  private pack: PolicyPack | undefined;
  private end: (wanted: "judge" | "abandon") => void = () => undefined;
  private readonly verdict: Promise<PolicyResult | undefined>;

  /** @param places at the pack: one */
  constructor(identity: StackIdentity, booting: Promise<PolicyPack>, places: Slots) {
    const ended = new Promise<"judge" | "abandon">((resolve) => (this.end = resolve));
    this.verdict = places.run(async () => {
      const pack = await booting;
      pack.begin(identity);
      for (const line of this.early) pack.show(line);
      this.early = [];
      this.pack = pack;
      if ((await ended) === "judge") return pack.judge();
      pack.abandon();
      return undefined;
    });
    // A pack that fails is told where its verdict is wanted.
    this.verdict.catch(() => undefined);
  }

  /** @param line what the program tells of a resource or its outputs */
  show(line: string): void {
    if (this.pack === undefined) this.early.push(line);
    else this.pack.show(line);
  }

  /** What the pack says of the stack, once its program has ended. */
  result(): Promise<PolicyResult | undefined> {
    this.end("judge");
    return this.verdict;
  }

  /** The program failed, so nobody wants to know. */
  abandon(): void {
    this.early = [];
    this.end("abandon");
  }
}
