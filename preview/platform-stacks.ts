import path from "node:path";
import { problem, type Problem } from "../input/problem";
import type { StackProblem } from "./preview-document";
import type { ConfigDeclaration } from "./config-declarations";
import type { Project } from "./project";
import type { Stack } from "./stack";

/**
 * A platform has one stack for the pipelines and one for each environment. No stack sees the files of the others, so only
 * the preview can tell that one is missing or there twice. Projects that declare no environments are none of these.
 */

/** Two stack files for one account, each pair once, with the names of both stacks. */
export function doubledStacks(
  project: Project,
  stacks: readonly Stack[],
): (StackProblem & { readonly stacks: readonly string[] })[] {
  if (environmentsIn(project) === undefined) return [];
  const firsts = new Map<string, Stack>();
  return stacks.flatMap((stack) => {
    const { subject, key } = subjectOf(project, stack);
    if (subject === undefined) return [];
    const first = firsts.get(subject);
    if (first === undefined) {
      firsts.set(subject, stack);
      return [];
    }
    const message = `${first.file} and ${stack.file} are both ${subject}.`;
    const remedy = "Keep one of the two: each would make what the other one has made.";
    const place = stack.source?.locate(["config"], `${project.name}:${key}`);
    return [{ ...problem(message, [remedy], place), stacks: [first.name, stack.name] }];
  });
}

/** Environments without a stack file, and pipelines without one. */
export function missingStacks(project: Project, stacks: readonly Stack[]): Problem[] {
  const environments = environmentsIn(project);
  if (environments === undefined) return [];
  const { source } = project;
  const subjects = new Set(stacks.map((stack) => subjectOf(project, stack).subject));
  const remedy = (stack: string, ...settings: readonly string[]): string => {
    const file = `Pulumi.${stack}${path.extname(source.file)}`;
    const full = path.relative(project.directory, path.join(project.stackDirectory, file));
    return `Add ${full} with ${settings.map((setting) => `${project.name}:${setting}`).join(" and ")}.`;
  };
  const cicd = subjects.has(OF_KIND_CICD)
    ? []
    : [
        problem("No stack is of kind cicd, so there are no pipelines.", [remedy("cicd", "stack: cicd")], {
          file: source.file,
        }),
      ];
  const missing = environments.names.flatMap((name, index) => {
    if (name === undefined || subjects.has(forEnvironment(name))) return [];
    const message = `The environment ${name} has no stack file, so nothing is made in its account.`;
    const place = source.locate([...environments.path, index, "name"]);
    return [problem(message, [remedy(name, "stack: environment", `environment: ${name}`)], place)];
  });
  return [...cicd, ...missing];
}

const OF_KIND_CICD = "of kind cicd";

function forEnvironment(name: string): string {
  return `for the environment ${name}`;
}

/** What a stack is there for, in words, and the name of the setting that says so. */
function subjectOf(project: Project, { config }: Stack): { subject?: string; key: string } {
  const kind = config.get(`${project.name}:stack`)?.text;
  if (kind !== "environment")
    return { ...(kind === undefined ? {} : { subject: `of kind ${kind}` }), key: "stack" };
  const environment = config.get(`${project.name}:environment`)?.text;
  return {
    ...(environment === undefined ? {} : { subject: forEnvironment(environment) }),
    key: "environment",
  };
}

interface Environments {
  /** Undefined for one that has no name. */
  readonly names: readonly (string | undefined)[];
  /** Where the list is written in Pulumi.yaml. */
  readonly path: readonly string[];
}

function environmentsIn(project: Project): Environments | undefined {
  const declaration = project.declarations.find(({ key }) => key === `${project.name}:environments`);
  const list = listIn(declaration);
  if (declaration === undefined || list === undefined) return undefined;
  const names = list.map((item) =>
    typeof item === "object" && item !== null && "name" in item && typeof item.name === "string"
      ? item.name
      : undefined,
  );
  const attribute = ["default", "value"].filter((name) =>
    project.source.keys(["config", declaration.written]).includes(name),
  );
  return { names, path: ["config", declaration.written, ...attribute.slice(0, 1)] };
}

function listIn(declaration: ConfigDeclaration | undefined): readonly unknown[] | undefined {
  const value = declaration?.value;
  if (value?.isObject !== true) return undefined;
  const list: unknown = JSON.parse(value.text);
  return Array.isArray(list) ? (list as readonly unknown[]) : undefined;
}
