import type { ActionView, StageView } from "./pipelines";
import type { AccessMap, MapBox } from "./page/access-map";
import type { Release } from "./page/releases";
import { windowText } from "./page/window";

/** The most characters of one diagram that Mermaid takes as GitHub sets it up: `maxTextSize` of its configuration. */
export const mostOfDiagram = 50_000;

const shownMembers = 3;

/** The accounts and the ways between them. https://mermaid.js.org/syntax/flowchart.html */
export function mapMermaid({ homes, arrows }: AccessMap): string {
  const places = homes.flatMap(({ name, detail, boxes }, index) => [
    `  subgraph home${String(index)}["${label([name, detail])}"]`,
    ...boxes.map((box) => `    ${boxText(box)}`),
    "  end",
  ]);
  const ways = arrows.map(({ from, to, verb }) => {
    const line = ["reads", "pulls", "writes"].includes(verb) ? "-.->" : "-->";
    return `  ${from} ${line}|"${label([verb])}"| ${to}`;
  });
  return diagram([...places, ...ways]);
}

function boxText({ id, kind, title, members }: MapBox): string {
  const names = members.length > shownMembers ? [`of ${String(members.length)}`] : members;
  const text = `"${label([title, ...names])}"`;
  if (kind === "store") return `${id}[(${text})]`;
  return kind === "people" ? `${id}([${text}])` : `${id}[${text}]`;
}

/** A release as a row of boxes, each stage of more than one with a frame. */
export function flowMermaid(release: Release): string {
  const columns = release.pipeline.stages.flatMap((stage, index) => columnsOf(stage, index, release));
  const boxes = columns.flatMap(({ before, nodes, after }) => [
    ...before,
    ...nodes.map(({ id, text }) => `  ${id}${text}`),
    ...after,
  ]);
  const links = columns
    .slice(1)
    .map(({ nodes }, index) => `  ${join(columns[index]?.nodes ?? [])} --> ${join(nodes)}`);
  return diagram([...boxes, ...links]);
}

interface Column {
  readonly before: readonly string[];
  readonly nodes: readonly { readonly id: string; readonly text: string }[];
  readonly after: readonly string[];
}

function join(nodes: Column["nodes"]): string {
  return nodes.map(({ id }) => id).join(" & ");
}

function columnsOf(stage: StageView, index: number, release: Release): Column[] {
  const { conditions, steps, name } = stage;
  const windows = conditions.map((condition, number) => [
    {
      id: `s${String(index)}w${String(number)}x0`,
      text: `[/"${label(["Window", windowText(condition)])}"/]`,
    },
  ]);
  const actions = steps.map((step, number) =>
    step.map((action, position) => ({
      id: `s${String(index)}a${String(number)}x${String(position)}`,
      text: actionText(action, stage, release),
    })),
  );
  const rows = [...windows, ...actions].filter((nodes) => nodes.length > 0);
  const framed = rows.flat().length > 1;
  return rows.map((nodes, number) => ({
    before: framed && number === 0 ? [`  subgraph s${String(index)}["${label([name])}"]`] : [],
    nodes,
    after: framed && number === rows.length - 1 ? ["  end"] : [],
  }));
}

function actionText(
  { kind, text, project }: ActionView,
  { name, onFailure }: StageView,
  release: Release,
): string {
  const job = release.jobs.get(project);
  switch (kind) {
    case "source":
      return `(["${label([text, ...release.pipeline.triggers.map((trigger) => `on ${trigger}`)])}"])`;
    case "approval":
      return `{{"${label([name, text])}"}}`;
    case "test":
    case "job": {
      const target = job === undefined || job.enters === "" ? [] : [`into ${job.enters}`, onFailure];
      return `["${label([text, ...target, ...(job?.gates ?? [])])}"]`;
    }
  }
}

function diagram(lines: readonly string[]): string {
  return ["flowchart LR", ...lines].join("\n");
}

/** Lines of a quoted label. Whatever could mean something to Mermaid or Markdown is written by its number. */
function label(lines: readonly string[]): string {
  return lines
    .filter((line) => line !== "")
    .map((line) =>
      line.replace(/[^\p{L}\p{N} .,:/@+()·-]/gu, (character) => `#${String(character.codePointAt(0))};`),
    )
    .join("<br/>");
}
