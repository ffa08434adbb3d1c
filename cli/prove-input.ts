import { type Checked, problem, type Problem } from "../input/problem";
import { didYouMean, nearest, quote } from "../input/wording";
import {
  actionsMatching,
  serviceByPrefix,
  servicePrefixes,
  tableDate,
} from "../policy-pack/lib/aws/action-table";
import type { ContextValues } from "../evaluator/context";
import { rolesNamed, type Graph, type Role } from "../reports/proof/graph";
import { resourceNamed, resourceNames } from "../reports/proof/names";
import type { Estate } from "../reports/proof/estate";
import { problemsOf } from "./wrong-input";

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

/** How a question is written. */
export const forms =
  "Write: slipway prove can ROLE ACTION RESOURCE [with KEY=VALUE …], or: slipway prove who ACTION RESOURCE [with KEY=VALUE …]";

/** @param words what stands behind `slipway prove`, at least one */
export function readQuestion(words: readonly string[]): Checked<AskedQuestion> {
  const cut = words.indexOf("with");
  const [kind = "", ...names] = cut < 0 ? words : words.slice(0, cut);
  if (kind !== "can" && kind !== "who") {
    return {
      problems: [problem(`${quote(kind)} is no question.`, [...didYouMean(kind, ["can", "who"]), forms])],
    };
  }
  const wanted = kind === "can" ? "ROLE, ACTION and RESOURCE" : "ACTION and RESOURCE";
  if (names.length !== (kind === "can" ? 3 : 2)) {
    const got = names.length === 0 ? "nothing" : names.map((name) => quote(name)).join(" ");
    return { problems: [problem(`slipway prove ${kind} takes ${wanted} and got ${got}.`, [forms])] };
  }
  const [text = "", resource = ""] = names.slice(-2);
  const action = readAction(text);
  const keys = cut < 0 ? { value: {} } : readKeys(words.slice(cut + 1));
  if ("problems" in action || "problems" in keys) return { problems: [action, keys].flatMap(problemsOf) };
  const request = { action: action.value, resource, context: keys.value };
  return { value: kind === "can" ? { kind, role: names[0] ?? "", ...request } : { kind, ...request } };
}

/** As AWS writes it: a policy that spells it differently means the same. */
function readAction(text: string): Checked<string> {
  const refuse = (...remedies: string[]): Checked<string> => ({
    problems: [problem(`${quote(text)} is no action.`, remedies)],
  });
  const [, service, name] = /^([a-z0-9-]+):([A-Za-z0-9]+)$/i.exec(text) ?? [];
  if (service === undefined || name === undefined) {
    const wildcard = /[*?]/.test(text) ? ["A wildcard asks for several actions: ask for each."] : [];
    return refuse(...wildcard, "Write a service and an action, such as s3:GetObject.");
  }
  const known = serviceByPrefix(service);
  // With a word that is no action every answer would be a "no" that proves nothing.
  const asOf = `Known are those of ${tableDate()}.`;
  if (known === undefined) {
    const near = nearest(service, servicePrefixes());
    return refuse(
      `AWS has no service ${quote(service)}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
      asOf,
    );
  }
  const action = known.actions.get(name.toLowerCase());
  if (action !== undefined) return { value: action.name };
  const names = [...known.actions.values()].map((one) => one.name);
  const near = nearest(text, names);
  return refuse(...(near === undefined ? [] : [`Did you mean ${near}?`]), asOf);
}

function readKeys(words: readonly string[]): Checked<ContextValues> {
  const remedy = "Write KEY=VALUE with a condition key, such as aws:PrincipalTag/Application=hello-world.";
  if (words.length === 0)
    return { problems: [problem('There is no condition key behind "with".', [remedy])] };
  const problems: Problem[] = [];
  const values = new Map<string, { key: string; value: string | string[] }>();
  for (const word of words) {
    const [, key, value = ""] = /^([^=:]+:[^=]+)=(.*)$/s.exec(word) ?? [];
    if (key === undefined)
      problems.push(problem(`${quote(word)} is no condition key with a value.`, [remedy]));
    else {
      // A key that is given more than once has several values; AWS does not tell its spellings apart.
      const before = values.get(key.toLowerCase());
      const all = before === undefined ? value : [before.value, value].flat();
      values.set(key.toLowerCase(), { key: before?.key ?? key, value: all });
    }
  }
  if (problems.length > 0) return { problems };
  return { value: Object.fromEntries([...values.values()].map(({ key, value }) => [key, value])) };
}

/** The one role that is meant. */
export function findRole(graph: Graph, text: string): Checked<Role> {
  const [role, ...others] = rolesNamed(graph, text);
  if (role !== undefined && others.length === 0) return { value: role };
  if (role === undefined) {
    const names = [...new Set(graph.roles.map(({ name }) => name))].toSorted();
    return { problems: [problem(`There is no role ${quote(text)}.`, likely(text, names, "Roles:"))] };
  }
  return { problems: [severalRoles(text, [role, ...others])] };
}

function severalRoles(text: string, roles: readonly Role[]): Problem {
  const choices = few(roles.map(({ stack, name }) => `${stack}/${name}`));
  return problem(`Several accounts have a role ${quote(text)}.`, [`Write which: ${choices}.`]);
}

/** An ARN as it is, or the name of something that the platform makes, by the service of the action. */
export function findResource(estate: Estate, action: string, text: string): Checked<string> {
  const refuse = (message: string, ...remedies: string[]): Checked<string> => ({
    problems: [problem(message, remedies)],
  });
  const types = actionsMatching(action)[0]?.types ?? [];
  if (text === "*" && types.length > 0) {
    return refuse(`${action} is about a resource, and "*" is none.`, "Write its name or its ARN.");
  }
  if (types.length === 0) {
    if (text === "*") return { value: text };
    return refuse(`${action} is about no resource, and got ${quote(text)}.`, 'Write "*", in quotes.');
  }
  if (/[*?]/.test(text)) {
    return refuse(`${quote(text)} is no single resource.`, "A wildcard asks for several: ask for each.");
  }
  if (text.startsWith("arn:")) return checkedArn(action, text);
  const [resource, ...others] = resourceNamed(estate, action, text);
  if (resource !== undefined && others.length === 0) return { value: resource };
  if (resource !== undefined) {
    const roles = rolesNamed(estate.graph, text);
    if (roles.length > 1) return { problems: [severalRoles(text, roles)] };
    return refuse(
      `${quote(text)} is the name of several resources.`,
      `Write the ARN: ${few([resource, ...others])}.`,
    );
  }
  return refuse(
    `${quote(text)} is neither an ARN nor the name of something that ${action} is about.`,
    ...likely(text, resourceNames(estate, action), "Names for this service:"),
    "Or write an ARN.",
  );
}

/** An ARN of another kind would be answered with a "no" that proves nothing. */
function checkedArn(action: string, arn: string): Checked<string> {
  const documented = (actionsMatching(action)[0]?.types ?? []).map((type) => type.arn);
  if (documented.some((form) => fits(form, arn))) return { value: arn };
  const readable = documented.map((form) =>
    form.replaceAll("${Partition}", "aws").replaceAll(/\$\{(\w+)\}/g, "‹$1›"),
  );
  return {
    problems: [
      problem(`${quote(arn)} is no ARN of what ${action} is about.`, [
        `One looks like this: ${few(readable)}.`,
      ]),
    ],
  };
}

/** @param form as AWS documents it, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}` */
function fits(form: string, arn: string): boolean {
  const parts = form.split(/\$\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`, "s").test(arn);
}

/** The nearest name, or else what names there are. */
function likely(text: string, names: readonly string[], lead: string): string[] {
  const near = nearest(text, names);
  if (near !== undefined) return [`Did you mean ${near}?`];
  return names.length === 0 ? [] : [`${lead} ${few(names)}.`];
}

/** A platform of hundreds of applications has thousands of names. */
function few(names: readonly string[]): string {
  const most = 12;
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? `, and ${String(more)} more` : "");
}
