import { z } from "zod";
import type { Platform, Settings } from "./settings";
import { toPlatform } from "./platform-schema";
import { checkPlatform } from "./platform-rules";
import { type Checked, problem, type Problem, sortProblems } from "../input/problem";
import { didYouMean, quote } from "../input/wording";
import { type Kind, kindKeys, sharedKeys } from "./keys";
import {
  accountProblems,
  type RawConfig,
  decode,
  defaultTagProblems,
  keyProblems,
  kindOf,
  managementAccountProblems,
  namespace,
  secretProblems,
  toConnection,
} from "./rules";
import { checkShape } from "../input/shape";
import type { Locate } from "../input/yaml-source";

export interface ParsedSettings {
  /** Absent where there is any problem. */
  readonly settings?: Settings;
  /** Present where the shared settings are right, even if the stack's own are not. */
  readonly platform?: Platform;
  readonly problems: readonly Problem[];
}

/** What all kinds of stacks have. */
interface Base {
  readonly platform: Platform;
  readonly logRetentionDays: number;
  readonly confusedDeputyConditions: boolean;
}

/** Checks all settings of one stack at once. */
export function parseSettings(config: RawConfig): ParsedSettings {
  const kindOrProblem = kindOf(config);
  const kind = typeof kindOrProblem === "string" ? kindOrProblem : undefined;
  const shared = parseBase(config);
  const base = "value" in shared ? shared.value : undefined;
  const ofKind = kind === undefined ? { problems: [] } : parseKind(kind, config, base);
  const problems = [
    ...(typeof kindOrProblem === "string" ? [] : [kindOrProblem]),
    ...keyProblems(config, kind),
    ...secretProblems(config),
    ...defaultTagProblems(config),
    ...("problems" in shared ? shared.problems : []),
    ...("problems" in ofKind ? ofKind.problems : []),
  ];
  return {
    problems: sortProblems(problems),
    ...(base === undefined ? {} : { platform: base.platform }),
    ...("value" in ofKind && problems.length === 0 ? { settings: ofKind.value } : {}),
  };
}

function parseBase(config: RawConfig): Checked<Base> {
  const shared = parseKeys(sharedKeys, config, config.projectFile);
  if ("problems" in shared) return shared;
  const { logRetentionDays, confusedDeputyConditions, ...written } = shared.value;
  const platform = toPlatform(written);
  const problems = checkPlatform(platform, locator(config, config.projectFile));
  return problems.length > 0
    ? { problems }
    : { value: { platform, logRetentionDays, confusedDeputyConditions } };
}

function parseKind(kind: Kind, config: RawConfig, base: Base | undefined): Checked<Settings> {
  switch (kind) {
    case "cicd":
      return parseCicd(config, base);
    case "environment":
      return parseEnvironment(config, base);
    case "organization":
      return parseOrganization(config, base);
    default:
      return kind satisfies never;
  }
}

function parseCicd(config: RawConfig, base: Base | undefined): Checked<Settings> {
  const kindSettings = parseKeys(kindKeys.cicd, config, config.stackFile);
  if ("problems" in kindSettings) return kindSettings;
  if (base === undefined) return { problems: [] };
  const { cicd } = base.platform;
  const { artifactRetentionDays } = kindSettings.value;
  const connection = toConnection(kindSettings.value.connection, cicd, locator(config, config.stackFile));
  const problems = [
    ...("problems" in connection ? connection.problems : []),
    ...accountProblems(config, cicd, "slipway:cicd"),
  ];
  if ("problems" in connection || problems.length > 0) return { problems };
  return { value: { stack: "cicd", ...base, connection: connection.value, artifactRetentionDays } };
}

function parseEnvironment(config: RawConfig, base: Base | undefined): Checked<Settings> {
  const kindSettings = parseKeys(kindKeys.environment, config, config.stackFile);
  if ("problems" in kindSettings) return kindSettings;
  if (base === undefined) return { problems: [] };
  const { environments } = base.platform;
  const { environment: name } = kindSettings.value;
  const index = environments.findIndex((candidate) => candidate.name === name);
  const environment = environments[index];
  if (environment === undefined) {
    const names = environments.map((candidate) => candidate.name);
    const place = config.locate(`${namespace}environment`, []);
    const message = `slipway:environment: ${quote(name)} is not an environment.`;
    return { problems: [problem(message, didYouMean(name, names), place)] };
  }
  const problems = accountProblems(config, environment, `slipway:environments[${index}]`);
  return problems.length > 0 ? { problems } : { value: { stack: "environment", ...base, environment } };
}

function parseOrganization(config: RawConfig, base: Base | undefined): Checked<Settings> {
  const kindSettings = parseKeys(kindKeys.organization, config, config.stackFile);
  if ("problems" in kindSettings) return kindSettings;
  if (base === undefined) return { problems: [] };
  const { platform } = base;
  const { managementAccountId } = kindSettings.value;
  const problems = managementAccountProblems(config, managementAccountId, platform);
  return problems.length > 0
    ? { problems }
    : { value: { stack: "organization", platform, managementAccountId } };
}

/** @param file where the keys belong, for those that are missing */
function parseKeys<Keys extends z.ZodRawShape>(
  keys: Keys,
  config: RawConfig,
  file: string,
): Checked<z.output<z.ZodObject<Keys>>> {
  const { values, secretKeys } = config;
  const written = Object.entries(keys).flatMap(([key, schema]) => {
    const text = values[`${namespace}${key}`];
    return text === undefined ? [] : [[key, schema instanceof z.ZodString ? text : decode(text)]];
  });
  const check = <Some extends z.ZodRawShape>(some: Some): Checked<z.output<z.ZodObject<Some>>> =>
    checkShape(z.object(some), Object.fromEntries(written), locator(config, file), namespace);
  const plain = Object.entries(keys).filter(([key]) => !secretKeys.includes(`${namespace}${key}`));
  if (plain.length === Object.keys(keys).length) return check(keys);
  // An encrypted key is a problem already (secretProblems), so its value is not checked.
  const rest = check(Object.fromEntries(plain));
  return { problems: "problems" in rest ? rest.problems : [] };
}

/** Places of our own keys, for paths that begin with one; the file itself for the empty path. */
function locator({ locate }: RawConfig, file: string): Locate {
  return ([key, ...path], sub) =>
    key === undefined ? { file } : locate(`${namespace}${String(key)}`, path, sub);
}
