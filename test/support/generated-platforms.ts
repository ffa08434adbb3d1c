/** Generators of platforms, and of the settings of their accounts. */
import fc from "fast-check";
import { logRetentionDays } from "../../settings/log-retention";
import { pipelineRegions, regions } from "../../settings/regions";
import type {
  Chat,
  CicdSettings,
  Environment,
  EnvironmentSettings,
  People,
  Platform,
  SourceConnection,
} from "../../settings/settings";
import {
  accountIds,
  clusterNames,
  emails,
  environmentNames,
  organizationIds,
  permissionSets,
  resourceIds,
  roleNames,
  slackChannels,
  slackWorkspaceIds,
  teamsChannels,
  text,
  word,
} from "./generated-texts";

/** The CI/CD account's first, then one for each environment in order. */
export type SettingsOfAccounts = readonly (CicdSettings | EnvironmentSettings)[];

/** The partition of AWS, as its regions' names begin. */
type RegionPrefix = "cn-" | "us-gov-" | "";

const inPartition =
  (prefix: RegionPrefix) =>
  (region: string): boolean =>
    prefix === "" ? !/^(cn|us-gov)-/.test(region) : region.startsWith(prefix);

/** Regions of one partition: that of the CI/CD account, and any. */
interface Regions {
  readonly home: string;
  readonly any: fc.Arbitrary<string>;
}

export function platforms(): fc.Arbitrary<Platform> {
  return fc
    .constantFrom<RegionPrefix>("cn-", "us-gov-", "")
    .chain((prefix) =>
      fc.constantFrom(...pipelineRegions.filter(inPartition(prefix))).map((home) => ({
        home,
        any: fc.constantFrom(...regions.filter(inPartition(prefix))),
      })),
    )
    .chain((drawn) =>
      fc
        .record({
          accounts: fc.uniqueArray(accountIds, { minLength: 5, maxLength: 5 }),
          names: fc.uniqueArray(environmentNames, { minLength: 1, maxLength: 4 }),
          roles: fc.uniqueArray(roleNames, {
            minLength: 2,
            maxLength: 2,
            selector: (name) => name.toLowerCase(),
          }),
        })
        .chain((identity) => platform(drawn, identity)),
    );
}

interface Identity {
  /** The CI/CD account's first. */
  readonly accounts: readonly string[];
  /** Of the environments, in order. */
  readonly names: readonly string[];
  readonly roles: readonly string[];
}

function platform(
  { home, any }: Regions,
  {
    accounts: [cicdAccount = "", ...accounts],
    names,
    roles: [platformRole = "", breakGlassRole = ""],
  }: Identity,
): fc.Arbitrary<Platform> {
  // The first at home, so that there is a kind of application for every platform.
  const regionOf = (index: number): fc.Arbitrary<string> =>
    index === 0 ? fc.constant(home) : fc.oneof(fc.constant(home), any);
  const parts = {
    organizationId: organizationIds,
    notifications: fc.record({ approvals: emails(1), status: emails(0) }),
    cicd: fc.constant({ accountId: cicdAccount, region: home }),
    environments: fc.tuple(
      ...names.map((name, index) => environment(name, accounts[index] ?? "", regionOf(index))),
    ),
    platformRole: fc.constant(platformRole),
    breakGlassRole: fc.constant(breakGlassRole),
    // AWS's chat application is in its first partition alone.
    ...(inPartition("")(home) ? { chat: chat() } : {}),
    people: people(any),
  };
  return fc.record(parts, {
    requiredKeys: [
      "organizationId",
      "notifications",
      "cicd",
      "environments",
      "platformRole",
      "breakGlassRole",
      "people",
    ],
  });
}

function people(any: fc.Arbitrary<string>): fc.Arbitrary<People> {
  return fc.record(
    {
      identityCenterRegion: any,
      approverPermissionSet: permissionSets,
      starterPermissionSet: permissionSets,
      readerPermissionSet: permissionSets,
    },
    { requiredKeys: ["identityCenterRegion", "approverPermissionSet", "readerPermissionSet"] },
  );
}

/** One of Slack and Microsoft Teams, or both. */
function chat(): fc.Arbitrary<Chat> {
  const slack = fc.record({
    workspaceId: slackWorkspaceIds,
    approvals: slackChannels(0),
    status: slackChannels(0),
  });
  const teams = fc.record({
    tenantId: fc.uuid(),
    teamId: fc.uuid(),
    approvals: teamsChannels(0),
    status: teamsChannels(0),
  });
  return fc.oneof(fc.record({ slack }), fc.record({ teams }), fc.record({ slack, teams }));
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

export function settingsFor(platform: Platform): fc.Arbitrary<SettingsOfAccounts> {
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
      ...platform.environments.map((environment) => ({
        stack: "environment" as const,
        platform,
        environment,
        ...base,
      })),
    ]);
}
