import type { LimitUse, LimitsReport } from "../limits/report";
import { escape, section, table } from "./html";

const shown = 12;

/** How near the platform is to what AWS allows, and what breaks first when it grows. */
export function limitsSection({ limits }: LimitsReport): string {
  const first = limits.filter(({ atTenTimes, limit }) => atTenTimes > limit)[0];
  const breaks =
    first === undefined
      ? "<p>Ten times the applications would still fit.</p>"
      : `<p>At ten times the applications, this breaks first: ${escape(`${first.name} of ${first.service}${of(first)}`)}. ${escape(first.remedy)}</p>`;
  const rest = limits.slice(shown);
  const more =
    rest.length === 0
      ? ""
      : `<details><summary>${String(rest.length)} more, all farther away</summary>${limitTable("Limits that are farther away", rest)}</details>`;
  return section(
    "limits",
    "Limits of AWS",
    breaks + limitTable("Nearest to its limit first", limits.slice(0, shown)) + more,
  );
}

function limitTable(caption: string, limits: readonly LimitUse[]): string {
  const rows = limits.map((use) => {
    const { name, service, stack, used, limit, unit, adjustable, atTenTimes, remedy, source, read } = use;
    const percent = Math.round((used / limit) * 100);
    const full = percent >= 100 ? "✖ " : percent >= 80 ? "! " : "";
    return [
      `<b>${escape(name)}</b><small>${escape(`${service} in ${stack}${of(use)}`)}</small>`,
      `${full}${escape(`${number(used)} of ${number(limit)} ${unit}`)}<meter min="0" max="100" low="80" high="99" optimum="0" value="${String(Math.min(percent, 100))}" aria-label="${String(percent)} % used">${String(percent)} %</meter>`,
      `${atTenTimes > limit ? "✖ " : ""}${escape(number(atTenTimes))}`,
      `${escape(remedy)}<small>${adjustable ? "AWS raises it on request" : "AWS does not raise it"}. Source: ${escape(source)}, ${escape(read === "" ? "the number there is still to be confirmed" : `read ${read}`)}</small>`,
    ];
  });
  return table(caption, ["Limit", "Used", "At ten times", "What to do"], rows);
}

function of({ subject }: LimitUse): string {
  return subject === "" ? "" : ` (${subject})`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
