import { stringify } from "yaml";
import { problem, type Problem } from "../input/problem";
import { quote } from "../input/wording";
import { parseSettings } from "../settings/parse-settings";
import { commaList, type Question } from "./questions";

/** What `slipway init` is told by flags, or asks. */
export interface PlatformAnswers {
  readonly organizationId?: string;
  readonly cicdAccount?: string;
  readonly region?: string;
  /** `NAME=ACCOUNT` or `NAME=ACCOUNT:REGION`, in the order in which a release passes through them. */
  readonly environment?: readonly string[];
  readonly approvals?: readonly string[];
  readonly status?: readonly string[];
  /** ARN of a connection, or the provider to make one for. */
  readonly connection?: string;
}

export const platformQuestions: readonly Question<PlatformAnswers>[] = [
  {
    key: "organizationId",
    text: "Id of the AWS organization, such as o-example1234",
    answer: (organizationId) => ({ organizationId }),
  },
  {
    key: "cicdAccount",
    text: "Account id of the CI/CD account, twelve digits",
    answer: (cicdAccount) => ({ cicdAccount }),
  },
  { key: "region", text: "Region", initial: "eu-west-1", answer: (region) => ({ region }) },
  {
    key: "environment",
    text: "Environments in their order as name=account, with commas between, such as dev=222222222222, prod=333333333333",
    answer: (words) => ({ environment: commaList(words) }),
  },
  {
    key: "approvals",
    text: "E-mail addresses that are asked for approvals, with commas between (may be empty)",
    isOptional: true,
    answer: (words) => ({ approvals: commaList(words) }),
  },
  {
    key: "connection",
    text: "ARN of the connection to the repositories, or the provider to make one for: GitHub, GitLab or Bitbucket",
    initial: "GitHub",
    answer: (connection) => ({ connection }),
  },
];

type Value = string | number | object;
type Config = Readonly<Record<string, Value>>;

/** The files of a platform's settings by name, and what is wrong with them, told by the flags. */
export function platformOf(answers: PlatformAnswers): {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
} {
  const environments = (answers.environment ?? []).map((words) => readEnvironment(words, answers.region));
  const shared = sharedConfig(
    answers,
    environments.map(({ written }) => written),
  );
  const stacks = new Map<string, Config>([["cicd", cicdConfig(answers)]]);
  for (const { written } of environments) stacks.set(written.name, environmentConfig(written));
  const names = [...stacks.keys()];
  const forms = environments.flatMap((environment) => environment.problems);
  const sameName = "--environment: two environments have the same name, or one is called cicd.";
  const problems = [
    ...forms,
    ...(forms.length > 0 || names.length === environments.length + 1 ? [] : [problem(sameName)]),
    ...[...stacks]
      .flatMap(([name, own]) => problemsOf(name, shared, own, names))
      .filter(({ message }) => forms.length === 0 || !message.startsWith("--environment"))
      .filter(({ message }) => !isRepeated(message, answers)),
  ];
  const files = new Map([["Pulumi.yaml", projectText(shared)]]);
  for (const [name, own] of stacks) files.set(`Pulumi.${name}.yaml`, stackText(name, own));
  return { files, problems: distinct(problems) };
}

/** What one flag says also stands in the settings of another, whose fault need not be told twice. */
function isRepeated(message: string, { region, status }: PlatformAnswers): boolean {
  if (status === undefined && message.startsWith("--status")) return true;
  return region !== undefined && message.startsWith(`--environment: ${quote(region)} is not a region`);
}

/** What is wrong with the answer to one question; the question itself says what it is about. */
export function faultsOfPlatformAnswer(key: string, answers: PlatformAnswers): Problem[] {
  const flag = `${flagOf(key)}: `;
  return platformOf(answers)
    .problems.filter(({ message }) => message.startsWith(flag))
    .map((fault) => ({ ...fault, message: fault.message.slice(flag.length) }));
}

interface WrittenEnvironment {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

function readEnvironment(
  words: string,
  region = "",
): { readonly written: WrittenEnvironment; readonly problems: readonly Problem[] } {
  const [name = "", place] = words.split("=", 2);
  const [accountId = "", own = region] = (place ?? "").split(":", 2);
  const written = { name, accountId, region: own };
  if (place !== undefined) return { written, problems: [] };
  return {
    written,
    problems: [
      problem(`--environment: ${quote(words)} has no "=".`, ["Write NAME=ACCOUNT, or NAME=ACCOUNT:REGION."]),
    ],
  };
}

const approvalDays = 14;

/** After the first, a person approves each environment; the last one is production. */
function sharedConfig(answers: PlatformAnswers, environments: readonly WrittenEnvironment[]): Config {
  const { organizationId, cicdAccount: accountId, region, approvals = [], status = approvals } = answers;
  return {
    ...(organizationId !== undefined && { "slipway:organizationId": organizationId }),
    "slipway:cicd": {
      ...(accountId !== undefined && { accountId }),
      ...(region !== undefined && { region }),
    },
    ...(environments.length > 0 && {
      "slipway:environments": environments.map((environment, index) => ({
        ...environment,
        ...(index > 0 && index === environments.length - 1 && { production: true }),
        ...(index > 0 && { approval: { timeoutDays: approvalDays } }),
      })),
    }),
    "slipway:platformRole": "slipway-platform",
    "slipway:breakGlassRole": "slipway-break-glass",
    "slipway:notifications": { approvals, status },
    "slipway:people": {
      identityCenterRegion: region ?? "",
      approverPermissionSet: "SlipwayApprover",
      starterPermissionSet: "SlipwayStarter",
      readerPermissionSet: "SlipwayReader",
    },
    "slipway:logRetentionDays": 365,
  };
}

function cicdConfig({ cicdAccount = "", region = "", connection = "GitHub" }: PlatformAnswers): Config {
  return {
    "slipway:stack": "cicd",
    "aws:region": region,
    "aws:allowedAccountIds": [cicdAccount],
    "slipway:connection": connection.startsWith("arn:")
      ? { arn: connection }
      : { name: connection.toLowerCase(), providerType: connection },
    "slipway:artifactRetentionDays": 90,
  };
}

function environmentConfig({ name, accountId, region }: WrittenEnvironment): Config {
  return {
    "slipway:stack": "environment",
    "slipway:environment": name,
    "aws:region": region,
    "aws:allowedAccountIds": [accountId],
  };
}

/** What the program itself will say of the settings of one stack. */
function problemsOf(stack: string, shared: Config, own: Config, stacks: readonly string[]): Problem[] {
  const values = Object.entries({ ...shared, ...own }).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const { problems } = parseSettings({
    values: Object.fromEntries(values) as Record<string, string>,
    secretKeys: [],
    locate: () => undefined,
    projectFile: "Pulumi.yaml",
    stackFile: `Pulumi.${stack}.yaml`,
    stackKeys: Object.keys(own),
    stackFiles: stacks.map((name) => `Pulumi.${name}.yaml`),
  });
  // What the stack files repeat is told where it is said first.
  return problems
    .filter(({ message }) => !/^(aws:|slipway:people\.identityCenterRegion\b)/.test(message))
    .map(inFlags);
}

/** By the path of a setting, the flag that says it. */
const flags: readonly (readonly [path: RegExp, flag: string])[] = [
  [/^slipway:organizationId\b/, "--organization-id"],
  [/^slipway:cicd\.accountId\b/, "--cicd-account"],
  [/^slipway:cicd\.region\b/, "--region"],
  [/^slipway:environments(\[\d+\](\.\w+)?)?/, "--environment"],
  [/^slipway:environment\b/, "--environment"],
  [/^slipway:notifications\.approvals(\[\d+\])?/, "--approvals"],
  [/^slipway:notifications\.status(\[\d+\])?/, "--status"],
  [/^slipway:connection(\.\w+)?/, "--connection"],
];

function inFlags({ message, remedy }: Problem): Problem {
  const flag = flags.find(([path]) => path.test(message));
  return {
    message: flag === undefined ? message : message.replace(flag[0], flag[1]),
    // The quotes that YAML wants are no part of a flag.
    ...(remedy !== undefined && { remedy: remedy.replace("twelve digits in quotes", "twelve digits") }),
  };
}

function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Each stack has the shared settings, and so their faults. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((fault) => [`${fault.message}\n${fault.remedy ?? ""}`, fault])).values()];
}

function projectText(shared: Config): string {
  // A key with an object needs `value:` in Pulumi.yaml; a list stands alone.
  const config = Object.entries(shared).map(([key, value]) => [
    key,
    typeof value === "object" && !Array.isArray(value) ? { value } : value,
  ]);
  const project = {
    name: "slipway",
    description: "A multi-account CI/CD platform for AWS",
    runtime: { name: "nodejs", options: { typescript: true } },
    config: Object.fromEntries(config) as object,
  };
  return `# What all stacks share; docs/settings.md describes every key.\n${stringify(project, { lineWidth: 120, aliasDuplicateObjects: false })}`;
}

function stackText(name: string, own: Config): string {
  const what =
    name === "cicd" ? "CI/CD account: pipelines, artifacts, images" : `account of the environment ${name}`;
  return `# The stack in the ${what}.\n${stringify({ config: own }, { lineWidth: 120 })}`;
}
