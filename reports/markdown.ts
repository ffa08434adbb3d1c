import type { PreviewDocument, StackProblem, StackPreview } from "../preview/preview-document";
import { flowMermaid, mapMermaid, mostOfDiagram } from "./mermaid";
import { accessMapOf } from "./page/access-map";
import { releasesOf, type Release } from "./page/releases";
import { pipelinesOf, plural } from "./pipelines";
import {
  countFindings,
  kindsOf,
  madeResources,
  stackTitle,
  totalsOf,
  type FindingGroup,
  type Totals,
} from "./summary";

/** The most bytes of a comment on a pull request that GitHub takes: it says "body is too long (maximum is 65536 characters)". */
const mostOfComment = 65_536;

/** The preview for the comment on a pull request: what matters first, the rest folded away; what is too long is left out. */
export function renderMarkdown(document: PreviewDocument): string {
  const { problems } = document;
  if (problems.length === 0) return fitting(previewSections(document), totalText(totalsOf(document)));
  const title = `## ✖ ${plural(problems.length, "problem")} in the input`;
  return fitting([title, ...problems.map(problemText)], "");
}

/** As many sections as a comment holds, and a word on how many it does not. The last one is always there. */
function fitting(sections: readonly string[], last: string): string {
  const given = sections.filter((section) => section !== "");
  const left = (count: number): string =>
    `**${plural(count, "part")} left out**: a comment on GitHub holds ${mostOfComment.toLocaleString("en-US")} characters. ` +
    "`slipway preview --html FILE` writes a page with everything.";
  let room = mostOfComment - Buffer.byteLength(`${last}\n\n${left(given.length)}\n\n`);
  const shown = given.filter((section) => {
    const size = Buffer.byteLength(`${section}\n\n`);
    if (size > room) return false;
    room -= size;
    return true;
  });
  const missing = given.length - shown.length;
  const ends = [missing === 0 ? "" : left(missing), last].filter((end) => end !== "");
  return `${[...shown, ...ends].join("\n\n")}\n`;
}

function previewSections(document: PreviewDocument): string[] {
  const totals = totalsOf(document);
  const broken = countFindings(totals.mandatory);
  const { warnings = [] } = document;
  const verdict = broken === 0 ? "✔ Clean" : `✖ ${plural(broken, "mandatory violation")}`;
  const warned = warnings.length === 0 ? "" : `, with ${plural(warnings.length, "warning")} about the input`;
  return [
    `## Slipway preview: ${verdict}${warned}`,
    ...warnings.map(problemText),
    ...findings("Violations", totals.mandatory),
    ...findings("Warnings", totals.advisory),
    ...findings("Nobody can judge these before deployment", totals.unknownDocuments),
    stackTable(document.stacks),
    mapText(document),
    ...releasesOf(document).map(releaseText),
    ...document.stacks.map(resourceText),
    ...folded(`${plural(countFindings(totals.exempted), "exemption")} used`, totals.exempted),
  ];
}

function mapText(document: PreviewDocument): string {
  const map = accessMapOf(document);
  if (map.arrows.length === 0) return "";
  return details("Accounts, and who may enter what", mermaid(mapMermaid(map)));
}

function mermaid(diagram: string): string {
  if (diagram.length > mostOfDiagram) {
    return `The picture is left out: Mermaid on GitHub draws at most ${mostOfDiagram.toLocaleString("en-US")} characters.`;
  }
  return `\`\`\`mermaid\n${diagram}\n\`\`\``;
}

function stackTable(stacks: readonly StackPreview[]): string {
  const rows = stacks.map((stack) =>
    row([
      `**${text(stack.name)}**`,
      text(stackTitle(stack)),
      text(stack.accountId),
      text(stack.region),
      String(madeResources(stack).length),
      String(pipelinesOf(stack.resources).length),
    ]),
  );
  return [
    row(["Stack", "Kind", "Account", "Region", "Resources", "Pipelines"]),
    row(Array<string>(6).fill("---")),
    ...rows,
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function findings(title: string, groups: readonly FindingGroup[]): string[] {
  return groups.length === 0 ? [] : [`### ${title}`, ...groups.map(findingText)];
}

function findingText({ rule, severity, stacks, urns, path, message }: FindingGroup): string {
  const facts = [text(stacks.join(", ")), severity].filter((fact) => fact !== "").join(", ");
  const property = path === "" ? "" : ` ${code(path)}`;
  const lines = [`**${text(rule)}**${property} (${facts})`, ...urns.map(code), ...text(message).split("\n")];
  return `- ${lines.join("  \n  ")}`;
}

function folded(title: string, groups: readonly FindingGroup[]): string[] {
  return groups.length === 0 ? [] : [details(title, groups.map(findingText).join("\n"))];
}

function releaseText(release: Release): string {
  const { name, triggers, mode } = release.pipeline;
  const facts = [...triggers.map((trigger) => `on ${trigger}`), mode].filter((fact) => fact !== "");
  return details(`Release <b>${html(name)}</b> ${html(facts.join(" · "))}`, mermaid(flowMermaid(release)));
}

function resourceText(stack: StackPreview): string {
  const kinds = kindsOf(stack).map((kind) => `- ${text(kind)}`);
  return details(`${html(stack.name)}: ${plural(madeResources(stack).length, "resource")}`, kinds.join("\n"));
}

function details(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function totalText(totals: Totals): string {
  const judged =
    totals.packs.length === 0
      ? "no policy pack"
      : `${plural(totals.documents, "policy document")} judged by ${text(totals.packs.join(", "))}, ` +
        `${String(countFindings(totals.unknownDocuments))} unknown, ${plural(countFindings(totals.exempted), "exemption")} used`;
  return (
    `${plural(totals.stacks, "stack")}, ${plural(totals.resources, "resource")}; ${judged}; ` +
    `${plural(totals.unknowns, "value")} known only after deployment. Nothing was deployed; no credential was used.`
  );
}

function problemText({ message, file, line, column, stacks, remedy }: StackProblem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const where = [
    place === "" ? "" : code(place),
    stacks === undefined ? "" : `in ${text(stacks.join(", "))}`,
  ];
  const heading = where.filter((part) => part !== "").join(" ");
  const lines = [heading, text(message), remedy === undefined ? "" : `_${text(remedy)}_`].filter(
    (part) => part !== "",
  );
  return `- ${lines.join("  \n  ").replaceAll("\n\n", "\n")}`;
}

/** Text that cannot turn into markup or break out of a table cell. */
function text(value: string): string {
  return html(value).replace(/[\\`*_[\]|]/g, "\\$&");
}

function html(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function code(value: string): string {
  const fence = value.includes("`") ? "``" : "`";
  return `${fence}${value.replaceAll("\n", " ")}${fence}`;
}
