import type { Explanations } from "./choose";
import { sectionsOf, type Line } from "./sections";

/** Explanations for a pull request or a wiki. */
export function renderExplanationMarkdown(explanations: Explanations): string {
  const sections = sectionsOf(explanations).map(({ title, place, lead, parts }) =>
    [
      `## ${escape(title)} (${escape(place)})`,
      ...lead.map(escape),
      ...parts.map(({ heading, lines }) => `### ${escape(heading)}\n\n${lines.map(lineText).join("\n")}`),
    ].join("\n\n"),
  );
  return `${sections.join("\n\n")}\n`;
}

function lineText({ text, note, exact }: Line): string {
  if (exact !== undefined) return `\n\`\`\`json\n${exact}\n\`\`\``;
  return `- ${escape(text)}${note === "" ? "" : ` (\`${note}\`)`}`;
}

/** https://spec.commonmark.org/0.31.2/#backslash-escapes */
function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, "\\$&");
}
