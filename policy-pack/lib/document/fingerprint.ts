/**
 * What an exception is bound to: a hash of the statement as it means, not as it is written. The order of lists,
 * upper and lower case of actions, text or list, and the Sid make no difference; one more action does.
 */
import { createHash } from "node:crypto";
import type { Statement } from "./statement";

/** Sixteen hexadecimal digits that stand for a statement. */
export function statementHash(statement: Statement): string {
  return hash(normalized(statement));
}

/** The same for something that is not a statement, such as the ARN of an attached policy. */
export function textHash(text: string): string {
  return hash(text);
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}

function normalized(statement: Statement): unknown {
  const lower = (entries: readonly { readonly value: string }[] | undefined): string[] | null =>
    entries === undefined ? null : unique(entries.map(({ value }) => value.toLowerCase()));
  const exact = (
    entries: readonly { readonly value: string; readonly kind?: string }[] | undefined,
  ): string[] | null =>
    entries === undefined
      ? null
      : unique(entries.map(({ kind, value }) => (kind === undefined ? value : `${kind} ${value}`)));
  const conditions = statement.conditions.map(({ operator, key, values }) => [
    operator.toLowerCase(),
    key.toLowerCase(),
    unique(values),
  ]);
  return [
    statement.effect,
    lower(statement.actions),
    lower(statement.notActions),
    exact(statement.resources),
    exact(statement.notResources),
    exact(statement.principals),
    exact(statement.notPrincipals),
    conditions.map((condition) => JSON.stringify(condition)).sort(),
  ];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
