import type { PreviewDocument, StackProblem, StackPreview } from "../preview/preview-document";
import { STYLE } from "./html-style";
import { pipelinesOf, plural, type ActionView, type PipelineView, type StageView } from "./pipelines";
import {
  countFindings,
  kindName,
  kindsOf,
  madeResources,
  stackTitle,
  totalsOf,
  type FindingGroup,
  type Totals,
} from "./summary";

/** The preview as one HTML page without scripts, fonts or anything else from the network. */
export function renderHtml(document: PreviewDocument): string {
  const body = document.problems.length > 0 ? problemsBody(document.problems) : previewBody(document);
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
    "<title>Slipway preview</title>",
    `<style>${STYLE}</style>`,
    body,
    "</html>",
    "",
  ].join("\n");
}

function previewBody(document: PreviewDocument): string {
  const totals = totalsOf(document);
  const { warnings = [] } = document;
  return [
    header(totals, warnings.length),
    warningsSection(warnings),
    findings("Violations", "violation", totals.mandatory),
    findings("Warnings", "warning", totals.advisory),
    findings("Nobody can judge these before deployment", "warning", totals.unknownDocuments),
    ...document.stacks.map(stackSection),
    findings("Exemptions used", "exempted", totals.exempted),
    "<footer>Nothing was deployed; no credential was used.</footer>",
  ].join("\n");
}

function header(totals: Totals, warnings: number): string {
  const broken = countFindings(totals.mandatory);
  const warned = warnings === 0 ? "" : `, with ${plural(warnings, "warning")} about the input`;
  const verdict = `${broken === 0 ? "Clean" : plural(broken, "mandatory violation")}${warned}`;
  const facts: readonly (readonly [string, number])[] = [
    ["stacks", totals.stacks],
    ["resources", totals.resources],
    ["policy documents", totals.documents],
    ["of them unknown", countFindings(totals.unknownDocuments)],
    ["exemptions used", countFindings(totals.exempted)],
    ["values known later", totals.unknowns],
  ];
  const cells = facts.map(([name, count]) => `<div><dd>${String(count)}</dd><dt>${name}</dt></div>`);
  const pack =
    totals.packs.length === 0 ? "No policy pack." : `Judged by ${escape(totals.packs.join(", "))}.`;
  return `<header><h1>Slipway preview <span class="${broken === 0 ? "clean" : "broken"}">${verdict}</span></h1><dl>${cells.join("")}</dl><p>${pack}</p></header>`;
}

function findings(title: string, kind: string, groups: readonly FindingGroup[]): string {
  if (groups.length === 0) return "";
  const entries = groups.map(({ rule, severity, stacks, urns, path, message }) => {
    const facts = [path, stacks.join(", "), severity].filter((fact) => fact !== "").join(" · ");
    const subjects = urns.map((urn) => `<code>${escape(urn)}</code>`).join("");
    return `<li class="${kind}"><h3>${escape(rule)} <small>${escape(facts)}</small></h3>${subjects}<p>${escape(message)}</p></li>`;
  });
  const count = String(countFindings(groups));
  return `<section><h2>${escape(title)} <small>${count}</small></h2><ul class="findings">${entries.join("")}</ul></section>`;
}

function stackSection(stack: StackPreview): string {
  const facts = [stackTitle(stack), stack.accountId, stack.region].filter((fact) => fact !== "");
  const kinds = kindsOf(stack).map((kind) => `<li>${escape(kind)}</li>`);
  return [
    `<section><h2>${escape(stack.name)} <small>${escape(facts.join(" · "))}</small></h2>`,
    ...pipelinesOf(stack.resources).map(pipelineFigure),
    `<ul class="kinds">${kinds.join("")}</ul>`,
    resourceTable(stack),
    "</section>",
  ].join("\n");
}

function pipelineFigure(pipeline: PipelineView): string {
  const facts = [...pipeline.triggers.map((trigger) => `on ${trigger}`), pipeline.mode].filter(
    (fact) => fact !== "",
  );
  const stages = pipeline.stages.map(stageItem).join("");
  return `<figure><figcaption><b>${escape(pipeline.name)}</b> ${escape(facts.join(" · "))}</figcaption><ol>${stages}</ol></figure>`;
}

function stageItem({ name, steps, conditions, onFailure }: StageView): string {
  const approval = steps.flat().some(({ kind }) => kind === "approval");
  const parts = steps.map((step) => `<span>${step.map(actionText).join(" + ")}</span>`).join(" → ");
  const notes = [...conditions, onFailure]
    .filter((note) => note !== "")
    .map((note) => `<small>${escape(note)}</small>`);
  return `<li${approval ? ' class="approval"' : ""}><b>${escape(name)}</b>${parts}${notes.join("")}</li>`;
}

function actionText({ text }: ActionView): string {
  return escape(text);
}

function resourceTable(stack: StackPreview): string {
  const rows = madeResources(stack).map(
    ({ type, name, urn, protect }) =>
      `<tr><td>${escape(kindName(type))}</td><td title="${escape(urn)}">${escape(name)}${protect ? " <small>protected</small>" : ""}</td></tr>`,
  );
  return `<details><summary>${plural(rows.length, "resource")}</summary><table><tr><th>Kind</th><th>Name</th></tr>${rows.join("")}</table></details>`;
}

function problemsBody(problems: readonly StackProblem[]): string {
  const title = `${plural(problems.length, "problem")} in the input`;
  return `<header><h1>Slipway preview <span class="broken">${title}</span></h1></header><section>${problemList(problems, "violation")}</section>`;
}

function warningsSection(warnings: readonly StackProblem[]): string {
  if (warnings.length === 0) return "";
  const count = String(warnings.length);
  return `<section><h2>Warnings about the input <small>${count}</small></h2>${problemList(warnings, "warning")}</section>`;
}

function problemList(problems: readonly StackProblem[], kind: "violation" | "warning"): string {
  const entries = problems.map(({ message, file, line, column, stacks, remedy }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    const where = [place, stacks === undefined ? "" : `in ${stacks.join(", ")}`].filter(
      (part) => part !== "",
    );
    const hint = remedy === undefined ? "" : `<p class="remedy">${escape(remedy)}</p>`;
    return `<li class="${kind}"><code>${escape(where.join(" "))}</code><p>${escape(message)}</p>${hint}</li>`;
  });
  return `<ul class="findings">${entries.join("")}</ul>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
