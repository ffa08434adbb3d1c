import { createColors } from "picocolors";
import { change as signed, money } from "../cost/money";
import { plural } from "../pipelines";
import { wrap } from "../text";
import { isUnchanged } from "./changes";
import type { AccessChange, ChangeReport, ResourceChange } from "./report";
import { changeCounts, groupsOf, propertyText, resourceTitle } from "./view";

interface Pen extends ReturnType<typeof createColors> {
  readonly width: number;
}

/** How many entries a list has before the rest is counted. */
const MOST_ENTRIES = 40;
const MOST_PROPERTIES = 4;

/** The changes for people at a terminal: what opens, what is lost, what widens; then the rest. */
export function renderChanges(
  report: ChangeReport,
  {
    width,
    color,
    quiet = false,
  }: { readonly width: number; readonly color: boolean; readonly quiet?: boolean },
): string {
  const pen: Pen = { ...createColors(color), width: Math.max(60, Math.min(width, 120)) };
  if (quiet) return joined([...gravest(report, pen), remarkLines(report, pen)]);
  return joined(
    isUnchanged(report)
      ? [[pen.bold("No changes."), pen.dim(`Compared with ${report.base}.`)], remarkLines(report, pen)]
      : [
          [pen.bold(changeCounts(report)), pen.dim(`Compared with ${report.base}.`)],
          ...gravest(report, pen),
          ...otherAccess(report, pen),
          cancelledLines(report, pen),
          resourceLines(report, pen),
          costLines(report, pen),
          remarkLines(report, pen),
        ],
  );
}

function joined(sections: readonly (readonly string[])[]): string {
  const shown = sections.filter((lines) => lines.length > 0);
  return shown.length === 0 ? "" : `${shown.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

type Paint = (text: string) => string;

/** What opens, what is lost, and what may be wider. */
function gravest(report: ChangeReport, pen: Pen): string[][] {
  const { access, exposures } = report;
  const wider = access.filter(({ direction, of }) => direction === "wider" && of !== "new");
  const open = access.filter(({ direction }) => direction === "unknown");
  return [
    accessLines("✖ Open to the world, to strangers or to a whole account", exposures, pen.red, pen),
    lossLines(report, pen),
    accessLines("▲ More may be done", wider, pen.yellow, pen),
    accessLines("? Nobody can tell whether more or less may be done", open, pen.yellow, pen),
  ];
}

function otherAccess({ access }: ChangeReport, pen: Pen): string[][] {
  const of = (direction: AccessChange["direction"], whose: AccessChange["of"]): AccessChange[] =>
    access.filter((entry) => entry.direction === direction && entry.of === whose);
  const less = [...of("narrower", "existing"), ...of("narrower", "new")];
  return [
    newLines("+ New roles and policies", of("wider", "new"), pen),
    accessLines("▼ Less may be done", less, pen.green, pen),
    newLines("- Gone with their roles and policies", of("narrower", "removed"), pen),
  ];
}

function accessLines(title: string, entries: readonly AccessChange[], paint: Paint, pen: Pen): string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(0, MOST_ENTRIES);
  return [
    pen.bold(paint(title)),
    ...shown.flatMap(({ stack, statement, summary }) => {
      const label = statement === "" ? stack : `${stack}, ${statement}`;
      return [...entry(summary, pen), pen.dim(`    ${label}`)];
    }),
    ...more(entries.length - shown.length, pen),
  ];
}

/** What is wholly new or gone is told by role: how many statements, and the actions in short. */
function newLines(title: string, entries: readonly AccessChange[], pen: Pen): string[] {
  if (entries.length === 0) return [];
  return [
    pen.bold(title),
    ...groupsOf(entries).flatMap(({ stack, subject, statements }) =>
      entry(`${subject} (${stack}): ${plural(statements, "statement")}`, pen),
    ),
    pen.dim("    --json and --markdown have each statement"),
  ];
}

function lossLines({ resources }: ChangeReport, pen: Pen): string[] {
  const lost = resources.filter(isLost);
  if (lost.length === 0) return [];
  return [
    pen.bold(pen.red("✖ Lost with what they hold")),
    ...lost.flatMap((resource) => [
      ...entry(`${resource.stack}: ${resourceTitle(resource)} is ${resource.kind}. ${resource.loss}`, pen),
      ...propertyLines(resource, pen, true),
    ]),
  ];
}

function isLost({ kind, stateful }: ResourceChange): boolean {
  return stateful && (kind === "removed" || kind === "replaced");
}

const MARKS: Readonly<Record<ResourceChange["kind"], string>> = {
  added: "+",
  changed: "~",
  replaced: "±",
  removed: "-",
  renamed: "→",
};

function resourceLines({ resources }: ChangeReport, pen: Pen): string[] {
  const others = resources.filter((resource) => !isLost(resource));
  if (others.length === 0) return [];
  const shown = others.slice(0, MOST_ENTRIES);
  return [
    pen.bold("Resources"),
    ...shown.flatMap((resource) => {
      const note = resource.kind === "replaced" ? ` is replaced. ${resource.loss}` : "";
      const title = `${MARKS[resource.kind]} ${resource.stack}  ${resourceTitle(resource)}${note}`.trimEnd();
      return [...wrap(title, pen.width, "  "), ...propertyLines(resource, pen, false)];
    }),
    ...more(others.length - shown.length, pen),
  ];
}

function propertyLines({ properties, kind }: ResourceChange, pen: Pen, onlyReplacing: boolean): string[] {
  const told = onlyReplacing ? properties.filter(({ replaces }) => replaces) : properties;
  const shown = told.slice(0, MOST_PROPERTIES);
  const lines = shown.map((property) => {
    const note = property.replaces && kind === "replaced" ? " (forces the replacement)" : "";
    return pen.dim(`      ${propertyText(property, pen.width - 6 - note.length)}${note}`);
  });
  return [...lines, ...more(told.length - shown.length, pen)];
}

function cancelledLines({ cancelled }: ChangeReport, pen: Pen): string[] {
  if (cancelled.length === 0) return [];
  const reasons = [...new Set(cancelled.map(({ reason }) => reason))];
  return [
    pen.bold(pen.yellow("■ Releases that run while this is deployed end")),
    ...reasons.flatMap((reason) => {
      const those = cancelled.filter((each) => each.reason === reason);
      const names = those.map(({ pipeline }) => pipeline).join(", ");
      return [...entry(`${names}: ${reason}`, pen), pen.dim(`    ${those[0]?.source ?? ""}`)];
    }),
  ];
}

function costLines({ cost }: ChangeReport, pen: Pen): string[] {
  if (Math.abs(cost.after - cost.before) < 0.005 && cost.applications.length === 0) return [];
  return [
    pen.bold("Cost, USD a month, expected"),
    `  ${money(cost.before)} → ${money(cost.after)} (${signed(cost.after - cost.before)})`,
    ...cost.applications.map(({ name, kind, before, after }) => {
      const note = kind === "changed" ? "" : `, ${kind}`;
      return pen.dim(`  ${name}: ${money(before)} → ${money(after)} (${signed(after - before)}${note})`);
    }),
  ];
}

function remarkLines({ remarks }: ChangeReport, pen: Pen): string[] {
  return remarks.flatMap((remark) => wrap(remark, pen.width, "  ")).map((line) => pen.yellow(line));
}

function entry(sentence: string, pen: Pen): string[] {
  return wrap(sentence, pen.width, "    ").map((line, index) =>
    index === 0 ? `  ${line.trimStart()}` : line,
  );
}

function more(count: number, pen: Pen): string[] {
  return count > 0 ? [pen.dim(`      and ${count} more`)] : [];
}
