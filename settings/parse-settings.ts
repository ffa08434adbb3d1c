import { z } from "zod";
import type { Platform, Settings } from "./settings";
import { toPlatform } from "./platform-schema";
import { checkPlatform } from "./platform-rules";
import { didYouMean, problem, type Problem, quote, sortProblems } from "../input/problem";
import { type Kind, kindKeys, sharedKeys } from "./keys";
import {
  accountProblems,
  type Configuration,
  decode,
  defaultTagProblems,
  keyProblems,
  kindOf,
  managementAccountProblems,
  namespace,
  secretProblems,
  toConnection,
} from "./rules";
import { checkShape, type Locate } from "../input/shape";

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

type Checked<Value> = { readonly value: Value } | { readonly problems: readonly Problem[] };

/** Checks all settings of one stack at once. */
export function parseSettings(configuration: Configuration): ParsedSettings {
  const found = kindOf(configuration);
  const kind = typeof found === "string" ? found : undefined;
  const shared = parseBase(configuration);
  const base = "value" in shared ? shared.value : undefined;
  const own = kind === undefined ? { problems: [] } : parseOwn(kind, configuration, base);
  const problems = [
    ...(typeof found === "string" ? [] : [found]),
    ...keyProblems(configuration, kind),
    ...secretProblems(configuration),
    ...defaultTagProblems(configuration),
    ...("problems" in shared ? shared.problems : []),
    ...("problems" in own ? own.problems : []),
  ];
  return {
    problems: sortProblems(problems),
    ...(base === undefined ? {} : { platform: base.platform }),
    ...("value" in own && problems.length === 0 ? { settings: own.value } : {}),
  };
}

function parseBase(configuration: Configuration): Checked<Base> {
  const shared = parseKeys(sharedKeys, configuration, configuration.projectFile);
  if ("problems" in shared) return shared;
  const { logRetentionDays, confusedDeputyConditions, ...written } = shared.value;
  const platform = toPlatform(written);
  const problems = checkPlatform(platform, locator(configuration, configuration.projectFile));
  return problems.length > 0
    ? { problems }
    : { value: { platform, logRetentionDays, confusedDeputyConditions } };
}

function parseOwn(kind: Kind, configuration: Configuration, base: Base | undefined): Checked<Settings> {
  switch (kind) {
    case "cicd":
      return parseCicd(configuration, base);
    case "environment":
      return parseEnvironment(configuration, base);
    case "organization":
      return parseOrganization(configuration, base);
    default:
      return kind satisfies never;
  }
}

function parseCicd(configuration: Configuration, base: Base | undefined): Checked<Settings> {
  const own = parseKeys(kindKeys.cicd, configuration, configuration.stackFile);
  if ("problems" in own) return own;
  if (base === undefined) return { problems: [] };
  const { cicd } = base.platform;
  const { artifactRetentionDays } = own.value;
  const connection = toConnection(
    own.value.connection,
    cicd,
    locator(configuration, configuration.stackFile),
  );
  const problems = [
    ...("problems" in connection ? connection.problems : []),
    ...accountProblems(configuration, cicd, "slipway:cicd"),
  ];
  if ("problems" in connection || problems.length > 0) return { problems };
  return { value: { stack: "cicd", ...base, connection, artifactRetentionDays } };
}

function parseEnvironment(configuration: Configuration, base: Base | undefined): Checked<Settings> {
  const own = parseKeys(kindKeys.environment, configuration, configuration.stackFile);
  if ("problems" in own) return own;
  if (base === undefined) return { problems: [] };
  const { environments } = base.platform;
  const { environment: name } = own.value;
  const index = environments.findIndex((candidate) => candidate.name === name);
  const environment = environments[index];
  if (environment === undefined) {
    const names = environments.map((candidate) => candidate.name);
    const place = configuration.locate(`${namespace}environment`, []);
    const message = `slipway:environment: ${quote(name)} is not an environment.`;
    return { problems: [problem(message, didYouMean(name, names), place)] };
  }
  const problems = accountProblems(configuration, environment, `slipway:environments[${index}]`);
  return problems.length > 0 ? { problems } : { value: { stack: "environment", ...base, environment } };
}

function parseOrganization(configuration: Configuration, base: Base | undefined): Checked<Settings> {
  const own = parseKeys(kindKeys.organization, configuration, configuration.stackFile);
  if ("problems" in own) return own;
  if (base === undefined) return { problems: [] };
  const { platform } = base;
  const { managementAccountId } = own.value;
  const problems = managementAccountProblems(configuration, managementAccountId, platform);
  return problems.length > 0
    ? { problems }
    : { value: { stack: "organization", platform, managementAccountId } };
}

/** @param file where the keys belong, for those that are missing */
function parseKeys<Keys extends z.ZodRawShape>(
  keys: Keys,
  configuration: Configuration,
  file: string,
): Checked<z.output<z.ZodObject<Keys>>> {
  const { values, secretKeys } = configuration;
  const given = Object.entries(keys).flatMap(([key, schema]) => {
    const text = values[`${namespace}${key}`];
    return text === undefined ? [] : [[key, schema instanceof z.ZodString ? text : decode(text)]];
  });
  const check = <Some extends z.ZodRawShape>(some: Some): Checked<z.output<z.ZodObject<Some>>> =>
    checkShape(z.object(some), Object.fromEntries(given), locator(configuration, file), namespace);
  const plain = Object.entries(keys).filter(([key]) => !secretKeys.includes(`${namespace}${key}`));
  if (plain.length === Object.keys(keys).length) return check(keys);
  // That a key is encrypted is said already (secretProblems); what is in it is not to be looked at.
  const rest = check(Object.fromEntries(plain));
  return { problems: "problems" in rest ? rest.problems : [] };
}

/** Places of our own keys, for paths that begin with one; the file itself for the empty path. */
function locator({ locate }: Configuration, file: string): Locate {
  return ([key, ...path], sub) =>
    key === undefined ? { file } : locate(`${namespace}${String(key)}`, path, sub);
}
