import type { Json, PreviewedResource } from "../../preview/preview-document";
import { field, items } from "../pipelines";

/** A policy document as it stands in a resource. */
export interface PolicyDocument {
  /** Property path in the resource's inputs. */
  readonly path: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** The `Sid`, or the statement's number in the document, from 1. */
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** Empty in a policy of a role. */
  readonly principals: readonly Principal[];
  /** True where the lists name what is left out, by `NotAction`. */
  readonly allActionsBut: boolean;
  readonly actions: readonly string[];
  readonly allResourcesBut: boolean;
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
  readonly exact: Json;
}

export interface Principal {
  /** `AWS`, `Service`, `Federated`; "*" for everybody. With `Not` before it where all others are meant. */
  readonly kind: string;
  readonly value: string;
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The policy documents of a resource that are known before deployment. */
export function documentsOf({ inputs }: PreviewedResource): PolicyDocument[] {
  return Object.entries(inputs).flatMap(([path, value]) => {
    const statements = statementsOf(value);
    return statements.length === 0 ? [] : [{ path, statements }];
  });
}

function statementsOf(value: Json): Statement[] {
  const written = field(typeof value === "string" ? parsed(value) : value, "Statement");
  const list = Array.isArray(written) || written === undefined ? items(written) : [written];
  return list.map((statement, index) => readStatement(statement, String(index + 1)));
}

function parsed(text: string): Json | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function readStatement(exact: Json, number: string): Statement {
  const notAction = field(exact, "NotAction");
  const notResource = field(exact, "NotResource");
  return {
    sid: texts(field(exact, "Sid"))[0] ?? number,
    effect: field(exact, "Effect") === "Deny" ? "Deny" : "Allow",
    principals: [
      ...principalsOf(field(exact, "Principal"), ""),
      ...principalsOf(field(exact, "NotPrincipal"), "Not"),
    ],
    allActionsBut: notAction !== undefined,
    actions: texts(notAction ?? field(exact, "Action")),
    allResourcesBut: notResource !== undefined,
    resources: texts(notResource ?? field(exact, "Resource")),
    conditions: entries(field(exact, "Condition")).flatMap(([operator, keys]) =>
      entries(keys).map(([key, values]) => ({ operator, key, values: texts(values) })),
    ),
    exact,
  };
}

function principalsOf(value: Json | undefined, prefix: string): Principal[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [{ kind: `${prefix}*`, value }];
  return entries(value).flatMap(([kind, values]) =>
    texts(values).map((text) => ({ kind: prefix + kind, value: text })),
  );
}

function entries(value: Json | undefined): [string, Json][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value as Readonly<Record<string, Json>>);
}

/** One value or a list of them; AWS takes numbers and truth values as well as text. */
function texts(value: Json | undefined): string[] {
  if (value === undefined) return [];
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return list.map((entry) => (typeof entry === "string" ? entry : JSON.stringify(entry)));
}

/** Whether a pattern with `*` and `?` matches; a pattern that is compared with a pattern matches what is the same or narrower. */
export function matches(pattern: string, text: string): boolean {
  const source = pattern
    .split(/([*?])/)
    .map((part) => (part === "*" ? ".*" : part === "?" ? "." : part.replace(/[\\^$.|+()[\]{}]/g, "\\$&")));
  return new RegExp(`^${source.join("")}$`, "s").test(text);
}
