import type { Json, PreviewedResource, StackPreview } from "../../preview/preview-document";
import { field, items } from "../pipelines";

/** Where a statement stands: the page shows its text from there. */
export interface StatementPlace {
  readonly stack: string;
  readonly urn: string;
  /** Property of the resource that holds the document. */
  readonly path: string;
  /** Its number in the document, from 0. */
  readonly index: number;
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of a policy document as the map reads it. */
export interface Statement {
  readonly place: StatementPlace;
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly { readonly kind: string; readonly value: string }[];
  readonly conditions: readonly Condition[];
}

/** The statements of a document that stands in a property, none where it cannot be read. */
export function statementsOf(stack: StackPreview, resource: PreviewedResource, path: string): Statement[] {
  const document = parsed(resource.inputs[path]);
  return listed(field(document, "Statement")).map((statement, index) => ({
    place: { stack: stack.name, urn: resource.urn, path, index },
    allows: field(statement, "Effect") === "Allow",
    actions: texts(field(statement, "Action")),
    resources: texts(field(statement, "Resource")),
    principals: principalsOf(field(statement, "Principal")),
    conditions: conditionsOf(field(statement, "Condition")),
  }));
}

/** A policy document is text in most properties, and an object in some. */
function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

function principalsOf(principal: Json | undefined): Statement["principals"] {
  if (principal === "*") return [{ kind: "AWS", value: "*" }];
  return entries(principal).flatMap(([kind, value]) => texts(value).map((text) => ({ kind, value: text })));
}

function conditionsOf(condition: Json | undefined): Condition[] {
  return entries(condition).flatMap(([operator, keys]) =>
    entries(keys).map(([key, values]) => ({ operator, key, values: texts(values) })),
  );
}

function entries(value: Json | undefined): [string, Json][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? items(value) : value === undefined ? [] : [value];
}

function texts(value: Json | undefined): string[] {
  return listed(value).filter((text) => typeof text === "string");
}

const compiled = new Map<string, RegExp>();

/** Whether a pattern of IAM (`*`, `?`) can match a text; a policy variable stands for whatever it may turn into. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === "*") return true;
  if (!/[*?$]/.test(pattern)) return false;
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const source = pattern
      .replace(/\$\{[^}]*\}/g, "*")
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    expression = new RegExp(`^${source}$`, "is");
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

/** Whether a statement has the action; names of actions have no case. */
export function hasAction({ actions }: Statement, action: string): boolean {
  return actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
}
