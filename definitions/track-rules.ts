import { pipelineName, pullRequestPipelineName } from "../names";
import type { Environment, Platform } from "../settings/settings";
import { type Place, problem, type Problem } from "../input/problem";
import { alternatives, didYouMean, quote } from "../input/wording";
import { hasPatterns, type DeploymentKind, type Patterns } from "./application";
import { readGlob } from "./glob";
import { repeated } from "./repeated";
import type { WrittenApplication } from "./written-application";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html */
export function triggerProblems({ application, locate }: WrittenApplication): Problem[] {
  return application.tracks.flatMap(({ trigger }, index) => {
    const others = (["branches", "paths"] as const).filter((key) => hasPatterns(trigger[key]));
    const at = (key: "tags" | "paths"): Place | undefined =>
      locate(["tracks", index], trigger[key].includes.length > 0 ? key : excludeKeys[key]);
    if (hasPatterns(trigger.tags)) {
      if (others.length === 0) return [];
      const message = `tracks[${index}] filters tags together with ${alternatives(others, "and")}.`;
      const remedy = "CodePipeline takes tags alone: make a track for the tags and another one for the rest.";
      return [problem(message, [remedy], at("tags"))];
    }
    if (hasPatterns(trigger.branches)) return [];
    if (hasPatterns(trigger.paths)) {
      const remedy = "Add the branches that are meant, for example branches: [main].";
      return [problem(`tracks[${index}] filters paths without branches.`, [remedy], at("paths"))];
    }
    const remedy = 'Add branches, for example branches: [main], or tags, for example tags: ["v*"].';
    return [problem(`tracks[${index}] is started by nothing.`, [remedy], locate(["tracks", index]))];
  });
}

const excludeKeys = { tags: "excludeTags", paths: "excludePaths" } as const;

/** Two tracks that share a name, a branch or an environment would overtake or overwrite each other. */
export function trackProblems(written: WrittenApplication): Problem[] {
  return [...trackNameProblems(written), ...startProblems(written), ...destinationProblems(written)];
}

function trackNameProblems({ application: { name, tracks }, locate }: WrittenApplication): Problem[] {
  const twice = repeated(tracks, (track) => track.name).map(({ index, value }) =>
    problem(
      `tracks[${index}].name: another track is called ${quote(value)} already.`,
      ["Give each track a name of its own."],
      locate(["tracks", index, "name"]),
    ),
  );
  const reserved = tracks.flatMap((track, index) => {
    const owner = reservedFor(name, track.name);
    if (owner === undefined) return [];
    const message = `tracks[${index}].name: ${quote(track.name)} is reserved for ${owner}.`;
    return [problem(message, ["Give the track another name."], locate(["tracks", index, "name"]))];
  });
  return [...twice, ...reserved];
}

/** What else is called like a track of this name. */
function reservedFor(application: string, track: string): string | undefined {
  if (pipelineName(application, track) === pullRequestPipelineName(application))
    return "the pipeline of pull requests";
  // In an environment called image, package or publish, the two would be called alike.
  return track === "deploy" ? "the jobs that deploy" : undefined;
}

function startProblems({ application: { tracks }, locate }: WrittenApplication): Problem[] {
  return tracks.flatMap((track, index) =>
    tracks.slice(0, index).flatMap((earlier) => {
      const [branch] = namesInBoth(earlier.trigger.branches, track.trigger.branches);
      const [tag] = namesInBoth(earlier.trigger.tags, track.trigger.tags);
      const start = branch === undefined ? tag && `the tag ${quote(tag)}` : `the branch ${quote(branch)}`;
      if (start === undefined) return [];
      return [
        problem(
          `tracks[${index}]: ${start} starts this track and the track ${earlier.name}.`,
          ["Exclude it from one of them, or lead one track to all environments."],
          locate(["tracks", index]),
        ),
      ];
    }),
  );
}

/**
 * Names that both match. Each pattern is tried as a name, with x in place of its wildcards: that finds common overlaps, not all.
 */
function namesInBoth(patterns: Patterns, otherPatterns: Patterns): string[] {
  if (!hasPatterns(patterns) || !hasPatterns(otherPatterns)) return [];
  const examples = [...patterns.includes, ...otherPatterns.includes].map((pattern) =>
    pattern.replace(/\*+|\?/g, "x"),
  );
  const names = examples.length > 0 ? examples : ["x"];
  return names.filter((name) => starts(patterns, name) && starts(otherPatterns, name));
}

function starts({ includes, excludes }: Patterns, name: string): boolean {
  return (includes.length === 0 || matchesOne(includes, name)) && !matchesOne(excludes, name);
}

function matchesOne(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => {
    const glob = readGlob(pattern);
    return "matches" in glob && glob.matches(name);
  });
}

function destinationProblems({ application: { tracks }, locate }: WrittenApplication): Problem[] {
  const destinations = tracks.flatMap((track, index) =>
    track.environments.map((environment, position) => ({ environment, index, position })),
  );
  return repeated(destinations, ({ environment }) => environment).map(({ item, value }) =>
    problem(
      `tracks[${item.index}].environments[${item.position}]: a release reaches ${quote(value)} twice.`,
      ["Lead to each environment once, over all tracks: two ways into one would overwrite each other."],
      locate(["tracks", item.index, "environments", item.position]),
    ),
  );
}

/** Environments that exist, in their order, and that can run this kind of application. */
export function environmentProblems(
  { application, locate }: WrittenApplication,
  platform: Platform,
): Problem[] {
  const order = platform.environments.map(({ name }) => name);
  const { kind } = application.deployment;
  return application.tracks.flatMap((track, index) =>
    track.environments.flatMap((name, position) => {
      const label = `tracks[${index}].environments[${position}]`;
      const place = locate(["tracks", index, "environments", position]);
      const environment = platform.environments.find((candidate) => candidate.name === name);
      if (environment === undefined) {
        return [problem(`${label}: ${quote(name)} is not an environment.`, didYouMean(name, order), place)];
      }
      return [
        ...orderProblems(label, track.environments[position - 1], name, order, place),
        ...hostProblems(label, environment, kind, platform, place),
        ...regionProblems(label, environment, kind, platform, place),
      ];
    }),
  );
}

function orderProblems(
  label: string,
  before: string | undefined,
  name: string,
  order: readonly string[],
  place: Place | undefined,
): Problem[] {
  if (before === undefined || order.indexOf(before) <= order.indexOf(name)) return [];
  const message = `${label}: ${quote(name)} comes after ${quote(before)}, but before it in the platform's order.`;
  return [problem(message, [`Order of the environments: ${order.join(", ")}.`], place)];
}

function hostProblems(
  label: string,
  environment: Environment,
  kind: DeploymentKind,
  platform: Platform,
  place: Place | undefined,
): Problem[] {
  const key = platformKeys[kind];
  if (key === undefined || environment[key] !== undefined) return [];
  const able = platform.environments
    .filter((candidate) => candidate[key] !== undefined)
    .map(({ name }) => name);
  return [
    problem(
      `${label}: ${quote(environment.name)} cannot run applications of kind ${kind}.`,
      [
        able.length === 0 ? "No environment can." : `Environments that can: ${able.join(", ")}.`,
        `To make it one, the platform team adds ${key} to the environment in Pulumi.yaml.`,
      ],
      place,
    ),
  ];
}

/**
 * Lambda takes a function's code only from a bucket of its own region, and the one bucket of artifacts is where the
 * pipelines are: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html
 */
function regionProblems(
  label: string,
  environment: Environment,
  kind: DeploymentKind,
  { cicd, environments }: Platform,
  place: Place | undefined,
): Problem[] {
  if (kind !== "serverless" || environment.region === cicd.region) return [];
  const able = environments.filter(({ region }) => region === cicd.region).map(({ name }) => name);
  return [
    problem(
      `${label}: ${quote(environment.name)} is in ${environment.region}, and functions take their code from the pipelines' region, ${cicd.region}.`,
      [able.length === 0 ? "No environment is there." : `Environments that are there: ${able.join(", ")}.`],
      place,
    ),
  ];
}

/** What an environment must have to run applications of a kind. */
const platformKeys: Readonly<Partial<Record<DeploymentKind, "ecs" | "eks">>> = {
  ecs: "ecs",
  kubernetes: "eks",
};
