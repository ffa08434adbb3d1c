/** Tells which account a key's policy was judged for, where nobody told it. */
import type { Statement } from "../document/statement";
import type { TakenAccount } from "../measure/own-account";
import { accountNamedIn } from "../measure/principal-kinds";
import { statementLabel, type Finding } from "./findings";

/** A note at the first principal that names the account. */
export function accountNotTold(
  statements: readonly Statement[],
  { account, named }: TakenAccount,
): Finding[] {
  const places = statements.flatMap((statement) =>
    statement.principals
      .filter(({ value }) => accountNamedIn(value) === account)
      .map((principal) => ({ statement, principal })),
  );
  const [first] = places;
  if (first === undefined) return [];
  const { statement, principal } = first;
  const others =
    named === 1 ? "" : ` Of the ${named} accounts that are named as a whole, at most one can be.`;
  return [
    {
      rule: "no-open-trust",
      severity: "note",
      path: principal.path,
      statement: statementLabel(statement),
      index: statement.index,
      value: principal.value,
      reason: `is taken for the key's own account, since none was told.${others}`,
      remedy: "Tell the account that the key is in.",
      actions: statement.actions.map(({ value }) => value),
    },
  ];
}
