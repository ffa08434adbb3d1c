import { money } from "../cost/money";
import { groupBy } from "../group-by";
import { plural } from "../pipelines";
import { countFindings, totalsOf } from "../summary";
import { escape, table } from "./html";
import type { PageInput } from "./input";
import { inOrder } from "./order";
import type { Approval, Release, Way } from "./releases";
import { windowText } from "./window";

/** The verdict and the numbers that one asks for first. */
export function headline({ document, cost, proof, changes }: PageInput): string {
  const totals = totalsOf(document);
  const broken = countFindings(totals.mandatory);
  const warned = countFindings(totals.advisory) + (document.warnings ?? []).length;
  const verdict = broken === 0 ? "Clean" : plural(broken, "mandatory violation");
  const facts: (readonly [string, string, string])[] = [
    [String(totals.stacks), totals.stacks === 1 ? "account" : "accounts", "#map"],
    ...(cost === undefined
      ? []
      : [[`≈ ${money(cost.total.expected)}`, "USD a month for the delivery", "#cost"] as const]),
    [String(broken + warned), "findings", "#findings"],
    ...(proof === undefined ? [] : [[String(proof.paths.length), "ways across borders", "#proof"] as const]),
    ...(changes === undefined
      ? []
      : [[String(changes.resources.length), "changed resources", "#changes"] as const]),
    [String(totals.documents), "policies judged", "#resources"],
    [String(totals.resources), "resources", "#resources"],
  ];
  const cells = facts.map(
    ([number, name, link]) =>
      `<li><a href="${link}"><b>${escape(number)}</b> <span>${escape(name)}</span></a></li>`,
  );
  const pack =
    totals.packs.length === 0 ? "No policy pack judged it" : `Judged by ${totals.packs.join(", ")}`;
  return (
    `<p class="verdict ${broken === 0 ? "good" : "bad"}">${broken === 0 ? "✔" : "✖"} ${verdict}` +
    `${warned === 0 ? "" : `, with ${plural(warned, "warning")}`}</p>` +
    `<p class="soft">${escape(pack)}. Nothing was deployed; no credential was used.</p><ul class="facts">${cells.join("")}</ul>`
  );
}

/** Who deploys what to where: a row for each application, a column for each environment. */
export function deployTable({ document, cost }: PageInput, releases: readonly Release[]): string {
  const rows = byApplication(releases.filter(({ ways }) => ways.length > 0));
  if (rows.length === 0) return "<p>There is no pipeline that deploys.</p>";
  const entered = new Set(releases.flatMap(({ ways }) => ways.map(({ environment }) => environment)));
  const environments = inOrder(document)
    .map(({ name }) => name)
    .filter((name) => entered.has(name));
  const costs = new Map(cost?.applications.map(({ name, usd }) => [name, usd.expected]));
  const cells = rows.map(([application, own]) => [
    applicationCell(application, own),
    ...environments.map((environment) => wayCell(environment, own)),
    gateCell(own),
    ...(cost === undefined ? [] : [costs.has(application) ? money(costs.get(application) ?? 0) : "–"]),
  ]);
  const head = [
    "Application",
    ...environments.map((name) => `to ${name}`),
    "Gates that can stop it",
    ...(cost === undefined ? [] : ["USD a month"]),
  ];
  return `<div class="deploys">${table("Who can deploy what to where", head, cells, cost === undefined ? [] : [head.length - 1])}</div>`;
}

function byApplication(releases: readonly Release[]): [string, Release[]][] {
  const groups = groupBy(releases, ({ application, pipeline }) => application || pipeline.name);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function applicationCell(application: string, own: readonly Release[]): string {
  const facts = [
    ...new Set(own.map(({ repository, kind }) => [repository, kind].filter(Boolean).join(" · "))),
  ];
  return `<b>${escape(application)}</b>${facts.map((fact) => `<small>${escape(fact)}</small>`).join("")}`;
}

function wayCell(environment: string, own: readonly Release[]): string {
  const ways = own.flatMap(({ pipeline, ways: all }) =>
    all.filter((way) => way.environment === environment).map((way) => ({ pipeline, way })),
  );
  if (ways.length === 0) return '<span class="soft">not there</span>';
  return ways.map(({ pipeline, way }) => `<p>${wayText(pipeline.triggers, way)}</p>`).join("");
}

function wayText(triggers: readonly string[], { approvals, conditions }: Way): string {
  const lines = [
    triggers.length === 0 ? "started by hand" : triggers.map((trigger) => `on ${trigger}`).join(", "),
    ...(approvals.length === 0 ? ["without an approval"] : approvals.map(approvalText)),
    ...conditions.map((condition) => `◷ ${windowText(condition)}`),
  ];
  return lines.map(escape).join("<br>");
}

function approvalText({ stage, by }: Approval): string {
  const who =
    by.length === 0
      ? "somebody whom these stacks do not name"
      : [...new Set(by)].map(lowerFirst).join(" or ");
  return `◇ ${stage.replaceAll("_", " ")}: ${who}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function gateCell(own: readonly Release[]): string {
  const gates = new Set(own.flatMap(({ ways }) => ways.flatMap((way) => way.gates)));
  return gates.size === 0 ? '<span class="soft">none</span>' : escape([...gates].join(", "));
}
