import type { ActionView, StageView } from "../pipelines";
import { attributes, cut, folded, quoted, titled } from "./dot";
import type { Drawing } from "./draw";
import type { Release } from "./releases";
import { windowText } from "./window";

/** A release from the push to production in one row: jobs with their gates, approvals, windows. */
export function flowDrawing(release: Release): Drawing {
  const { pipeline } = release;
  const columns = pipeline.stages.flatMap((stage, index) => columnsOf(stage, index, release));
  const lines = [
    "digraph flow {",
    'graph [rankdir="LR", fontname="Helvetica", fontsize="12", nodesep="0.15", ranksep="0.35", style="rounded", pad="0.08"]',
    'node [shape="box", style="rounded,filled", fontname="Helvetica", fontsize="14", margin="0.14,0.08"]',
    'edge [arrowsize="0.7", penwidth="1.3"]',
    ...columns.flatMap(({ lines: own }) => own),
    ...columns.slice(1).flatMap(({ ids }, index) => between(columns[index]?.ids ?? [], ids)),
    "}",
  ];
  const stages = pipeline.stages.map(({ name, steps }) => `${name}: ${steps.map(stepText).join(", then ")}`);
  return { dot: lines.join("\n"), title: `Release ${pipeline.name}`, description: stages.join("; ") };
}

/** Boxes that stand above one another: what runs at the same time. */
interface Column {
  readonly ids: readonly string[];
  readonly lines: readonly string[];
}

function columnsOf(stage: StageView, index: number, release: Release): Column[] {
  const id = `s${String(index)}`;
  const windows = stage.conditions.map((condition, number) => {
    const name = `${id}w${String(number)}`;
    const label = titled("Window", folded(windowText(condition), 22));
    return {
      ids: [name],
      lines: [`${quoted(name)}${attributes({ class: "window", shape: "note", style: "filled" }, label)}`],
    };
  });
  const steps = stage.steps.map((step, number) => {
    const ids = step.map((_, position) => `${id}a${String(number)}_${String(position)}`);
    return {
      ids,
      lines: step.map((action, position) => actionLine(ids[position] ?? "", action, stage, release)),
    };
  });
  return framed([...windows, ...steps], stage, index);
}

/** Stages of more than one box have a frame with the stage's name; otherwise the box itself says it. */
function framed(columns: readonly Column[], { name }: StageView, index: number): Column[] {
  const boxes = columns.flatMap(({ lines }) => lines);
  const [first, ...others] = columns;
  if (first === undefined || boxes.length < 2) return [...columns];
  const frame = [
    `subgraph cluster_${String(index)} { label=${titled(readable(name), [])}; class="stage"`,
    ...boxes,
    "}",
  ];
  return [{ ids: first.ids, lines: frame }, ...others.map(({ ids }) => ({ ids, lines: [] }))];
}

function actionLine(id: string, action: ActionView, stage: StageView, release: Release): string {
  const { kind, text, project } = action;
  const job = release.jobs.get(project);
  switch (kind) {
    case "source": {
      const triggers = release.pipeline.triggers.flatMap((trigger) => folded(`on ${trigger}`, 28));
      return `${quoted(id)}${attributes({ class: "source", style: "rounded,filled,dashed" }, titled(cut(text, 44), triggers))}`;
    }
    case "approval": {
      const lines = [readable(stage.name), text.replace(/^a person approves /, "")];
      return `${quoted(id)}${attributes({ class: "approval", shape: "hexagon", style: "filled", margin: "0.02,0.08" }, titled("A person approves", lines))}`;
    }
    case "test":
    case "job": {
      const enters = job?.enters ?? "";
      const lines = [
        ...(enters === "" ? [] : [`into ${enters}`]),
        ...(job?.gates ?? []).map((gate) => `✓ ${gate}`),
        ...(kind === "test" ? ["✓ tests of the application"] : []),
        ...(enters !== "" && stage.onFailure !== "" ? [stage.onFailure] : []),
      ];
      return `${quoted(id)}${attributes({ class: enters === "" ? "job" : "deploy", ...(enters === "" ? {} : { style: "filled,bold" }) }, titled(text, lines))}`;
    }
  }
}

function between(before: readonly string[], after: readonly string[]): string[] {
  return before.flatMap((from) => after.map((to) => `${quoted(from)} -> ${quoted(to)}`));
}

function stepText(step: readonly ActionView[]): string {
  return step.map(({ text }) => text).join(" and ");
}

function readable(name: string): string {
  return name.replaceAll("_", " ");
}
