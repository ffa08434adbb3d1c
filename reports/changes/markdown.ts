import { change as signed, money } from "../cost/money";
import { isUnchanged } from "./changes";
import type { AccessChange, ChangeReport, ResourceChange } from "./report";
import { changeCounts, resourceTitle } from "./view";

/** GitHub takes comments of at most 65,536 characters; who posts it adds a line. */
const LONGEST = 60_000;

/** The changes for the comment on a pull request: what opens and widens first, the rest folded away. */
export function renderChangesMarkdown(report: ChangeReport): string {
  for (const most of [60, 20, 8, 3]) {
    const text = rendered(report, most);
    if (text.length <= LONGEST) return text;
  }
  return rendered(report, 1);
}

/** With lists of at most so many entries. */
function rendered(report: ChangeReport, most: number): string {
  const remarks = report.remarks.map((remark) => `> ${text(remark)}`);
  if (isUnchanged(report)) {
    return joined(["## Slipway changes: none", `Compared with ${code(report.base)}.`, ...remarks]);
  }
  const { access, resources } = report;
  const isLost = ({ kind, stateful }: ResourceChange): boolean =>
    stateful && (kind === "removed" || kind === "replaced");
  const of = (direction: AccessChange["direction"]): AccessChange[] =>
    access.filter((entry) => entry.direction === direction);
  const wider = of("wider");
  const open = (title: string, entries: readonly string[]): string[] =>
    entries.length === 0 ? [] : [`### ${title}`, bullets(entries, most)];
  const folded = (title: string, entries: readonly string[]): string[] => {
    const summary = `<summary>${title} (${entries.length})</summary>`;
    return entries.length === 0 ? [] : [`<details>${summary}\n\n${bullets(entries, most)}\n\n</details>`];
  };
  return joined([
    `## Slipway changes: ${text(changeCounts(report))}`,
    `Compared with ${code(report.base)}.`,
    ...remarks,
    ...open("🔴 Open to the world, to strangers or to a whole account", report.exposures.map(accessText)),
    ...open("🔴 Lost with what they hold", resources.filter(isLost).map(resourceText)),
    ...open("🟠 More may be done", wider.filter(({ of: whose }) => whose !== "new").map(accessText)),
    ...open("🟠 Nobody can tell whether more or less", of("unknown").map(accessText)),
    ...open("🟠 Releases that run while this is deployed end", report.cancelled.map(cancelledText)),
    ...costText(report),
    ...folded("New roles and policies", wider.filter(({ of: whose }) => whose === "new").map(accessText)),
    ...folded("Less may be done", of("narrower").map(accessText)),
    ...folded("Resources", resources.filter((resource) => !isLost(resource)).map(resourceText)),
    "Nothing was deployed; no credential was used.",
  ]);
}

function joined(sections: readonly string[]): string {
  return `${sections.join("\n\n")}\n`;
}

function bullets(entries: readonly string[], most: number): string {
  const more = entries.length - most;
  const shown = entries.slice(0, most).map((entry) => `- ${entry}`);
  return [...shown, ...(more > 0 ? [`- and ${more} more; \`slipway diff --json\` has them all`] : [])].join(
    "\n",
  );
}

function accessText({ stack, statement, summary }: AccessChange): string {
  return `${text(summary)}  \n  ${text(stack)}${statement === "" ? "" : `, ${code(statement)}`}`;
}

function resourceText(resource: ResourceChange): string {
  const loss = resource.loss === "" ? "" : ` ${text(resource.loss)}`;
  const shown = resource.properties.slice(0, 8).map(({ path, before, after, replaces }) => {
    const note = replaces ? " (forces the replacement)" : "";
    return `  - ${code(path)}: ${value(before)} → ${value(after)}${note}`;
  });
  const more = resource.properties.length - shown.length;
  return [
    `**${resource.kind}** ${text(resourceTitle(resource))} (${text(resource.stack)})${loss}`,
    ...shown,
    ...(more > 0 ? [`  - and ${more} more`] : []),
  ].join("\n");
}

function value(shown: string): string {
  return shown === "" ? "nothing" : code(shown);
}

function cancelledText({ pipeline, reason, source }: ChangeReport["cancelled"][number]): string {
  return `**${text(pipeline)}**: ${text(reason)} ([AWS](${source}))`;
}

function costText({ cost }: ChangeReport): string[] {
  if (Math.abs(cost.after - cost.before) < 0.005 && cost.applications.length === 0) return [];
  const rows = cost.applications.map(
    ({ name, kind, before, after }) =>
      `| ${text(name)}${kind === "changed" ? "" : ` (${kind})`} | ${money(before)} | ${money(after)} | ${signed(after - before)} |`,
  );
  return [
    "### Cost",
    [
      "| USD a month, expected | Before | After | Change |",
      "| --- | --: | --: | --: |",
      `| **all** | ${money(cost.before)} | ${money(cost.after)} | ${signed(cost.after - cost.before)} |`,
      ...rows,
    ].join("\n"),
  ];
}

/** Text that cannot turn into markup or break out of a table cell. */
function text(words: string): string {
  const html = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return html.replace(/[\\`*_[\]|]/g, "\\$&");
}

function code(words: string): string {
  const fence = words.includes("`") ? "``" : "`";
  return `${fence}${words.replaceAll("\n", " ")}${fence}`;
}
