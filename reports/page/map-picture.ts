import { plural } from "../pipelines";
import type { AccessMap, MapArrow, MapBox, MapHome } from "./access-map";
import { attributes, cut, quoted, titled } from "./dot";
import type { Drawing } from "./draw";

const shownMembers = 3;

/** The accounts side by side, with an arrow for each way from one box into another one. */
export function mapDrawing({ homes, arrows }: AccessMap): Drawing {
  const lines = [
    "digraph map {",
    'graph [rankdir="LR", fontname="Helvetica", fontsize="15", nodesep="0.16", ranksep="0.7", compound="true", style="rounded", pad="0.08"]',
    'node [shape="box", style="rounded,filled", fontname="Helvetica", fontsize="14", margin="0.16,0.09"]',
    'edge [fontname="Helvetica", fontsize="11", arrowsize="0.8", penwidth="1.4"]',
    ...homes.flatMap(homeLines),
    ...arrows.map((arrow) => arrowLine(arrow, homes)),
    "}",
  ];
  return {
    dot: lines.join("\n"),
    title: "Accounts and the trust between them",
    description: `${plural(homes.length, "place")}, ${plural(arrows.length, "arrow")}; the list below says the same in words`,
    parts: new Map(arrows.map(({ id, verb, sentence }) => [id, `${verb}: ${sentence}`])),
  };
}

function homeLines({ name, detail, boxes }: MapHome, index: number): string[] {
  return [
    `subgraph cluster_${String(index)} {`,
    `label=${titled(name, detail === "" ? [] : [detail], "left")}; class="home"; labeljust="l"`,
    ...boxes.map(boxLine),
    "}",
  ];
}

function boxLine({ id, kind, title, members }: MapBox): string {
  return `${quoted(id)}${attributes({ id, class: kind, ...shapes[kind] }, titled(title, memberLines(members)))}`;
}

/** What a box is, is told by its shape too: colours alone would not reach everybody. */
const shapes: Readonly<Partial<Record<MapBox["kind"], Readonly<Record<string, string>>>>> = {
  door: { style: "filled,bold", penwidth: "2.6" },
  store: { shape: "cylinder", style: "filled" },
  outside: { style: "rounded,filled,dashed" },
  anybody: { shape: "octagon", style: "filled,bold" },
};

function memberLines(members: readonly string[]): string[] {
  if (members.length === 0) return [];
  if (members.length > shownMembers) return [`${String(members.length)} in all`];
  return members.map((member) => cut(member, 30));
}

function arrowLine({ id, from, to, verb, account }: MapArrow, homes: readonly MapHome[]): string {
  // What is read flows the other way: the picture then has all accounts in one order.
  const back = verb === "reads" || verb === "pulls";
  const ends = back ? [to, from] : [from, to];
  const home = homes.findIndex(({ boxes }) => boxes.some((box) => box.id === from));
  const whole = account ? { [back ? "lhead" : "ltail"]: `cluster_${String(home)}` } : {};
  const style = {
    ...whole,
    ...(back ? { dir: "back", style: "dashed" } : {}),
    ...(verb === "enters" ? { penwidth: "2.2" } : {}),
  };
  return `${ends.map(quoted).join(" -> ")}${attributes({ id, class: `arrow ${verb.replace(" ", "-")}`, label: verb, ...style })}`;
}
