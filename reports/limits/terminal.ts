import { createColors } from "picocolors";
import { flow, wrap } from "../text";
import type { LimitsReport, LimitUse } from "./report";
import { growthSentences, nearAndFar, number, percent, placeText } from "./view";

interface Pen extends ReturnType<typeof createColors> {
  readonly width: number;
}

/** How near the stacks come to AWS's limits, for people at a terminal. */
export function renderLimits(
  report: LimitsReport,
  { width, color }: { readonly width: number; readonly color: boolean },
): string {
  const pen: Pen = { ...createColors(color), width: Math.max(60, Math.min(width, 120)) };
  const { near, far } = nearAndFar(report);
  const sections = [
    growthSentences(report)
      .flatMap((sentence) => wrap(sentence, pen.width))
      .map((line, index) => (index === 0 ? pen.bold(line) : line)),
    [heading(pen), ...near.flatMap((use) => rowLines(use, pen))],
    far.length === 0
      ? []
      : [
          pen.bold("Far from their limits (below 5 % also with ten times the applications)"),
          ...flow(far, pen.width, "  ").map(pen.dim),
        ],
    [pen.bold("Counted"), ...report.remarks.flatMap((remark) => wrap(remark, pen.width, "  ")).map(pen.dim)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const shareWidth = 9;

function heading(pen: Pen): string {
  return pen.bold(`${"today".padStart(shareWidth)}${"× 10".padStart(shareWidth)}  limit`);
}

/** Two lines: what is used of which limit, then where, and the remedy where it is near. */
function rowLines(use: LimitUse, pen: Pen): string[] {
  const { service, name, used, limit, unit, atTenTimes } = use;
  const share = Math.max(used, atTenTimes) / limit;
  const paint = share > 1 ? pen.red : share >= 0.8 ? pen.yellow : (text: string): string => text;
  const lead = percent(used, limit).padStart(shareWidth) + percent(atTenTimes, limit).padStart(shareWidth);
  const numbers = `${number(used)} of ${number(limit)} ${unit}`;
  const indent = " ".repeat(2 * shareWidth + 2);
  const remedy = share >= 0.8 ? wrap(use.remedy, pen.width, indent) : [];
  return [
    `${paint(lead)}  ${service}: ${name}`,
    ...flow([numbers, placeText(use)], pen.width, indent).map(pen.dim),
    ...remedy,
  ];
}
