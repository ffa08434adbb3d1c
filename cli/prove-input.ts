import { type Checked, problem, type Problem } from "../input/problem";
import { didYouMean, quote } from "../input/wording";
import type { ContextValues } from "../evaluator/context";
import { rolesNamed, type Graph, type Role } from "../reports/proof/graph";
import { resourceNamed, resourceNames } from "../reports/proof/names";
import type { Estate } from "../reports/proof/estate";

/** What stands behind `slipway prove`, read as far as that needs no platform. */
export type AskedQuestion =
  | {
      readonly kind: "can";
      readonly role: string;
      readonly action: string;
      readonly resource: string;
      readonly context: ContextValues;
    }
  | {
      readonly kind: "who";
      readonly action: string;
      readonly resource: string;
      readonly context: ContextValues;
    };

const forms =
  "Write: slipway prove can ROLE ACTION RESOURCE [with KEY=VALUE …], or: slipway prove who ACTION RESOURCE [with KEY=VALUE …]";

/** @param words what stands behind `slipway prove`, at least one */
export function readQuestion(words: readonly string[]): Checked<AskedQuestion> {
  const cut = words.indexOf("with");
  const [kind = "", ...names] = cut < 0 ? words : words.slice(0, cut);
  const keys = readKeys(cut < 0 ? [] : words.slice(cut + 1));
  const wanted = kind === "can" ? 3 : 2;
  if (kind !== "can" && kind !== "who") {
    return {
      problems: [problem(`${quote(kind)} is no question.`, [...didYouMean(kind, ["can", "who"]), forms])],
    };
  }
  if (names.length !== wanted) {
    const message = `slipway prove ${kind} takes ${String(wanted)} words and got ${String(names.length)}.`;
    return { problems: [problem(message, [forms])] };
  }
  const [action = "", resource = ""] = names.slice(-2);
  const problems = [...actionFaults(action), ...("problems" in keys ? keys.problems : [])];
  if (problems.length > 0 || "problems" in keys) return { problems };
  const request = { action, resource, context: keys.value };
  return { value: kind === "can" ? { kind, role: names[0] ?? "", ...request } : { kind, ...request } };
}

function actionFaults(action: string): Problem[] {
  if (/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)) return [];
  const wildcard = /[*?]/.test(action) ? ["A wildcard asks for several actions: ask for each."] : [];
  return [
    problem(`${quote(action)} is no action.`, [
      ...wildcard,
      "Write a service and an action, such as s3:GetObject.",
    ]),
  ];
}

function readKeys(words: readonly string[]): Checked<ContextValues> {
  const problems: Problem[] = [];
  const values: Record<string, string | string[]> = {};
  for (const word of words) {
    const [, key, value = ""] = /^([^=:]+:[^=]+)=(.*)$/.exec(word) ?? [];
    if (key === undefined) {
      const remedy =
        "Write KEY=VALUE with a condition key, such as aws:PrincipalTag/Application=hello-world.";
      problems.push(problem(`${quote(word)} is no condition key with a value.`, [remedy]));
    } else {
      const before = values[key];
      // A key that is given more than once has several values.
      values[key] = before === undefined ? value : [before, value].flat();
    }
  }
  return problems.length > 0 ? { problems } : { value: values };
}

/** The one role that is meant. */
export function findRole(graph: Graph, text: string): Checked<Role> {
  const [role, ...others] = rolesNamed(graph, text);
  if (role !== undefined && others.length === 0) return { value: role };
  if (role === undefined) {
    const names = [...new Set(graph.roles.map(({ name }) => name))].toSorted();
    return { problems: [problem(`There is no role ${quote(text)}.`, didYouMean(text, names, "Roles:"))] };
  }
  const choices = [role, ...others].map(({ stack, name }) => `${stack}/${name}`).join(", ");
  return {
    problems: [problem(`Several accounts have a role ${quote(text)}.`, [`Write which: ${choices}.`])],
  };
}

/** An ARN as it is, or the name of something that the platform makes, by the service of the action. */
export function findResource(estate: Estate, action: string, text: string): Checked<string> {
  if (text === "*" || /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(text)) return { value: text };
  const [resource, ...others] = resourceNamed(estate, action, text);
  if (resource !== undefined && others.length === 0) return { value: resource };
  if (resource !== undefined) {
    return {
      problems: [
        problem(`${quote(text)} is the name of several resources.`, [
          `Write the ARN: ${[resource, ...others].join(", ")}.`,
        ]),
      ],
    };
  }
  const names = resourceNames(estate, action);
  const details = [
    ...didYouMean(text, names, "Names for this service:"),
    "Or write an ARN, or * for an action without resources.",
  ];
  return {
    problems: [
      problem(`${quote(text)} is neither an ARN nor the name of something that ${action} is about.`, details),
    ],
  };
}
