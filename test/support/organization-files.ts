import { stringify } from "yaml";
import type { Application, Track } from "../../definitions/application";
import type { Environment } from "../../settings/settings";
import type { Organization } from "./generators";
import type { Files } from "./settings";

type Settings = Organization["settings"][number];

/** An organization as people write it: Pulumi.yaml, a file for each stack, and the application files. */
export function filesOf({ settings, applications }: Organization): Files {
  const [shared] = settings;
  return {
    ...(shared === undefined ? {} : { "Pulumi.yaml": projectFile(shared) }),
    ...Object.fromEntries(settings.map((one) => [`Pulumi.${stackName(one)}.yaml`, stackFile(one)])),
    ...Object.fromEntries(applications.map((one) => [`applications/${one.name}.yaml`, applicationFile(one)])),
  };
}

/** The stack of an environment could be called like the CI/CD account's: so it carries a prefix. */
export function stackName(settings: Settings): string {
  return settings.stack === "cicd" ? "cicd" : `account-${settings.environment.name}`;
}

function projectFile({ platform, logRetentionDays, confusedDeputyConditions }: Settings): string {
  const { environments, ...rest } = platform;
  const config = Object.fromEntries(
    Object.entries({
      ...rest,
      environments: environments.map(writtenEnvironment),
      logRetentionDays,
      confusedDeputyConditions,
    }).map(([key, value]) => [`slipway:${key}`, typeof value === "object" ? { value } : value]),
  );
  return stringify({ name: "slipway", runtime: "nodejs", config });
}

function writtenEnvironment({ approval, ...rest }: Environment): object {
  return approval === undefined
    ? rest
    : { ...rest, approval: { timeoutDays: approval.timeoutMinutes / (24 * 60) } };
}

function stackFile(settings: Settings): string {
  const account = settings.stack === "cicd" ? settings.platform.cicd : settings.environment;
  const ownSettings =
    settings.stack === "cicd"
      ? {
          "slipway:connection": settings.connection,
          "slipway:artifactRetentionDays": settings.artifactRetentionDays,
        }
      : { "slipway:environment": settings.environment.name };
  return stringify({
    config: {
      "slipway:stack": settings.stack,
      ...ownSettings,
      "aws:region": account.region,
      "aws:allowedAccountIds": [account.accountId],
    },
  });
}

function applicationFile({ tracks, ...rest }: Application): string {
  return stringify({ ...rest, tracks: tracks.map(writtenTrack) });
}

function writtenTrack({ name, trigger, environments }: Track): object {
  const lists = {
    branches: trigger.branches.includes,
    excludeBranches: trigger.branches.excludes,
    paths: trigger.paths.includes,
    excludePaths: trigger.paths.excludes,
    tags: trigger.tags.includes,
    excludeTags: trigger.tags.excludes,
  };
  const written = Object.entries(lists).filter(([, patterns]) => patterns.length > 0);
  return { name, ...Object.fromEntries(written), environments };
}
