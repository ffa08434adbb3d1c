import fc from "fast-check";
import {
  type Application,
  capabilitiesOf,
  type Deployment,
  type DeploymentKind,
  type Patterns,
  type TestDefinition,
  type Track,
} from "../../definitions/application";
import { runtimeVersions } from "../../definitions/runtimes";
import { limits, pipelineName, pullRequestPipelineName, reservedSuffixes } from "../../names";
import type {
  CicdSettings,
  Environment,
  EnvironmentSettings,
  Platform,
  SourceConnection,
} from "../../settings/settings";
import { pipelineRegions, regions } from "../../settings/regions";
import { logRetentionDays } from "../../settings/log-retention";

const lower = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const word = `${lower}${lower.toUpperCase()}${digits}_`;

/** Much faster than fc.stringMatching, which parses and walks its expression for every value. */
function text(characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(characters)), minLength, maxLength });
}

function joined(...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((texts) => texts.join(""));
}

/** No application is called like one: its name holds no dot. */
const roleNames = joined("P.", text(`${word}+=,.@-`, 0, 62));
const clusterNames = joined(text(`${lower}${digits}`, 1, 1), text(`${word}-`, 0, 59));
const organizationIds = joined("o-", text(`${lower}${digits}`, 10, 32));
const accountIds = text(digits, 12, 12);
const permissionSets = text(`${word}+=,.@-`, 1, 32);
const addresses = joined(text(`${lower}${digits}`, 1, 9), "@", text(lower, 1, 8), ".example.com");
const paths = fc
  .array(joined(text(`${word}@+`, 1, 1), text(`${word}.@+-`, 0, 12)), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("/"));
const reportNames = joined(text(`${lower}${digits}`, 1, 1), text(`${word}-`, 0, 39));
const healthPaths = joined("/", text(`${word}./~-`, 0, 30));

/** Any, longest, and made of the words that our own names are made of. */
function names(longest: number): fc.Arbitrary<string> {
  const parts = ["shop", "api", "dev", "test", "prod", "main", "deploy", "task", "execution", "true", "null"];
  const first = text(lower, 1, 1);
  const rest = `${lower}${digits}`;
  return fc.oneof(
    joined(first, text(rest, 0, 9)),
    joined(first, text(rest, longest - 1, longest - 1)),
    joined(first, text(rest, 0, 5), "-", text(rest, 1, 8)),
    fc
      .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 })
      .map((words) => words.join("-"))
      .filter((name) => name.length <= longest),
  );
}

const applicationNames = names(limits.applicationName).filter(
  (name) => !/^(default$|(kube|slipway)(-|$))/.test(name),
);
const environmentNames = names(limits.environmentName).filter(
  (name) => !["cloudformation", "task", "task-execution"].includes(name),
);
const trackNames = names(limits.trackName).filter((name) => name !== "pr");

/** A whole valid organization: one platform, a stack for each account, and the applications on it. */
export interface Organization {
  readonly platform: Platform;
  /** The CI/CD account's first, then one for each environment in order. */
  readonly settings: readonly (CicdSettings | EnvironmentSettings)[];
  /** Sorted by name, as they are read. */
  readonly applications: readonly Application[];
}

/** One to four environments and one to six applications of all kinds, with shortest, longest and look-alike names. */
export function organizations(): fc.Arbitrary<Organization> {
  return platforms()
    .chain((platform) =>
      fc.record({
        platform: fc.constant(platform),
        settings: settingsFor(platform),
        applications: applicationSets(platform),
      }),
    )
    .map((generated) => plain(generated));
}

/** A platform and applications with names that look as if one belonged to the other: few of them may live together. */
export function lookAlikes(): fc.Arbitrary<{ platform: Platform; candidates: Application[] }> {
  return platforms()
    .chain((platform) => {
      const words = [
        ...reservedSuffixes,
        ...platform.environments.map(({ name }) => name),
        "main",
        "api",
        "web",
      ];
      const alike = fc
        .array(fc.constantFrom(...words), { minLength: 1, maxLength: 2 })
        .map((parts) => ["shop", ...parts].join("-"));
      const any = fc
        .oneof(fc.constant("shop"), alike)
        .filter((name) => name.length <= limits.applicationName);
      return fc.record({
        platform: fc.constant(platform),
        candidates: fc.array(application(platform, any), { minLength: 2, maxLength: 8 }),
      });
    })
    .map((generated) => plain(generated));
}

function platforms(): fc.Arbitrary<Platform> {
  return fc
    .record({
      organizationId: organizationIds,
      partition: fc.constantFrom("cn-", "us-gov-", ""),
      cicdAccount: accountIds,
      environments: fc.uniqueArray(environmentNames, { minLength: 1, maxLength: 4 }),
      roles: fc.uniqueArray(roleNames, {
        minLength: 2,
        maxLength: 2,
        selector: (name) => name.toLowerCase(),
      }),
      notifications: fc.record({ approvals: emails(1), status: emails(0) }),
      permissionSets: fc.tuple(permissionSets, permissionSets),
    })
    .chain(({ partition, cicdAccount, environments, roles, permissionSets: sets, ...rest }) => {
      const inPartition = (region: string): boolean =>
        partition === "" ? !/^(cn|us-gov)-/.test(region) : region.startsWith(partition);
      const anyRegion = fc.constantFrom(...regions.filter(inPartition));
      const [platformRole = "", breakGlassRole = ""] = roles;
      return fc.constantFrom(...pipelineRegions.filter(inPartition)).chain((home) => {
        // The first at home, so that there is a kind of application for every platform.
        const regionOf = (index: number): fc.Arbitrary<string> =>
          index === 0 ? fc.constant(home) : fc.oneof(fc.constant(home), anyRegion);
        return fc.record({
          ...constants(rest),
          cicd: fc.record({ accountId: fc.constant(cicdAccount), region: fc.constant(home) }),
          environments: fc
            .uniqueArray(
              accountIds.filter((id) => id !== cicdAccount),
              { minLength: environments.length, maxLength: environments.length },
            )
            .chain((accounts) =>
              fc.tuple(
                ...environments.map((name, index) =>
                  environment(name, accounts[index] ?? "", regionOf(index)),
                ),
              ),
            ),
          platformRole: fc.constant(platformRole),
          breakGlassRole: fc.constant(breakGlassRole),
          people: fc.record({
            identityCenterRegion: anyRegion,
            approverPermissionSet: fc.constant(sets[0]),
            readerPermissionSet: fc.constant(sets[1]),
          }),
        });
      });
    });
}

function environment(
  name: string,
  accountId: string,
  region: fc.Arbitrary<string>,
): fc.Arbitrary<Environment> {
  return fc.record(
    {
      name: fc.constant(name),
      accountId: fc.constant(accountId),
      region,
      production: fc.boolean(),
      approval: fc.record({ timeoutMinutes: fc.integer({ min: 5, max: 86_400 }) }),
      deploymentWindow: fc.record({
        cron: fc.constantFrom("* * 8-16 ? * MON-FRI", "* 0/30 * 1,15 * ? 2026-2030", "* * 22 ? JAN,DEC 6L"),
        timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"),
      }),
      ecs: fc.record({
        cluster: clusterNames,
        subnetIds: resourceIds("subnet", 16),
        securityGroupIds: resourceIds("sg", 5),
      }),
      eks: fc.record({
        cluster: clusterNames,
        nodeRole: roleNames,
      }),
    },
    { requiredKeys: ["name", "accountId", "region", "production"] },
  );
}

function settingsFor(platform: Platform): fc.Arbitrary<Organization["settings"]> {
  const { region, accountId } = platform.cicd;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  const connections: fc.Arbitrary<SourceConnection> = fc.oneof(
    fc.uuid().map((id) => ({
      arn: `arn:${partition}:codeconnections:${region}:${accountId}:connection/${id}`,
    })),
    fc.record({
      name: text(`${word}.-`, 1, 32),
      providerType: fc.constantFrom("GitHub", "GitLab", "Bitbucket"),
    }),
  );
  return fc
    .record({
      connection: connections,
      artifactRetentionDays: fc.integer({ min: 1, max: 3650 }),
      logRetentionDays: fc.constantFrom(...logRetentionDays),
      confusedDeputyConditions: fc.boolean(),
    })
    .map(({ connection, artifactRetentionDays, ...base }) => [
      { stack: "cicd", platform, connection, artifactRetentionDays, ...base },
      ...platform.environments.map((one) => ({
        stack: "environment" as const,
        platform,
        environment: one,
        ...base,
      })),
    ]);
}

/** Applications that may live together on this platform. */
function applicationSets(platform: Platform): fc.Arbitrary<Application[]> {
  return fc
    .array(application(platform), { minLength: 1, maxLength: 6 })
    .map((candidates) =>
      candidates
        .reduce<Application[]>(
          (chosen, one) =>
            chosen.every((other) => areApart(one, other, platform)) ? [...chosen, one] : chosen,
          [],
        )
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
}

/** The rule in words of its own: nothing of the one begins like something of the other. */
function areApart(one: Application, two: Application, { environments }: Platform): boolean {
  if (one.name === two.name) return false;
  const pipelines = ({ name, tracks }: Application): string[] => [
    pullRequestPipelineName(name),
    ...tracks.map((track) => pipelineName(name, track.name)),
  ];
  if (pipelines(one).some((name) => pipelines(two).includes(name))) return false;
  const stems = ({ name, tracks }: Application): string[] =>
    [...reservedSuffixes, ...environments.map((each) => each.name), ...tracks.map((each) => each.name)].map(
      (suffix) => `${name}-${suffix}-`,
    );
  return stems(one).every((a) => stems(two).every((b) => !a.startsWith(b) && !b.startsWith(a)));
}

function application(platform: Platform, anyName = applicationNames): fc.Arbitrary<Application> {
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
      })
      .map(({ owner, pullRequests, ...rest }) => ({
        ...rest,
        repository: `${owner}/${rest.name}`,
        ...(pullRequests === undefined ? {} : { pullRequests }),
      })),
  );
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
  const versions = Object.entries(runtimeVersions).map(([name, known]) =>
    fc.constantFrom(...known).map((version): [string, string] => [name, version]),
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

/** Names below a root of its own, so that no two tracks start each other. */
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

function emails(minLength: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(addresses, {
    minLength,
    maxLength: 3,
  });
}

function resourceIds(prefix: string, maxLength: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(
    joined(
      `${prefix}-`,
      fc.constantFrom(8, 17).chain((n) => text("0123456789abcdef", n, n)),
    ),
    {
      minLength: 1,
      maxLength,
    },
  );
}

function constants<Values extends object>(
  values: Values,
): { [Key in keyof Values]: fc.Arbitrary<Values[Key]> } {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)])) as {
    [Key in keyof Values]: fc.Arbitrary<Values[Key]>;
  };
}

/** fast-check makes objects without a prototype; what is read from files has one. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
