import { z } from "zod";
import type { Account, Platform, Settings, SourceConnection } from "../settings";
import { findCredentials } from "./credentials";
import { logRetentionDays } from "./log-retention";
import { checkPlatform, platformKeys, toPlatform } from "./platform";
import { didYouMean, nearest, pathText, type Place, problem, type Problem, quote } from "./problem";
import { checkShape, said, wrong } from "./shape";

/** What Pulumi hands to the program, and where it is written. */
export interface Configuration {
  /** By full key (`slipway:stack`); text as it stands, everything else as JSON: the form of `pulumi.runtime.allConfig`. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys whose values are encrypted in the stack file. */
  readonly secretKeys: readonly string[];
  /** Finds a value, or the key `sub` in it; absent where its file is not known. */
  readonly locate: (key: string, path: readonly PropertyKey[], sub?: string) => Place | undefined;
  /** As messages show it. */
  readonly stackFile: string;
  readonly projectFile: string;
  /** Full keys that the stack's own file sets. */
  readonly stackKeys: readonly string[];
}

export interface ParsedSettings {
  /** Absent where there is a problem. */
  readonly settings?: Settings;
  /** Present where the shared settings are right, even if the stack's own are not. */
  readonly platform?: Platform;
  readonly problems: readonly Problem[];
}

const sharedKeys = {
  ...platformKeys,
  logRetentionDays: z
    .number()
    .refine((days) => logRetentionDays.includes(days), {
      error: wrong(
        "days are not a time that CloudWatch Logs keeps a log group.",
        `Allowed: ${logRetentionDays.join(", ")}.`,
      ),
    })
    .default(365),
  confusedDeputyConditions: z.boolean().default(true),
};

const connectionArn =
  /^arn:(?:aws|aws-cn|aws-us-gov):(?:codeconnections|codestar-connections):([a-z0-9-]+):(\d{12}):connection\/[0-9a-f-]{36}$/;

const connection = z
  .strictObject({
    arn: z
      .string()
      .regex(connectionArn, {
        error: wrong(
          "is not the ARN of a connection.",
          "Allowed: arn:aws:codeconnections:<region>:<CI/CD account>:connection/<id>, as `aws codeconnections list-connections` shows it.",
        ),
      })
      .exactOptional(),
    name: z
      .string()
      .regex(/^[\w.-]{1,32}$/, {
        error: wrong(
          "is not the name of a connection.",
          "Allowed: letters, digits and . _ -, at most 32 characters.",
        ),
      })
      .exactOptional(),
    providerType: z.enum(["GitHub", "GitLab", "Bitbucket"]).exactOptional(),
  })
  .describe("Wanted: arn of a connection that exists, or name and providerType of one to make.");

const kinds = {
  cicd: {
    connection,
    artifactRetentionDays: z
      .int()
      .refine((days) => days >= 1 && days <= 3650, {
        error: ({ input }) => said(input, "days is out of range.", "Allowed: 1 to 3650."),
      })
      .default(90),
  },
  environment: {
    environment: z.string().describe("Wanted: the name of the environment whose account this is."),
  },
};
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];
const namespace = "slipway:";

/** Checks all settings of one stack at once. */
export function parseSettings(configuration: Configuration): ParsedSettings {
  const kind = kindOf(configuration);
  const problems = [
    ...("problem" in kind ? [kind.problem] : []),
    ...keyProblems(configuration, "kind" in kind ? kind.kind : undefined),
    ...secretProblems(configuration),
  ];
  const shared = parseKeys(sharedKeys, configuration, configuration.projectFile);
  if ("problems" in shared) problems.push(...shared.problems);
  const base = "value" in shared ? toBase(shared.value) : undefined;
  if (base !== undefined) problems.push(...checkPlatform(base.platform, locator(configuration)));
  const platformIsRight =
    base !== undefined && problems.every(({ place }) => place?.file !== configuration.projectFile);
  const own = "kind" in kind ? parseOwn(kind.kind, configuration, base) : { problems: [] };
  problems.push(...own.problems);
  return {
    problems,
    ...(platformIsRight ? { platform: base.platform } : {}),
    ...(problems.length === 0 && own.settings !== undefined ? { settings: own.settings } : {}),
  };
}

interface Base {
  readonly platform: Platform;
  readonly logRetentionDays: number;
  readonly confusedDeputyConditions: boolean;
}

function toBase(value: z.output<z.ZodObject<typeof sharedKeys>>): Base {
  const { logRetentionDays: days, confusedDeputyConditions, ...platform } = value;
  return { platform: toPlatform(platform), logRetentionDays: days, confusedDeputyConditions };
}

interface Own {
  readonly settings?: Settings;
  readonly problems: readonly Problem[];
}

function parseOwn(kind: Kind, configuration: Configuration, base: Base | undefined): Own {
  switch (kind) {
    case "cicd":
      return parseCicd(configuration, base);
    case "environment":
      return parseEnvironment(configuration, base);
    default:
      return kind satisfies never;
  }
}

function parseCicd(configuration: Configuration, base: Base | undefined): Own {
  const own = parseKeys(kinds.cicd, configuration, configuration.stackFile);
  if ("problems" in own || base === undefined) return { problems: "problems" in own ? own.problems : [] };
  const source = toConnection(own.value.connection, base.platform.cicd, locator(configuration));
  const problems = accountProblems(configuration, base.platform.cicd, "slipway:cicd");
  if ("problems" in source) return { problems: [...source.problems, ...problems] };
  const { artifactRetentionDays } = own.value;
  return { settings: { stack: "cicd", ...base, connection: source, artifactRetentionDays }, problems };
}

function parseEnvironment(configuration: Configuration, base: Base | undefined): Own {
  const own = parseKeys(kinds.environment, configuration, configuration.stackFile);
  if ("problems" in own || base === undefined) return { problems: "problems" in own ? own.problems : [] };
  const name = own.value.environment;
  const { environments } = base.platform;
  const environment = environments.find((candidate) => candidate.name === name);
  if (environment === undefined) {
    const names = environments.map((candidate) => candidate.name);
    const place = configuration.locate(`${namespace}environment`, []);
    return {
      problems: [
        problem(`slipway:environment: ${quote(name)} is not an environment.`, didYouMean(name, names), place),
      ],
    };
  }
  const owner = `slipway:environments[${environments.indexOf(environment)}]`;
  return {
    settings: { stack: "environment", ...base, environment },
    problems: accountProblems(configuration, environment, owner),
  };
}

type Located = (path: readonly PropertyKey[], sub?: string) => Place | undefined;

/** Places of our own keys, for paths that begin with one; the file for the empty path. */
function locator({ locate }: Configuration, file?: string): Located {
  return ([key, ...path], sub) => {
    if (key === undefined) return file === undefined ? undefined : { file };
    return locate(`${namespace}${String(key)}`, path, sub);
  };
}

/** @param file where the keys belong, for those that are missing */
function parseKeys<Keys extends z.ZodRawShape>(
  keys: Keys,
  configuration: Configuration,
  file: string,
): ReturnType<typeof checkShape<z.ZodObject<Keys>>> {
  const values = Object.entries(keys).flatMap(([key, schema]) => {
    const fullKey = `${namespace}${key}`;
    const text = configuration.values[fullKey];
    // A secret is a problem of its own; here it counts as absent only where it may be.
    if (text === undefined) return [];
    return [[key, schema instanceof z.ZodString ? text : decode(text)]];
  });
  return checkShape(z.object(keys), Object.fromEntries(values), locator(configuration, file), namespace);
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function kindOf({ values, locate, stackFile }: Configuration): { kind: Kind } | { problem: Problem } {
  const key = `${namespace}stack`;
  const given = values[key];
  const kind = kindNames.find((name) => name === given);
  if (kind !== undefined) return { kind };
  if (given === undefined) {
    return {
      problem: problem(
        `${key} is missing, so this stack has no kind.`,
        [`Allowed: ${kindNames.join(", ")}.`, `Add it under config: in ${stackFile}.`],
        { file: stackFile },
      ),
    };
  }
  return {
    problem: problem(
      `${key}: ${quote(given)} is not a kind of stack.`,
      didYouMean(given, kindNames),
      locate(key, []),
    ),
  };
}

function keyProblems(
  { values, locate, stackKeys, stackFile, projectFile }: Configuration,
  kind: Kind | undefined,
): Problem[] {
  const shared = Object.keys(sharedKeys);
  const own =
    kind === undefined ? kindNames.flatMap((name) => Object.keys(kinds[name])) : Object.keys(kinds[kind]);
  const known = ["stack", ...own, ...shared];
  return Object.keys(values).flatMap((fullKey) => {
    const place = locate(fullKey, []);
    const [space = "", ...rest] = fullKey.split(":");
    const key = rest.join(":");
    if (space !== "slipway") {
      const meant = nearest(space, ["slipway"]) === undefined ? [] : [`Did you mean slipway:${key}?`];
      return meant.length === 0 ? [] : [problem(`${quote(fullKey)} is not a setting.`, meant, place)];
    }
    if (shared.includes(key) && stackKeys.includes(fullKey)) {
      return [
        problem(
          `${fullKey} is shared by all stacks, but ${stackFile} sets it for itself.`,
          [`Set it in ${projectFile} alone.`],
          place,
        ),
      ];
    }
    if (known.includes(key)) return [];
    const owner = kindNames.find((name) => Object.hasOwn(kinds[name], key));
    if (owner !== undefined) {
      return [
        problem(
          `${fullKey} is for stacks of kind ${owner}; this one is of kind ${kind ?? "?"}.`,
          ["Remove it."],
          place,
        ),
      ];
    }
    return [
      problem(
        `${fullKey} is not a setting.`,
        didYouMean(
          fullKey,
          known.map((name) => `${namespace}${name}`),
        ),
        place,
      ),
    ];
  });
}

/** Provider settings that are credentials: https://www.pulumi.com/registry/packages/aws/installation-configuration/ */
const credentialKeys = ["aws:accessKey", "aws:secretKey", "aws:token"];

function secretProblems({ values, secretKeys, locate }: Configuration): Problem[] {
  return Object.entries(values).flatMap(([key, text]) => {
    if (secretKeys.includes(key)) {
      if (!key.startsWith(namespace)) return [];
      return [
        problem(
          `${key} is encrypted, but names and policies are made of it, which all may read.`,
          [`Set it in plain text: pulumi config set --plaintext ${key} <value>.`],
          locate(key, []),
        ),
      ];
    }
    const found = credentialKeys.includes(key)
      ? [{ path: [], kind: "a credential" }]
      : findCredentials(decode(text));
    return found.map(({ path, kind }) =>
      problem(
        `${pathText([key, ...path])} holds ${kind} in plain text.`,
        [
          "Remove it, make it invalid where it was issued, and give Pulumi short-lived credentials through its environment.",
        ],
        locate(key, path),
      ),
    );
  });
}

function toConnection(
  { arn, name, providerType }: z.output<typeof connection>,
  cicd: Account,
  locate: Located,
): SourceConnection | { problems: Problem[] } {
  const place = locate(["connection"]);
  if (arn === undefined) {
    if (name !== undefined && providerType !== undefined) return { name, providerType };
    return {
      problems: [problem("slipway:connection is incomplete.", [connection.description ?? ""], place)],
    };
  }
  if (name !== undefined || providerType !== undefined) {
    return {
      problems: [
        problem(
          "slipway:connection says both which connection to use and which to make.",
          [connection.description ?? ""],
          place,
        ),
      ],
    };
  }
  const [, region, accountId] = connectionArn.exec(arn) ?? [];
  if (region === cicd.region && accountId === cicd.accountId) return { arn };
  const message = `slipway:connection.arn: the connection is in account ${quote(accountId)}, region ${quote(region)}; the pipelines are not.`;
  const remedy = `Wanted: a connection in account "${cicd.accountId}", region "${cicd.region}", as slipway:cicd says.`;
  return { problems: [problem(message, [remedy], locate(["connection", "arn"]))] };
}

/** The provider's settings say a second time where this stack belongs: with wrong credentials nothing is then deployed. */
function accountProblems(
  { values, locate, stackFile }: Configuration,
  account: Account,
  owner: string,
): Problem[] {
  const expected = {
    "aws:region": account.region,
    "aws:allowedAccountIds": JSON.stringify([account.accountId]),
  };
  return Object.entries(expected).flatMap(([key, value]) => {
    const given = values[key];
    if (given === undefined) {
      return [
        problem(`${key} is missing.`, [`Add it under config: in ${stackFile}: ${key}: ${value}`], {
          file: stackFile,
        }),
      ];
    }
    if (given === value) return [];
    return [
      problem(
        `${key} is ${hidden(given)}, but ${owner} says ${value}.`,
        [`Write ${key}: ${value}, or correct ${owner}.`],
        locate(key, []),
      ),
    ];
  });
}

function hidden(text: string): string {
  const value = decode(text);
  return quote(value);
}
