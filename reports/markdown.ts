import type { PreviewDocument, StackProblem, StackPreview } from "../preview/preview-document";
import { pipelinesOf, plural, type PipelineView, type StageView } from "./pipelines";
import {
  countFindings,
  kindsOf,
  madeResources,
  stackTitle,
  totalsOf,
  type FindingGroup,
  type Totals,
} from "./summary";

/** The preview for the comment on a pull request: what matters first, the rest folded away. */
export function renderMarkdown(document: PreviewDocument): string {
  const sections =
    document.problems.length > 0
      ? [
          `## ✖ ${plural(document.problems.length, "problem")} in the input`,
          ...document.problems.map(problemText),
        ]
      : previewSections(document);
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
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
    stackTable(document.stacks),
    ...findings("Violations", totals.mandatory),
    ...findings("Warnings", totals.advisory),
    ...findings("Nobody can judge these before deployment", totals.unknownDocuments),
    ...document.stacks.flatMap(({ resources }) => pipelinesOf(resources).map(pipelineText)),
    ...document.stacks.map(resourceText),
    ...folded(`${plural(countFindings(totals.exempted), "exemption")} used`, totals.exempted),
    totalText(totals),
  ];
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
  return groups.length === 0 ? [] : [`### ${title}`, groups.map(findingText).join("\n")];
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

function pipelineText(pipeline: PipelineView): string {
  const facts = [...pipeline.triggers.map((trigger) => `on ${trigger}`), pipeline.mode].filter(
    (fact) => fact !== "",
  );
  const stages = pipeline.stages.map((stage) =>
    row([`**${text(stage.name)}**`, text(stageSteps(stage)), text(stageNotes(stage))]),
  );
  const table = [row(["Stage", "Steps", ""]), row(["---", "---", "---"]), ...stages].join("\n");
  return details(`Pipeline <b>${html(pipeline.name)}</b> ${html(facts.join(" · "))}`, table);
}

function stageSteps({ steps }: StageView): string {
  return steps.map((step) => step.map((action) => action.text).join(" + ")).join(" → ");
}

function stageNotes({ conditions, onFailure }: StageView): string {
  return [...conditions, onFailure].filter((note) => note !== "").join("; ");
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
