import type { LimitsReport, LimitUse } from "./report";
import { growthSentences, nearAndFar, number, percent, placeText } from "./view";

/** How near the stacks come to AWS's limits, for a pull request. */
export function renderLimitsMarkdown(report: LimitsReport): string {
  const { near, far } = nearAndFar(report);
  return `${[
    "## Slipway limits",
    ...growthSentences(report),
    ["| Limit | Where | Used | Today | × 10 |", "| --- | --- | --: | --: | --: |", ...near.map(row)].join(
      "\n",
    ),
    ...(far.length === 0 ? [] : [`Below 5 % also with ten times the applications: ${far.join("; ")}.`]),
    report.remarks.map((remark) => `- ${remark}`).join("\n"),
  ].join("\n\n")}\n`;
}

function row(use: LimitUse): string {
  const { service, name, used, limit, unit, atTenTimes, source } = use;
  const place = placeText(use).replace(/[|\\`*_[\]<>]/g, "\\$&");
  const cells = [
    `[${service}: ${name}](${source})`,
    place,
    `${number(used)} of ${number(limit)} ${unit}`,
    percent(used, limit),
    percent(atTenTimes, limit),
  ];
  return `| ${cells.join(" | ")} |`;
}
