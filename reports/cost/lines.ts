import type { PreviewDocument, PreviewedResource } from "../../preview/preview-document";
import { field, items, text } from "../pipelines";
import type { Assumed } from "./assumptions";
import {
  count,
  factsOf,
  type ActionFacts,
  type Home,
  type JobKind,
  type PipelineFacts,
  type ProjectFacts,
  type StackFacts,
} from "./facts";
import { imagesKept, keepRules } from "./images";
import { buildMachines, type PriceName } from "./prices";
import { combine, exactly, sumOf, times, type Range } from "./range";
import type { Line } from "./tally";

/** Everything that is paid for in a month. */
export interface Usage {
  readonly lines: readonly Line[];
  /** Things for which there is no price, in words, once for each. */
  readonly notPriced: readonly string[];
}

/** Reads off the graph what is used in a month, and says what it cannot price. */
export function usageOf(document: PreviewDocument, assumed: Assumed): Usage {
  const stacks = factsOf(document);
  const lines: Line[] = [];
  const notPriced: string[] = [];
  for (const stack of stacks) {
    const runs = runsOf(stack.pipelines(), assumed);
    lines.push(
      ...runs.flatMap((run) => actionLines(run, assumed)),
      ...logLines(stack, runs, assumed),
      ...imageLines(stack, runs, assumed),
      ...keyLines(stack, assumed),
      ...emailLines(stack, runs, assumed),
      ...secretLines(stack),
      ...clusterLines(stack, assumed),
      ...taskLines(stack, stacks, assumed),
    );
    notPriced.push(...unpriced(stack));
  }
  return { lines, notPriced };
}

/** How often a month an action of a pipeline runs. */
interface Run {
  readonly pipeline: PipelineFacts;
  readonly action: ActionFacts;
  readonly times: Range;
}

function runsOf(pipelines: readonly PipelineFacts[], assumed: Assumed): Run[] {
  return pipelines.flatMap((pipeline) => {
    const daily = pipeline.startedBy === "push" ? assumed.releasesPerDay : assumed.pullRequestRunsPerDay;
    return pipeline.actions.map((action) => {
      const passed = combine((share) => share ** action.approvals, assumed.approvedShare);
      return { pipeline, action, times: times(daily, assumed.workingDays, passed) };
    });
  });
}

const minutesOf = {
  source: "sourceMinutes",
  test: "testMinutes",
  image: "imageMinutes",
  package: "packageMinutes",
  publish: "publishMinutes",
  deploy: "deployMinutes",
  other: "otherMinutes",
} as const satisfies Readonly<Record<JobKind, keyof Assumed>>;

/** An action: its minutes, twice where it is a build (CodePipeline's and CodeBuild's), its artifacts and requests. */
function actionLines({ pipeline, action, times: runs }: Run, assumed: Assumed): Line[] {
  const line = lineOf(pipeline, pipeline.application);
  const minutes = times(runs, assumed[minutesOf[action.kind]]);
  const machine = action.project === undefined ? undefined : buildMachines[action.project.machine];
  const requests = times(runs, assumed.requestsPerAction);
  const size =
    action.kind === "source"
      ? assumed.sourceGb
      : action.kind === "image"
        ? assumed.imageArchiveGb
        : assumed.artifactGb;
  const stored = keptFor(times(runs, size, exactly(action.outputs)), pipeline.artifactDays, assumed);
  return [
    line("pipelineMinute", minutes),
    ...(machine === undefined ? [] : [line(machine, minutes)]),
    line("objectGb", stored),
    line("objectPut", requests),
    line("objectGet", requests),
    ...(pipeline.encrypted ? [line("keyRequest", requests)] : []),
  ];
}

function logLines({ home }: StackFacts, runs: readonly Run[], assumed: Assumed): Line[] {
  return runs.flatMap(({ action: { project }, times: number }) => {
    if (project?.writesLog !== true) return [];
    const line = lineOf(home, project.application);
    const written = times(number, assumed.logGbPerJob);
    return [line("logGbIn", written), line("logGb", keptFor(written, project.logDays, assumed))];
  });
}

function imageLines(stack: StackFacts, runs: readonly Run[], assumed: Assumed): Line[] {
  const policies = stack.ofType("aws:ecr/lifecyclePolicy:LifecyclePolicy");
  return stack.ofType("aws:ecr/repository:Repository").map((repository) => {
    const application = stack.ownerOf(repository);
    const own = runs.filter(({ pipeline }) => pipeline.application === application);
    const timesOf = (wanted: (action: ActionFacts) => boolean): Range =>
      sumOf(own.filter(({ action }) => wanted(action)).map((run) => run.times));
    const images = imagesKept(
      keepRules(text(repository.inputs["name"]), policies),
      timesOf(({ kind }) => kind === "publish"),
      (environment) => timesOf(({ project }) => project?.target?.environment === environment),
      assumed.monthsRunning,
    );
    return lineOf(stack.home, application)("imageGb", times(images, assumed.imageGb));
  });
}

/** AWS charges for the first two rotations of a key. */
const chargedRotations = 2;

function keyLines(stack: StackFacts, assumed: Assumed): Line[] {
  return stack.ofType("aws:kms/key:Key").flatMap((key) => {
    const line = lineOf(stack.home, stack.ownerOf(key));
    const days = count(key.inputs["rotationPeriodInDays"]) ?? 365;
    const rotations = combine(
      (months) => Math.min(chargedRotations, Math.floor((months * 365) / (12 * days))),
      assumed.monthsRunning,
    );
    return [
      line("key", exactly(1)),
      ...(key.inputs["enableKeyRotation"] === true ? [line("keyRotation", rotations)] : []),
    ];
  });
}

/** An address of an application hears of its pipelines, one of the platform of all. */
function emailLines(stack: StackFacts, runs: readonly Run[], assumed: Assumed): Line[] {
  return subscriptions(stack)
    .filter(byEmail)
    .map((subscription) => {
      const application = stack.ownerOf(subscription);
      const heard = runs.filter(
        ({ pipeline, action }) =>
          action.kind === "source" && (application === "" || pipeline.application === application),
      );
      const emails = times(sumOf(heard.map((run) => run.times)), assumed.emailsPerRun);
      return lineOf(stack.home, application)("email", emails);
    });
}

function subscriptions(stack: StackFacts): readonly PreviewedResource[] {
  return stack.ofType("aws:sns/topicSubscription:TopicSubscription");
}

function byEmail({ inputs }: PreviewedResource): boolean {
  return text(inputs["protocol"]).startsWith("email");
}

function secretLines(stack: StackFacts): Line[] {
  return stack
    .ofType("aws:secretsmanager/secret:Secret")
    .map((secret) => lineOf(stack.home, stack.ownerOf(secret))("secret", exactly(1)));
}

function clusterLines(stack: StackFacts, assumed: Assumed): Line[] {
  return stack
    .ofType("aws:ecs/cluster:Cluster")
    .filter((cluster) => insightsOf(cluster) === "enabled")
    .map((cluster) => lineOf(stack.home, stack.ownerOf(cluster))("metric", assumed.clusterMetrics));
}

/** The value of the cluster's setting `containerInsights`. */
function insightsOf(cluster: PreviewedResource): string {
  const setting = items(cluster.inputs["settings"]).find(
    (candidate) => field(candidate, "name") === "containerInsights",
  );
  return text(field(setting, "value")) || "disabled";
}

/** 365 days by 24 hours over 12 months. */
const hoursPerMonth = 730;

/** What an ECS service runs all the time: the application's cost, in the environment's account. */
function taskLines(stack: StackFacts, stacks: readonly StackFacts[], assumed: Assumed): Line[] {
  return stack.projects().flatMap(({ application, target }) => {
    if (target?.tasks === undefined) return [];
    const { accountId, region, environment, tasks } = target;
    const there = stacks.find(({ home }) => home.accountId === accountId && home.region === region);
    const home = there?.home ?? { stack: environment, accountId, region };
    const line = lineOf(home, application, true);
    const observed = there
      ?.ofType("aws:ecs/cluster:Cluster")
      .some((cluster) => insightsOf(cluster) === "enabled");
    const hours = exactly(tasks * hoursPerMonth);
    return [
      line("taskVcpuHour", times(hours, assumed.taskVcpu)),
      line("taskGbHour", times(hours, assumed.taskGb)),
      ...(observed === true ? [line("metric", assumed.serviceMetrics)] : []),
    ];
  });
}

/** Things of a type that is priced, but not in this form. */
function unpriced(stack: StackFacts): string[] {
  return [
    ...stack
      .projects()
      .filter(({ machine }) => buildMachines[machine] === undefined)
      .map(({ machine }: ProjectFacts) => `build minutes on ${machine}`),
    ...subscriptions(stack)
      .filter((subscription) => !byEmail(subscription))
      .map(({ inputs }) => `messages of SNS by ${text(inputs["protocol"]) || "an unknown protocol"}`),
    ...stack
      .ofType("aws:ecs/cluster:Cluster")
      .map(insightsOf)
      .filter((insights) => !["enabled", "disabled"].includes(insights))
      .map((insights) => `Container Insights "${insights}"`),
  ];
}

/** What is there at any time of what is added month by month, where it is kept so long. */
function keptFor(monthly: Range, days: number | undefined, { monthsRunning }: Assumed): Range {
  const most = days === undefined ? Infinity : (days * 12) / 365;
  return combine((rate, months) => rate * Math.min(months, most), monthly, monthsRunning);
}

function lineOf(
  { stack, accountId, region }: Home,
  application: string,
  running = false,
): (price: PriceName, quantity: Range) => Line {
  return (price, quantity) => ({ stack, accountId, region, application, price, quantity, running });
}
