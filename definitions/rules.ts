import { pipelineName, pullRequestPipelineName, reservedSuffixes } from "../names";
import type { Environment, Platform } from "../settings";
import { alternatives, didYouMean, problem, type Problem, quote } from "../validation/problem";
import type { Locate } from "../validation/shape";
import { type Application, capabilitiesOf, type Track } from "./application";
import { readGlob } from "./glob";

/** An application whose shape is right, and where each part of it is written. */
export interface WrittenApplication {
  readonly application: Application;
  /** Name of its file without extension. */
  readonly fileName: string;
  readonly locate: Locate;
}

/** What no single value shows: rules inside an application, between applications, and against the platform. */
export function checkApplications(
  written: readonly WrittenApplication[],
  platform: Platform | undefined,
): readonly Problem[] {
  return [
    ...written.flatMap((one) => [
      ...nameProblems(one),
      ...capabilityProblems(one),
      ...reportProblems(one),
      ...triggerProblems(one),
      ...trackProblems(one),
      ...(platform === undefined ? [] : environmentProblems(one, platform)),
    ]),
    ...overlapProblems(written, platform?.environments ?? []),
    ...pipelineProblems(written),
  ];
}

function nameProblems({ application: { name }, fileName, locate }: WrittenApplication): Problem[] {
  const place = locate(["name"]);
  const problems: Problem[] = [];
  if (name !== fileName) {
    problems.push(
      problem(
        `name: ${quote(name)} is not the file's name, ${quote(fileName)}.`,
        [`Rename the file to ${name}.yaml, or the application to ${fileName}.`],
        place,
      ),
    );
  }
  // A Kubernetes namespace is called like its application: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
  if (name === "default" || /^(kube|slipway)(-|$)/.test(name)) {
    problems.push(
      problem(
        `name: ${quote(name)} is reserved.`,
        ["Not allowed: default, kube, slipway and names that begin with kube- or slipway-."],
        place,
      ),
    );
  }
  return problems;
}

function capabilityProblems({ application, locate }: WrittenApplication): Problem[] {
  const { kind } = application.deployment;
  const allowed: readonly string[] = capabilitiesOf[kind];
  return application.capabilities.flatMap((capability, index, all) => {
    const place = locate(["capabilities", index]);
    if (all.indexOf(capability) < index) {
      return [
        problem(`capabilities[${index}]: ${quote(capability)} is listed twice.`, ["Remove one."], place),
      ];
    }
    if (allowed.includes(capability)) return [];
    const remedy =
      allowed.length === 0
        ? `An application of kind ${kind} has no AWS roles of its own: remove it.`
        : `Allowed for kind ${kind}: ${allowed.join(", ")}.`;
    return [
      problem(`capabilities[${index}]: ${quote(capability)} is not for kind ${kind}.`, [remedy], place),
    ];
  });
}

function reportProblems({ application, locate }: WrittenApplication): Problem[] {
  return repeated(application.test.reports, ({ name }) => name).map(({ index, value }) =>
    problem(
      `test.reports[${index}].name: another report is called ${quote(value)} already.`,
      ["Give each report a name of its own."],
      locate(["test", "reports", index, "name"]),
    ),
  );
}

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html */
function triggerProblems({ application, locate }: WrittenApplication): Problem[] {
  return application.tracks.flatMap(({ trigger }, index) => {
    const [branches, paths, tags] = [used(trigger.branches), used(trigger.paths), used(trigger.tags)];
    const at = (...keys: string[]): ReturnType<Locate> => {
      const key = keys.find(
        (candidate) => locate(["tracks", index, candidate]) !== locate(["tracks", index]),
      );
      return locate(["tracks", index], key);
    };
    const problems: Problem[] = [];
    if (!branches && !paths && !tags) {
      problems.push(
        problem(
          `tracks[${index}] is started by nothing.`,
          ['Add branches, for example branches: [main], or tags, for example tags: ["v*"].'],
          at(),
        ),
      );
    }
    if (tags && (branches || paths)) {
      problems.push(
        problem(
          `tracks[${index}] filters tags together with ${alternatives([...(branches ? ["branches"] : []), ...(paths ? ["paths"] : [])], "and")}.`,
          ["CodePipeline takes tags alone: make a track for the tags and another one for the rest."],
          at("tags"),
        ),
      );
    } else if (paths && !branches) {
      problems.push(
        problem(
          `tracks[${index}] filters paths without branches.`,
          ["Add the branches that are meant, for example branches: [main]."],
          at("paths"),
        ),
      );
    }
    return problems;
  });
}

function used({ includes, excludes }: Track["trigger"]["branches"]): boolean {
  return includes.length + excludes.length > 0;
}

/** Two tracks that share a name, an environment or a branch would overtake or overwrite each other. */
function trackProblems({ application: { tracks, name }, locate }: WrittenApplication): Problem[] {
  const problems = repeated(tracks, (track) => track.name).map(({ index, value }) =>
    problem(
      `tracks[${index}].name: another track is called ${quote(value)} already.`,
      ["Give each track a name of its own."],
      locate(["tracks", index, "name"]),
    ),
  );
  tracks.forEach((track, index) => {
    if (pipelineName(name, track.name) === pullRequestPipelineName(name)) {
      problems.push(
        problem(
          `tracks[${index}].name: ${quote(track.name)} is reserved for the pipeline of pull requests.`,
          ["Give the track another name."],
          locate(["tracks", index, "name"]),
        ),
      );
    }
    for (const earlier of tracks.slice(0, index)) {
      for (const pattern of sharedBranches(earlier, track)) {
        problems.push(
          problem(
            `tracks[${index}]: a push to ${quote(pattern)} starts this track and the track ${earlier.name}.`,
            [
              "Let each branch start one track: exclude it from one of them, or lead one track to all environments.",
            ],
            locate(["tracks", index]),
          ),
        );
      }
    }
  });
  const environments = tracks.flatMap((track, index) =>
    track.environments.map((environment, position) => ({ environment, index, position })),
  );
  return [
    ...problems,
    ...repeated(environments, ({ environment }) => environment).map(({ item, value }) =>
      problem(
        `tracks[${item.index}].environments[${item.position}]: a release reaches ${quote(value)} twice.`,
        ["Lead to each environment once, over all tracks: two ways into one would overwrite each other."],
        locate(["tracks", item.index, "environments", item.position]),
      ),
    ),
  ];
}

/** Names that one track includes word for word and the other one's patterns match too. */
function sharedBranches(one: Track, two: Track): string[] {
  const literal = (track: Track): string[] =>
    track.trigger.branches.includes.filter((pattern) => !/[*?[{\\]/.test(pattern));
  const names = new Set([...literal(one), ...literal(two)]);
  const samePatterns = one.trigger.branches.includes.filter((pattern) =>
    two.trigger.branches.includes.includes(pattern),
  );
  const starts = (track: Track, name: string): boolean =>
    used(track.trigger.branches) &&
    (track.trigger.branches.includes.length === 0 || matches(track.trigger.branches.includes, name)) &&
    !matches(track.trigger.branches.excludes, name);
  return [
    ...new Set([...[...names].filter((name) => starts(one, name) && starts(two, name)), ...samePatterns]),
  ];
}

function matches(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const glob = readGlob(pattern);
    return "matches" in glob && glob.matches(text);
  });
}

function environmentProblems({ application, locate }: WrittenApplication, platform: Platform): Problem[] {
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
      const before = track.environments[position - 1];
      const problems: Problem[] = [];
      if (before !== undefined && order.indexOf(before) > order.indexOf(name)) {
        problems.push(
          problem(
            `${label}: ${quote(name)} comes after ${quote(before)}, but before it in the platform's order.`,
            [`Order of the environments: ${order.join(", ")}.`],
            place,
          ),
        );
      }
      if (!hosts(environment, kind)) {
        const able = platform.environments.filter((candidate) => hosts(candidate, kind));
        problems.push(
          problem(
            `${label}: ${quote(name)} cannot run applications of kind ${kind}.`,
            [
              able.length === 0
                ? "No environment can."
                : `Environments that can: ${able.map((one) => one.name).join(", ")}.`,
              `To make it one, the platform team adds ${platformKeys[kind] ?? ""} to the environment in Pulumi.yaml.`,
            ],
            place,
          ),
        );
      }
      return problems;
    }),
  );
}

const platformKeys: Readonly<Partial<Record<Application["deployment"]["kind"], "ecs" | "eks">>> = {
  ecs: "ecs",
  kubernetes: "eks",
};

function hosts(environment: Environment, kind: Application["deployment"]["kind"]): boolean {
  const key = platformKeys[kind];
  return key === undefined || environment[key] !== undefined;
}

/**
 * Resources of an application are called `<name>-…`, and grants name them by such patterns. So no application may be
 * called like another one followed by an environment, a track, or a suffix of names.ts.
 */
function overlapProblems(
  written: readonly WrittenApplication[],
  environments: readonly Environment[],
): Problem[] {
  const names = [...new Set(written.map(({ application }) => application.name))];
  const twice = repeated(written, ({ application }) => application.name).map(({ item, value }) =>
    problem(
      `name: another application is called ${quote(value)} already.`,
      ["Give each application a name of its own."],
      item.locate(["name"]),
    ),
  );
  const suffixes = new Set([...environments.map(({ name }) => name), ...reservedSuffixes]);
  const overlaps = written.flatMap(({ application: shorter }) => {
    const taken = [...suffixes, ...shorter.tracks.map((track) => track.name)];
    return written.flatMap(({ application: { name }, locate }) => {
      const suffix = taken.find((one) => `${name}-`.startsWith(`${shorter.name}-${one}-`));
      if (suffix === undefined || !names.includes(name)) return [];
      return [
        problem(
          `name: ${quote(name)} reads like ${suffix} of the application ${quote(shorter.name)}.`,
          [
            `What is called ${shorter.name}-${suffix}… belongs to ${shorter.name}, so grants of the two would overlap.`,
            "Rename one of the two applications.",
          ],
          locate(["name"]),
        ),
      ];
    });
  });
  return [...twice, ...overlaps];
}

/** Pipelines share the account, and CodePipeline tells their artifacts apart by 20 characters of the name. */
function pipelineProblems(written: readonly WrittenApplication[]): Problem[] {
  const pipelines = written.flatMap(({ application, locate }) => [
    ...application.tracks.map((track, index) => ({
      application: application.name,
      name: pipelineName(application.name, track.name),
      place: locate(["tracks", index, "name"]),
    })),
    {
      application: application.name,
      name: pullRequestPipelineName(application.name),
      place: locate(["name"]),
    },
  ]);
  return repeated(pipelines, ({ name }) => name)
    .filter(({ item, first }) => item.application !== first.application)
    .map(({ item, first, value }) =>
      problem(
        `The pipeline ${quote(value)} would belong to ${item.application} and to ${first.application}.`,
        ["Rename one of the two tracks or applications."],
        item.place,
      ),
    );
}

/** Every item whose key an earlier item has, with the first such item. */
function repeated<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): { item: Item; index: number; value: string; first: Item }[] {
  const seen = new Map<string, Item>();
  return items.flatMap((item, index) => {
    const value = key(item);
    const first = seen.get(value);
    if (first !== undefined) return [{ item, index, value, first }];
    seen.set(value, item);
    return [];
  });
}
