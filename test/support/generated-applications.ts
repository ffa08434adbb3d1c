/** Generators of applications on a platform. */
import fc from "fast-check";
import {
  type Application,
  type ApplicationChat,
  type ApplicationPeople,
  capabilitiesOf,
  type Deployment,
  type DeploymentKind,
  type Patterns,
  type TestDefinition,
  type Track,
} from "../../definitions/application";
import { runtimeVersions } from "../../definitions/runtimes";
import { pipelineName, pullRequestPipelineName, reservedSuffixes } from "../../names";
import type { Environment, Platform } from "../../settings/settings";
import {
  applicationNames,
  emails,
  healthPaths,
  paths,
  permissionSets,
  reportNames,
  slackChannels,
  teamsChannels,
  text,
  trackNames,
  word,
} from "./generated-texts";

/** Applications that may live together on this platform. */
export function applicationSets(platform: Platform): fc.Arbitrary<Application[]> {
  return fc
    .array(application(platform), { minLength: 1, maxLength: 6 })
    .map((candidates) =>
      candidates
        .reduce<Application[]>(
          (chosen, candidate) =>
            chosen.every((other) => areApart(candidate, other, platform)) ? [...chosen, candidate] : chosen,
          [],
        )
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
}

/** The rule, written independently of the product: no name of the one begins like a name of the other. */
function areApart(application: Application, other: Application, { environments }: Platform): boolean {
  if (application.name === other.name) return false;
  const pipelines = ({ name, tracks }: Application): string[] => [
    pullRequestPipelineName(name),
    ...tracks.map((track) => pipelineName(name, track.name)),
  ];
  if (pipelines(application).some((name) => pipelines(other).includes(name))) return false;
  const stems = ({ name, tracks }: Application): string[] =>
    [...reservedSuffixes, ...environments.map((each) => each.name), ...tracks.map((each) => each.name)].map(
      (suffix) => `${name}-${suffix}-`,
    );
  return stems(application).every((a) => stems(other).every((b) => !a.startsWith(b) && !b.startsWith(a)));
}

export function application(platform: Platform, anyName = applicationNames): fc.Arbitrary<Application> {
  const hosts: Readonly<Record<DeploymentKind, readonly Environment[]>> = {
    serverless: platform.environments.filter(({ region }) => region === platform.cicd.region),
    ecs: platform.environments.filter(({ ecs }) => ecs !== undefined),
    kubernetes: platform.environments.filter(({ eks }) => eks !== undefined),
  };
  const kinds = (Object.keys(hosts) as DeploymentKind[]).filter((kind) => hosts[kind].length > 0);
  return fc.constantFrom(...kinds).chain((kind) =>
    fc
      .record({
        name: anyName,
        owner: fc.constantFrom("example-org", "Group/sub.group"),
        notifications: emails(0),
        test: testDefinition(),
        deployment: deployments[kind],
        capabilities: fc.subarray([...capabilitiesOf[kind]]),
        tracks: tracks(hosts[kind].map(({ name }) => name)),
        pullRequests: fc.option(fc.record({ branches: branchPatterns() }), { nil: undefined }),
        people: fc.option(people(), { nil: undefined }),
        chat: fc.option(chatIn(platform), { nil: undefined }),
      })
      .map(({ owner, pullRequests, people: ownPeople, chat, ...rest }) => ({
        ...rest,
        repository: `${owner}/${rest.name}`,
        ...(pullRequests === undefined ? {} : { pullRequests }),
        ...(ownPeople === undefined ? {} : { people: ownPeople }),
        ...(chat === undefined ? {} : { chat }),
      })),
  );
}

/** Channels of the services that the platform uses, of at least one. */
function chatIn({ chat }: Platform): fc.Arbitrary<ApplicationChat | undefined> {
  const slack = fc.record({ slack: slackChannels(1) });
  const teams = fc.record({ teams: teamsChannels(1) });
  if (chat?.slack !== undefined && chat.teams !== undefined) {
    return fc.oneof(
      slack,
      teams,
      fc.tuple(slack, teams).map(([first, second]) => ({ ...first, ...second })),
    );
  }
  if (chat?.slack !== undefined) return slack;
  return chat?.teams === undefined ? fc.constant(undefined) : teams;
}

/** Every role's members by a permission set; also by attributes, as long as IAM's limit of a trust allows. */
function people(): fc.Arbitrary<ApplicationPeople> {
  const attributes = fc.dictionary(
    text(`${word} :/=+@-`, 1, 128).filter((key) => isOwnKey(key) && key.trim() !== ""),
    text(`${word}é `, 1, 256).filter((value) => value.trim() !== ""),
    {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    },
  );
  const members = fc.record(
    { permissionSet: permissionSets, attributes: attributes.filter(areApartInLowerCase) },
    { requiredKeys: ["permissionSet"] },
  );
  return fc.record({ approvers: members, starters: members, readers: members }, { requiredKeys: [] });
}

function isOwnKey(key: string): boolean {
  return !/^(application|deploymentkind|aws:.*|__proto__)$/i.test(key);
}

function areApartInLowerCase(attributes: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(attributes).map((key) => key.toLowerCase());
  return new Set(keys).size === keys.length;
}

const containers = { dockerfile: paths, context: fc.oneof(fc.constant("."), paths) };

const deployments: Readonly<Record<DeploymentKind, fc.Arbitrary<Deployment>>> = {
  serverless: fc.record({
    kind: fc.constant("serverless"),
    directory: fc.oneof(fc.constant("."), paths),
    healthPath: healthPaths,
  }),
  ecs: fc.record({
    kind: fc.constant("ecs"),
    ...containers,
    containerName: text(`${word}-`, 1, 60),
    taskDefinition: paths,
    desiredCount: fc.integer({ min: 1, max: 5000 }),
  }),
  kubernetes: fc.record({ kind: fc.constant("kubernetes"), ...containers, chart: paths }),
};

function testDefinition(): fc.Arbitrary<TestDefinition> {
  const command = fc.oneof(
    fc.constantFrom(
      "npm ci",
      "make test",
      "echo \"#{x}\" '$HOME' %s \\",
      "line one\nline two\n",
      ": - [a], {b: c}",
    ),
    fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }).filter((text) => text.trim() !== ""),
  );
  return fc.record({
    runtimes: runtimes(),
    install: fc.array(command, { maxLength: 3 }),
    commands: fc.array(command, { minLength: 1, maxLength: 3 }),
    reports: fc.uniqueArray(
      fc.record({
        name: reportNames,
        file: paths,
        format: fc.constantFrom("JUNITXML", "COBERTURAXML", "CLOVERXML"),
      }),
      { maxLength: 5, selector: ({ name }) => name },
    ),
  });
}

function runtimes(): fc.Arbitrary<Record<string, string>> {
  const versions = Object.entries(runtimeVersions).map(([name, offered]) =>
    fc.constantFrom(...offered).map((version): [string, string] => [name, version]),
  );
  return fc
    .tuple(...versions)
    .chain((every) => fc.subarray(every))
    .map((chosen) => Object.fromEntries(chosen));
}

/** One to three tracks, each to environments of its own, each started by names of its own. */
function tracks(environments: readonly string[]): fc.Arbitrary<Track[]> {
  return fc
    .record({
      names: fc.uniqueArray(trackNames, { minLength: 3, maxLength: 3 }),
      destinations: fc
        .array(fc.integer({ min: -1, max: 2 }), {
          minLength: environments.length,
          maxLength: environments.length,
        })
        .filter((chosen) => chosen.some((track) => track >= 0)),
      triggers: fc.tuple(trigger("a"), trigger("b"), trigger("c")),
    })
    .map(({ names: chosenNames, destinations, triggers }) =>
      chosenNames.flatMap((name, index) => {
        const chosen = environments.filter((_, position) => destinations[position] === index);
        const start = triggers[index];
        return chosen.length === 0 || start === undefined
          ? []
          : [{ name, trigger: start, environments: chosen }];
      }),
    );
}

/** Patterns below one root, so that two tracks with different roots match no common name. */
function trigger(root: string): fc.Arbitrary<Track["trigger"]> {
  const none: fc.Arbitrary<Patterns> = fc.constant({ includes: [], excludes: [] });
  const below = (maxLength: number, minLength = 0): fc.Arbitrary<string[]> =>
    fc.uniqueArray(
      fc
        .constantFrom("main", "**", "*-x", "?", "{x,y}/*", "[a-c]", "1.*", "ä", "x y", "\\*")
        .map((end) => `${root}/${end}`),
      { minLength, maxLength },
    );
  const included = fc.record({ includes: below(8, 1), excludes: below(2) });
  return fc.oneof(
    fc.record({ branches: included, paths: none, tags: none }),
    fc.record({
      branches: included,
      paths: fc.record({ includes: below(3), excludes: below(8) }),
      tags: none,
    }),
    fc.record({ branches: none, paths: none, tags: included }),
  );
}

function branchPatterns(): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.constantFrom("main", "release/**", "**", "v?", "[a-z]*"), {
    minLength: 1,
    maxLength: 5,
  });
}
