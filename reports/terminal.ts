import { createColors } from "picocolors";
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
import { flow, wrap } from "./text";

export interface TerminalOptions {
  /** Characters in a line. */
  readonly width: number;
  readonly color: boolean;
  /** Only what is wrong: problems and violations. */
  readonly quiet?: boolean;
  /** Also how many resources of which type each stack has. */
  readonly verbose?: boolean;
}

type Colors = ReturnType<typeof createColors>;

interface Pen extends Colors {
  readonly width: number;
}

/** The preview for people at a terminal. */
export function renderTerminal(document: PreviewDocument, options: TerminalOptions): string {
  const { width, color, quiet = false, verbose = false } = options;
  const pen: Pen = { ...createColors(color), width: Math.max(40, Math.min(width, 110)) };
  const lines = linesOf(document, { quiet, verbose }, pen);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function linesOf(
  document: PreviewDocument,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
  pen: Pen,
): string[] {
  if (document.problems.length > 0) return renderProblems(document.problems, pen);
  if (quiet) return renderFindings("violation", totalsOf(document).mandatory, pen.red("✖"), pen);
  const stacks = document.stacks.map((stack) => renderStack(stack, verbose, pen));
  return [...stacks.flatMap(spaced), ...renderVerdict(document, pen)];
}

/** An empty line after each stack, but between two that need one line each. */
function spaced(lines: readonly string[], index: number, stacks: readonly (readonly string[])[]): string[] {
  const short = lines.length === 1 && stacks[index + 1]?.length === 1;
  return short ? [...lines] : [...lines, ""];
}

function renderProblems(problems: readonly StackProblem[], pen: Pen): string[] {
  const title = `${plural(problems.length, "problem")}. There is nothing to show until ${problems.length === 1 ? "it is" : "they are"} solved.`;
  return [
    pen.bold(pen.red(`✖ ${title}`)),
    "",
    ...problems.flatMap((problem) => [...renderProblem(problem, pen), ""]),
  ].slice(0, -1);
}

function renderProblem({ message, stacks, remedy, ...place }: StackProblem, pen: Pen, mark = ""): string[] {
  const where = [
    placeText(place),
    stacks === undefined ? "" : `${stacks.length === 1 ? "stack" : "stacks"} ${stacks.join(", ")}`,
  ];
  const heading = where.filter((text) => text !== "").join("  ");
  return [
    ...(heading === "" ? [] : [`  ${mark === "" ? "" : `${mark} `}${pen.cyan(heading)}`]),
    ...wrap(message, pen.width, mark === "" ? "  " : "    "),
    ...(remedy === undefined
      ? []
      : wrap(remedy, pen.width, mark === "" ? "    " : "      ").map((text) => pen.dim(text))),
  ];
}

function placeText({ file, line, column }: Pick<StackProblem, "file" | "line" | "column">): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/** Warnings about the input without anything else, as compilers print them: for standard error. */
export function renderWarnings({ warnings = [] }: PreviewDocument): string {
  return warnings
    .map(({ message, remedy, ...place }) => {
      const lines = remedy === undefined ? [] : remedy.split("\n").map((line) => `  ${line}\n`);
      const where = placeText(place);
      return `warning: ${where === "" ? "" : `${where}: `}${message}\n${lines.join("")}`;
    })
    .join("");
}

function inputWarnings(warnings: readonly StackProblem[], pen: Pen): string[] {
  if (warnings.length === 0) return [];
  return [
    pen.bold(`${plural(warnings.length, "warning")} about the input`),
    "",
    ...warnings.flatMap((warning) => [...renderProblem(warning, pen, pen.yellow("!")), ""]),
  ];
}

function renderStack(stack: StackPreview, verbose: boolean, pen: Pen): string[] {
  const count = plural(madeResources(stack).length, "resource");
  const facts = [`${stackTitle(stack)} ${stack.accountId}`.trimEnd(), stack.region, count];
  const lead = " ".repeat(stack.name.length + 2);
  const [first = "", ...more] = flow(
    facts.filter((fact) => fact !== ""),
    pen.width - lead.length,
  );
  const heading = [`${pen.bold(stack.name)}  ${pen.dim(first)}`, ...more.map((line) => lead + pen.dim(line))];
  const kinds = verbose ? flow(kindsOf(stack), pen.width, "  ") : [];
  const pipelines = pipelinesOf(stack.resources).flatMap((pipeline) => [
    "",
    ...renderPipeline(pipeline, pen),
  ]);
  return [...heading, ...kinds.map((line) => pen.dim(line)), ...pipelines];
}

function renderPipeline(pipeline: PipelineView, pen: Pen): string[] {
  const facts = [...pipeline.triggers.map((trigger) => `on ${trigger}`), pipeline.mode].filter(
    (fact) => fact !== "",
  );
  const nameWidth = Math.max(...pipeline.stages.map(({ name }) => name.length), 0);
  const stages = pipeline.stages.flatMap((stage, index) => {
    const last = index === pipeline.stages.length - 1;
    return renderStage(stage, nameWidth, { first: index === 0, last }, pen);
  });
  const [head = "", ...rest] = flow(facts, pen.width - pipeline.name.length - 4, "");
  const more = rest.map((line) => `  ${" ".repeat(pipeline.name.length)}  ${pen.dim(line)}`);
  return [`  ${pen.bold(pen.cyan(pipeline.name))}  ${pen.dim(head)}`, ...more, ...stages];
}

function renderStage(
  stage: StageView,
  nameWidth: number,
  { first, last }: { first: boolean; last: boolean },
  pen: Pen,
): string[] {
  const approval = stage.steps.flat().some(({ kind }) => kind === "approval");
  const rail = first ? "┌" : last ? "└" : "├";
  const mark = approval ? pen.yellow("◇") : pen.dim(rail);
  const steps = stage.steps.map((step) => step.map(({ text }) => text).join(" + ")).join(" → ");
  const notes = [...stage.conditions, stage.onFailure].filter((note) => note !== "");
  const lead = nameWidth + 6;
  const lines = flow([steps, ...notes], pen.width - lead, "", "  ").flatMap((line) =>
    line.length > pen.width - lead ? wrap(line, pen.width - lead) : [line],
  );
  const [text = "", ...further] = lines.map((line, index) =>
    paintLine(line, index === 0 ? steps : "", approval, pen),
  );
  const under = `  ${last ? " " : pen.dim("│")} ${" ".repeat(nameWidth + 2)}`;
  return [`  ${mark} ${stage.name.padEnd(nameWidth)}  ${text}`, ...further.map((line) => `${under}${line}`)];
}

/** The steps in full colour, the notes behind them dimmed. */
function paintLine(line: string, steps: string, approval: boolean, pen: Pen): string {
  const painted = approval ? pen.yellow(steps) : steps;
  return painted + pen.dim(line.slice(steps.length));
}

function renderVerdict(document: PreviewDocument, pen: Pen): string[] {
  const totals = totalsOf(document);
  const { warnings = [] } = document;
  return [
    ...inputWarnings(warnings, pen),
    ...renderFindings("violation", totals.mandatory, pen.red("✖"), pen),
    ...renderFindings("warning", totals.advisory, pen.yellow("!"), pen),
    ...renderFindings(
      "policy document nobody can judge before deployment",
      totals.unknownDocuments,
      pen.yellow("?"),
      pen,
    ),
    ...renderFindings("exemption used", totals.exempted, pen.dim("○"), pen),
    ...renderTotals(totals, warnings.length, pen),
  ];
}

function renderFindings(noun: string, findings: readonly FindingGroup[], mark: string, pen: Pen): string[] {
  if (findings.length === 0) return [];
  const [first = "", ...rest] = noun.split(" ");
  const title = [plural(countFindings(findings), first), ...rest].join(" ");
  return [pen.bold(title), ...findings.flatMap((finding) => ["", ...renderFinding(finding, mark, pen)]), ""];
}

function renderFinding(
  { rule, severity, stacks, urns, path, message }: FindingGroup,
  mark: string,
  pen: Pen,
): string[] {
  const facts = [stacks.join(", "), severity].filter((fact) => fact !== "").join(" · ");
  return [
    `  ${mark} ${pen.bold(rule)}${path === "" ? "" : `  ${path}`}  ${pen.dim(facts)}`,
    ...urns.map((urn) => `    ${pen.cyan(urn)}`),
    ...wrap(message, pen.width, "    "),
  ];
}

function renderTotals(totals: Totals, warnings: number, pen: Pen): string[] {
  const clean = totals.mandatory.length === 0;
  const warningCount = countFindings(totals.advisory) + warnings;
  const warned = warningCount === 0 ? "" : `, with ${plural(warningCount, "warning")}`;
  const head = clean
    ? pen.green(`✔ Clean${warned}.`)
    : pen.red(`✖ ${plural(countFindings(totals.mandatory), "mandatory violation")}.`);
  const judged =
    totals.packs.length === 0
      ? "There is no policy pack in policy-pack/, so no policy was checked."
      : `${plural(totals.documents, "policy document")} judged by ${totals.packs.join(", ")}, ` +
        `${String(countFindings(totals.unknownDocuments))} unknown, ${plural(countFindings(totals.exempted), "exemption")} used.`;
  const seen = `${plural(totals.stacks, "stack")}, ${plural(totals.resources, "resource")}.`;
  const later =
    totals.unknowns === 0
      ? ""
      : `${plural(totals.unknowns, "value")} known only after deployment (see --json).`;
  const facts = [seen, judged, later, "Nothing was deployed; no credential was used."].filter(
    (text) => text !== "",
  );
  return [pen.bold(head), ...wrap(facts.join(" "), pen.width, "  ").map((line) => pen.dim(line))];
}
