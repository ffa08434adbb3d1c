import type { LimitsReport, LimitUse } from "./report";

/** Below this share of its limit, today and with ten times the applications, a use is told by its name only. */
const near = 0.05;

/** Of each limit the account that comes nearest to it, and the names of those that are far off. */
export function nearAndFar({ limits }: LimitsReport): {
  readonly near: readonly LimitUse[];
  readonly far: readonly string[];
} {
  const nearest = new Map<string, LimitUse>();
  for (const use of limits) {
    const key = `${use.service} ${use.name}`;
    const other = nearest.get(key);
    if (other === undefined || reach(use) > reach(other)) nearest.set(key, use);
  }
  const all = [...nearest.values()].sort((a, b) => reach(b) - reach(a));
  return {
    near: all.filter((use) => reach(use) >= near),
    far: all.filter((use) => reach(use) < near).map(({ service, name }) => `${service}: ${name}`),
  };
}

/** The share of the limit that is used, today or with ten times the applications, whichever is more. */
function reach({ used, atTenTimes, limit }: LimitUse): number {
  return Math.max(used, atTenTimes) / limit;
}

/** What breaks first when applications are added, in sentences. */
export function growthSentences({ applications, limits }: LimitsReport): string[] {
  const growing = limits
    .flatMap((use) => (use.fitsTimes === null ? [] : [{ use, fits: use.fitsTimes }]))
    .sort((a, b) => a.fits - b.fits);
  const [first] = growing;
  if (first === undefined) return ["The number of applications matters to none of these limits."];
  const broken = growing.filter(({ use }) => use.atTenTimes > use.limit);
  const { service, name, stack, limit, unit, adjustable, remedy } = first.use;
  const many = number(first.fits * applications);
  const lead =
    broken.length === 0
      ? `With ten times the applications (${number(applications * 10)}), nothing here breaks.`
      : `With ten times the applications (${number(applications * 10)}), ${number(broken.length)} of these limits ${broken.length === 1 ? "breaks" : "break"}.`;
  const raise = adjustable ? "an adjustable limit" : "a fixed limit";
  return [
    lead,
    `First to break: ${service}, ${lowerFirst(name)} (${stack}), ${raise} of ${number(limit)} ${unit}, beyond ${many} applications like today's. ${remedy}`,
  ];
}

/** `IAM role…` stays as it is, `Roles per account` goes on in a sentence. */
function lowerFirst(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

/** `12,500,000` */
export function number(value: number): string {
  return value.toLocaleString("en-US");
}

export function percent(used: number, limit: number): string {
  return `${((used / limit) * 100).toFixed(1)} %`;
}

/** Where and what: `cicd eu-west-1, slipway-status`. */
export function placeText({ stack, region, subject }: LimitUse): string {
  const place = region === "" ? stack : `${stack} ${region}`;
  return subject === "" ? place : `${place}, ${subject}`;
}
