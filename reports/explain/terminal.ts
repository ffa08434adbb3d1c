import { createColors } from "picocolors";
import { wrap } from "../text";
import type { Explanations } from "./choose";
import { sectionsOf, type Line } from "./sections";

type Pen = ReturnType<typeof createColors>;

/** Explanations for people at a terminal. */
export function renderExplanation(
  explanations: Explanations,
  { width, color }: { readonly width: number; readonly color: boolean },
): string {
  const pen = createColors(color);
  const most = Math.max(60, Math.min(width, 120));
  const sections = sectionsOf(explanations).map(({ title, place, lead, parts }) =>
    [
      `${pen.bold(title)}  ${pen.dim(place)}`,
      ...lead.flatMap((text) => wrap(text, most, "  ")),
      ...parts.flatMap(({ heading, lines }) => [
        "",
        ...wrap(heading, most).map((text) => pen.bold(text)),
        ...lines.flatMap((line) => lineTexts(line, most, pen)),
      ]),
    ].join("\n"),
  );
  return `${sections.join("\n\n")}\n`;
}

function lineTexts({ text, note, exact }: Line, width: number, pen: Pen): string[] {
  if (exact !== undefined) return exact.split("\n").map((line) => pen.dim(`  ${line}`));
  const [first = "", ...rest] = wrap(text, width - 2, "  ");
  const lines = [`  - ${first.trimStart()}`, ...rest.map((line) => `  ${line}`)];
  if (note === "") return lines;
  const last = lines.at(-1) ?? "";
  // The note stands behind the sentence where it fits, else below it.
  return last.length + note.length + 2 <= width
    ? [...lines.slice(0, -1), `${last}  ${pen.dim(note)}`]
    : [...lines, pen.dim(`    ${note}`)];
}
