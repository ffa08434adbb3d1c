import { stringify } from "yaml";
import { capabilitiesOf, type DeploymentKind } from "../definitions/application";
import { runtimeVersions } from "../definitions/runtimes";
import { applicationSchema } from "../definitions/schema";
import { problem, type Problem } from "../input/problem";
import { checkShape } from "../input/shape";
import { alternatives, didYouMean, quote } from "../input/wording";
import { commaList, type Question } from "./questions";

/** What `slipway new-app` is told by flags, or asks. */
export interface Answers {
  readonly name?: string;
  readonly repository?: string;
  readonly kind?: string;
  readonly environments?: readonly string[];
  readonly healthPath?: string;
  readonly containerName?: string;
  readonly taskDefinition?: string;
  readonly chart?: string;
  readonly capability?: readonly string[];
  readonly branch?: string;
  readonly runtime?: string;
  readonly install?: readonly string[];
  readonly test?: readonly string[];
  readonly notify?: readonly string[];
}

export const kinds = Object.keys(capabilitiesOf) as DeploymentKind[];

/** What is asked of somebody at a terminal who did not say it by a flag. */
export const questions: readonly Question<Answers>[] = [
  { key: "name", text: "Name of the application", answer: (name) => ({ name }) },
  { key: "repository", text: "Repository, owner/name", answer: (repository) => ({ repository }) },
  { key: "kind", text: "How it is deployed", choices: kinds, answer: (kind) => ({ kind }) },
  {
    key: "environments",
    text: "Environments in their order, with commas between",
    answer: (words) => ({ environments: commaList(words) }),
  },
  {
    key: "healthPath",
    text: "Path that must answer 200 after a deployment",
    initial: "/health",
    when: ({ kind }) => kind === "serverless",
    answer: (healthPath) => ({ healthPath }),
  },
  {
    key: "capability",
    text: "What its own roles may be given, with commas between (may be empty)",
    choices: [...new Set(Object.values(capabilitiesOf).flat())],
    isOptional: true,
    when: ({ kind }) => kind !== "kubernetes",
    answer: (words) => ({ capability: commaList(words) }),
  },
  {
    key: "runtime",
    text: "Language and version of the tests, such as nodejs=22 or python=3.13",
    when: ({ test }) => test === undefined,
    answer: (runtime) => ({ runtime }),
  },
  {
    key: "notify",
    text: "E-mail addresses of the team, with commas between (may be empty)",
    isOptional: true,
    answer: (words) => ({ notify: commaList(words) }),
  },
];

/** How tests begin where no command is given, by language. */
const usualTests: Readonly<
  Record<string, { readonly install: readonly string[]; readonly commands: readonly string[] }>
> = {
  golang: { install: [], commands: ["go test ./..."] },
  nodejs: { install: ["npm ci"], commands: ["npm test"] },
  python: { install: ["pip install --requirement requirements.txt"], commands: ["python -m pytest"] },
};

/** The file's content as it will be written, and what is wrong with it, told by the flags. */
export function applicationOf(answers: Answers): {
  readonly text: string;
  readonly problems: readonly Problem[];
} {
  const written = contentOf(answers);
  const shape = checkShape(applicationSchema, written, () => undefined);
  const faults = "problems" in shape ? shape.problems.map(inFlags) : [];
  const text = `# yaml-language-server: $schema=./application.schema.json\n${stringify(written, { lineWidth: 120 })}`;
  return {
    text,
    problems: [...runtimeProblems(answers), ...kindProblems(answers), ...faults.filter(isNotTold)],
  };
}

/** What is wrong with the answer to one question; the question itself says what it is about. */
export function faultsOfAnswer(key: string, answers: Answers): Problem[] {
  const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: `;
  return applicationOf(answers)
    .problems.filter(({ message }) => message.startsWith(flag))
    .map((fault) => ({ ...fault, message: fault.message.slice(flag.length) }));
}

/** What the schema says of kind and runtime is told above in better words: without a kind, it speaks of all kinds at once. */
function isNotTold({ message }: Problem): boolean {
  return !/^(deployment\b|--kind\b|test\.runtimes\b|.* of test\.runtimes\.)/.test(message);
}

function kindProblems({ kind, capability = [] }: Answers): Problem[] {
  if (kind === undefined) return [problem("--kind is missing.", [`Allowed: ${kinds.join(", ")}.`])];
  const known = kinds.find((candidate) => candidate === kind);
  if (known === undefined)
    return [problem(`--kind: ${quote(kind)} is no kind of deployment.`, didYouMean(kind, kinds))];
  const allowed: readonly string[] = capabilitiesOf[known];
  return capability
    .filter((name) => !allowed.includes(name))
    .map((name) =>
      problem(
        `--capability: ${quote(name)} is no capability of kind ${known}.`,
        allowed.length === 0 ? ["Leave it out: this kind has none."] : didYouMean(name, allowed),
      ),
    );
}

function runtimeProblems({ runtime, test }: Answers): Problem[] {
  if (runtime === undefined) {
    if (test !== undefined) return [];
    const usual = alternatives(Object.keys(usualTests));
    return [
      problem("--runtime is missing, and without it --test.", [
        `Write --runtime LANGUAGE=VERSION with ${usual}, whose usual commands are then taken, or --test COMMAND.`,
      ]),
    ];
  }
  const [language = "", version] = runtime.split("=", 2);
  const versions = Object.entries(runtimeVersions).find(([name]) => name === language)?.[1];
  if (versions === undefined) {
    return [
      problem(
        `--runtime: ${quote(language)} is no language that CodeBuild installs.`,
        didYouMean(language, Object.keys(runtimeVersions)),
      ),
    ];
  }
  if (!versions.some((known) => known === version)) {
    const lead = version === undefined ? "has no version" : `has no version ${quote(version)}`;
    return [
      problem(`--runtime: ${language} ${lead}.`, [
        `Write one of: ${versions.map((known) => `${language}=${known}`).join(", ")}.`,
      ]),
    ];
  }
  if (test !== undefined || usualTests[language] !== undefined) return [];
  return [
    problem("--test is missing.", [
      `Write the command that tests the application: for ${language}, none is usual enough to be taken.`,
    ]),
  ];
}

function contentOf(answers: Answers): object {
  const { name, repository, environments, notify = [], capability = [], branch = "main" } = answers;
  const [language = "", version] = answers.runtime?.split("=", 2) ?? [];
  const usual = usualTests[language];
  const install = answers.install ?? (answers.test === undefined ? usual?.install : undefined) ?? [];
  return {
    ...(name !== undefined && { name }),
    ...(repository !== undefined && { repository }),
    ...(notify.length > 0 && { notifications: notify }),
    test: {
      ...(version !== undefined && { runtimes: { [language]: version } }),
      ...(install.length > 0 && { install }),
      commands: answers.test ?? usual?.commands ?? ["true"],
    },
    deployment: deploymentOf(answers),
    ...(capability.length > 0 && { capabilities: capability }),
    tracks: [
      { name: trackName(branch), branches: [branch], ...(environments !== undefined && { environments }) },
    ],
  };
}

/** A track is called like its branch, as far as its name may. */
function trackName(branch: string): string {
  const name = branch
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-$/g, "");
  return name === "" ? "main" : name.slice(0, 20).replace(/-$/, "");
}

function deploymentOf({
  kind,
  name,
  healthPath,
  containerName = name,
  taskDefinition,
  chart,
}: Answers): object {
  switch (kind) {
    case "serverless":
      return { kind, ...(healthPath !== undefined && { healthPath }) };
    case "ecs":
      return { kind, containerName, taskDefinition: taskDefinition ?? "ecs/task-definition.json" };
    default:
      return { kind, chart: chart ?? "chart" };
  }
}

/** By the path of a key, the flag that says it. */
const flags: readonly (readonly [path: RegExp, flag: string])[] = [
  [/^name\b/, "--name"],
  [/^repository\b/, "--repository"],
  [/^notifications(\[\d+\])?/, "--notify"],
  [/^test\.install(\[\d+\])?/, "--install"],
  [/^test\.commands(\[\d+\])?/, "--test"],
  [/^deployment\.kind\b/, "--kind"],
  [/^deployment\.healthPath\b/, "--health-path"],
  [/^deployment\.containerName\b/, "--container-name"],
  [/^deployment\.taskDefinition\b/, "--task-definition"],
  [/^deployment\.chart\b/, "--chart"],
  [/^capabilities(\[\d+\])?/, "--capability"],
  [/^tracks\[0\]\.environments(\[\d+\])?/, "--environments"],
  [/^tracks\[0\](\.\w+(\[\d+\])?)?/, "--branch"],
];

/** A problem of the file in the words of who gave flags: no file is there yet whose line could be told. */
export function inFlags({ message, remedy }: Problem): Problem {
  const flag = flags.find(([path]) => path.test(message));
  return {
    message: flag === undefined ? message : message.replace(flag[0], flag[1]),
    ...(remedy !== undefined && { remedy }),
  };
}
