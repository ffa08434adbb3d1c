import type { AccessChange, ChangeReport, ResourceChange } from "../changes/report";
import { plural } from "../pipelines";
import { kindName } from "../summary";
import { costChange } from "./cost-section";
import { escape, list, section } from "./html";

const signs = { added: "+", changed: "~", replaced: "±", removed: "−", renamed: "→" } as const;
const directions = { wider: "▲ wider", narrower: "▼ narrower", unknown: "? cannot be compared" } as const;

/** What is different from the base, the dangerous first. */
export function changesSection({
  base,
  resources,
  access,
  exposures,
  cost,
  cancelled,
  remarks,
}: ChangeReport): string {
  const stateful = resources.filter(
    (one) => one.stateful && (one.kind === "replaced" || one.kind === "removed"),
  );
  const others = resources.filter((one) => !stateful.includes(one));
  const parts = [
    part("Open to strangers", "violation", exposures.map(accessText)),
    part("Data that would be lost", "violation", stateful.map(resourceText)),
    part("Who may do more or less", "warning", access.map(accessText)),
    part(
      "Executions that would be ended",
      "warning",
      cancelled.map(({ pipeline, reason }) => `<b>${escape(pipeline)}</b> ${escape(reason)}`),
    ),
    part("Resources", "exempted", others.map(resourceText)),
    part("What was not compared", "exempted", remarks.map(escape)),
  ].join("");
  const nothing = parts === "" ? "<p>Nothing is different.</p>" : parts;
  const title = `Changes against ${base}`;
  return section(
    "changes",
    title,
    `<p>${escape(costChange(cost))}</p>${nothing}`,
    plural(resources.length, "resource"),
  );
}

function part(title: string, kind: string, entries: readonly string[]): string {
  if (entries.length === 0) return "";
  const items = entries.map((entry) => `<li class="${kind}">${entry}</li>`).join("");
  return `<h3>${escape(title)} <small>${String(entries.length)}</small></h3><ul class="findings">${items}</ul>`;
}

function accessText({ stack, subject, direction, summary }: AccessChange): string {
  return `<b>${directions[direction]}: ${escape(subject)}</b> <small>${escape(stack)}</small><p>${escape(summary)}</p>`;
}

function resourceText({ stack, type, name, kind, stateful, loss, properties }: ResourceChange): string {
  const values = properties.map(
    ({ path, before, after, replaces }) =>
      `<code>${escape(path)}: ${escape(before)} → ${escape(after)}</code>${replaces ? " forces a new one" : ""}`,
  );
  return `<b>${signs[kind]} ${kind}: ${escape(`${kindName(type)} ${name}`)}</b> <small>${escape(stack)}${stateful ? " · holds data, or others know its id" : ""}</small>${loss === "" ? "" : `<p>${escape(loss)}</p>`}${list(values)}`;
}
