/** Accounts compared as people would: what is in them, not which ids AWS happened to pick. */
import assert from "node:assert/strict";
import type { Value } from "../aws-simulator/values";
import type { Accounts, Stored } from "../aws-simulator/world";

/** Every object of the accounts in a comparable form: picked ids read `<kind>`, logical times are left out. */
export function contents(accounts: Accounts, ids: readonly string[]): Record<string, Value> {
  const all = ids.flatMap((account) => accounts.all(account));
  const picked = all.filter(({ type }) => type.startsWith("aws-ids:"));
  const plain = (text: string): string =>
    picked.reduce(
      (shown, { id, type }) => shown.replaceAll(idPattern(id), `<${type.slice("aws-ids:".length)}>`),
      text,
    );
  const entries = all
    .filter(({ type }) => !type.startsWith("aws-ids:"))
    .map((stored): [string, Value] => [
      plain(`${stored.account} ${stored.type} ${label(stored)}`),
      JSON.parse(plain(comparable(stored))) as Value,
    ]);
  const result: Record<string, Value> = {};
  // Objects alike but for their id are told apart by what is in them; one too many must not vanish in the comparison.
  const sortable = entries.map(([key, value]) => ({ key, value, order: `${key} ${JSON.stringify(value)}` }));
  for (const { key, value } of sortable.sort((left, right) => (left.order < right.order ? -1 : 1))) {
    let free = key;
    while (result[free] !== undefined) free += " (one more)";
    result[free] = value;
  }
  return result;
}

/** The same objects in both, each the same; a difference names the object. */
export function assertSameContents(
  actual: Record<string, Value>,
  expected: Record<string, Value>,
  what: string,
): void {
  assert.deepEqual(Object.keys(actual), Object.keys(expected), `${what}: other objects exist`);
  for (const [key, value] of Object.entries(actual))
    assert.deepEqual(value, expected[key], `${what}: ${key} differs`);
}

/** Ids appear as picked, in capitals (IAM), or with dashes (KMS). */
function idPattern(id: string): RegExp {
  const dashed = id.length === 32 ? id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") : id;
  return new RegExp(`${dashed}|${id}`, "gi");
}

function label({ id, props }: Stored): string {
  return typeof props["description"] === "string" ? `${id} ${props["description"]}` : id;
}

function comparable({ type, region, props, principals }: Stored): string {
  // Counted by AWS when it was last read, not kept by the provider.
  const rest = Object.fromEntries(Object.entries(props).filter(([name]) => name !== "attachmentCount"));
  return JSON.stringify({ type, region, props: rest, principals });
}
