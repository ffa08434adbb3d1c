import type { Range } from "./range";

/** What nobody can read from the program: how it is used. Each has a range that a flag or a file changes. */
export interface Assumption {
  readonly unit: string;
  readonly text: string;
  readonly range: Range;
}

function assume(text: string, unit: string, low: number, expected: number, high: number): Assumption {
  return { text, unit, range: { low, expected, high } };
}

/**
 * The shipped assumptions. None has a source: they are guesses for teams that release every day, to be replaced by
 * what CodeBuild's history and the bill say. A test holds that low ≤ expected ≤ high.
 */
export const assumptions = {
  releasesPerDay: assume("Releases of a pipeline on a working day", "releases", 1, 2, 4),
  pullRequestRunsPerDay: assume("Runs for pull requests on a working day", "runs", 2, 4, 8),
  workingDays: assume("Working days a month", "days", 21, 21, 21),
  approvedShare: assume("Share of releases that pass an approval", "0 to 1", 0.25, 0.5, 0.75),
  sourceMinutes: assume("Minutes to fetch the source, rounded up", "minutes", 1, 1, 2),
  testMinutes: assume("Minutes of a test job, rounded up", "minutes", 3, 5, 10),
  imageMinutes: assume("Minutes of an image job, rounded up", "minutes", 3, 5, 10),
  packageMinutes: assume("Minutes of a package job, rounded up", "minutes", 2, 4, 8),
  publishMinutes: assume("Minutes of a publish job, rounded up", "minutes", 2, 4, 8),
  deployMinutes: assume("Minutes of a deploy job, rounded up", "minutes", 3, 5, 10),
  otherMinutes: assume("Minutes of any other job, rounded up", "minutes", 3, 5, 10),
  sourceGb: assume("GB of the source of a release", "GB", 0.005, 0.02, 0.1),
  imageArchiveGb: assume("GB of an image on its way to the publish job", "GB", 0.1, 0.3, 0.8),
  artifactGb: assume("GB of what another job hands on", "GB", 0.002, 0.01, 0.03),
  requestsPerAction: assume("Reads, writes and KMS requests of an action, each", "requests", 5, 10, 20),
  imageGb: assume("GB that one more image adds, compressed", "GB", 0.05, 0.1, 0.3),
  logGbPerJob: assume("GB of log of one job", "GB", 0.0005, 0.001, 0.005),
  emailsPerRun: assume("E-mails of a run to each address", "e-mails", 1, 2, 4),
  monthsRunning: assume("Months since the start, for what piles up", "months", 6, 12, 24),
  freeTierLeft: assume("Share of the free tiers that is still unused", "0 to 1", 1, 1, 0),
  clusterMetrics: assume("Metrics of an ECS cluster (Container Insights)", "metrics", 4, 8, 12),
  serviceMetrics: assume("Metrics of an ECS service (Container Insights)", "metrics", 8, 14, 30),
  taskVcpu: assume("Processors of an ECS task", "vCPU", 0.25, 0.5, 1),
  taskGb: assume("GB of memory of an ECS task", "GB", 0.5, 1, 2),
} as const satisfies Readonly<Record<string, Assumption>>;

export type AssumptionName = keyof typeof assumptions;

/** A range for each assumption. */
export type Assumed = Readonly<Record<AssumptionName, Range>>;

export const assumptionNames = Object.keys(assumptions) as AssumptionName[];

/** The shipped ranges, with what a person says otherwise. */
export function assuming(changes: Partial<Assumed> = {}): Assumed {
  const shipped = Object.fromEntries(
    assumptionNames.map((name) => [name, assumptions[name].range]),
  ) as Record<AssumptionName, Range>;
  return { ...shipped, ...changes };
}

/** More of these makes it cheaper: their `low` is the largest number and goes with the lowest cost. */
export const savings: ReadonlySet<AssumptionName> = new Set(["freeTierLeft"]);

/** The most that an assumption can be, where it is a share. */
function mostOf(name: AssumptionName): number {
  return assumptions[name].unit === "0 to 1" ? 1 : Infinity;
}

/** @returns why these three numbers cannot be the range of this assumption, or undefined */
export function rangeFault(name: AssumptionName, { low, expected, high }: Range): string | undefined {
  const most = mostOf(name);
  if ([low, expected, high].some((number) => !Number.isFinite(number) || number < 0 || number > most)) {
    return most === 1 ? "is not a share: 0 to 1 is wanted." : "is not a number of 0 or more.";
  }
  const rising = low <= expected && expected <= high;
  const falling = low >= expected && expected >= high;
  if (savings.has(name) ? falling : rising) return undefined;
  return savings.has(name)
    ? "is in the wrong order: what makes it cheapest comes first, so the numbers must not rise."
    : "is in the wrong order: low, expected and high must not fall.";
}
