/** A statement in its smallest parts: one action on one resource for one principal under one set of conditions. */
import { actionsMatching } from "../../../policy-pack/lib/aws/action-table";
import type { Condition, PrincipalEntry, Statement } from "../../../policy-pack/lib/document/statement";
import { includesPattern, overlaps } from "../../../policy-pack/lib/document/wildcard";
import { grantedActions } from "../../../policy-pack/lib/measure/granted-actions";
import { accountNamedIn, principalKind } from "../../../policy-pack/lib/measure/principal-kinds";
import { alternatives } from "./conditions";

/** A statement and where it stands. */
export interface PlacedStatement {
  readonly statement: Statement;
  readonly urn: string;
  readonly path: string;
}

/** Resources or principals: those that match, or all but some. */
export interface Term {
  readonly value: string;
  /** What `value` "everything but …" leaves out. */
  readonly except?: readonly string[];
}

export interface Part {
  readonly placed: PlacedStatement;
  readonly action: string;
  readonly resource: Term;
  readonly principal: Term;
  readonly conditions: readonly Condition[];
}

/** Stands for the resource that the policy is on, or for whom the policy is attached to, where nobody is named. */
export const ITSELF = "";
const NOT_KNOWN = "(known only after deployment)";

interface View {
  /** In lower case. */
  readonly actions: ReadonlySet<string>;
  readonly resources: readonly Term[];
  readonly principals: readonly Term[];
}

const views = new WeakMap<Statement, View>();

function viewOf(statement: Statement): View {
  const kept = views.get(statement);
  if (kept !== undefined) return kept;
  const view: View = {
    actions: new Set(actionNames(statement).map((name) => name.toLowerCase())),
    resources: resourcesOf(statement),
    principals: principalsOf(statement),
  };
  views.set(statement, view);
  return view;
}

/** The actions of AWS's table, each once, and what the table does not know as it is written. */
export function actionNames(statement: Statement): string[] {
  const strange = statement.actions
    .map(({ value }) => value)
    .filter((value) => actionsMatching(value).length === 0);
  return [...new Set([...grantedActions(statement).map(({ name }) => name), ...strange])];
}

function resourcesOf({ resources, notResources, hasResource }: Statement): Term[] {
  if (notResources !== undefined) return [allBut(notResources.map(({ value }) => value))];
  if (resources.length > 0) return resources.map(({ value }) => ({ value }));
  return [{ value: hasResource ? NOT_KNOWN : ITSELF }];
}

function principalsOf({ principals, notPrincipals, hasPrincipal }: Statement): Term[] {
  if (notPrincipals !== undefined) return [allBut(notPrincipals.map(principalName))];
  if (principals.length > 0) return principals.map((principal) => ({ value: principalName(principal) }));
  return [{ value: hasPrincipal ? NOT_KNOWN : ITSELF }];
}

function allBut(values: readonly string[]): Term {
  const except = values.toSorted();
  return { value: `everything but ${except.join(", ")}`, except };
}

/** An account has several spellings; `*` is everybody, whatever its kind. */
function principalName(principal: PrincipalEntry): string {
  const kind = principalKind(principal);
  if (kind === "everyone") return "*";
  const account = kind === "account" ? accountNamedIn(principal.value) : undefined;
  return account === undefined ? principal.value : `account ${account}`;
}

/** More alternatives than this are not told apart. */
const MOST_ALTERNATIVES = 256;

/** All parts of a statement. */
export function partsOf(placed: PlacedStatement): Part[] {
  const { statement } = placed;
  const { resources, principals } = viewOf(statement);
  const conditions = combinations(statement.conditions);
  return actionNames(statement).flatMap((action) =>
    resources.flatMap((resource) =>
      principals.flatMap((principal) =>
        conditions.map((combination) => ({ placed, action, resource, principal, conditions: combination })),
      ),
    ),
  );
}

function combinations(conditions: readonly Condition[]): readonly (readonly Condition[])[] {
  let all: readonly (readonly Condition[])[] = [[]];
  for (const condition of conditions) {
    const choices = alternatives(condition);
    const cut = all.length * choices.length > MOST_ALTERNATIVES ? [condition] : choices;
    all = all.flatMap((chosen) => cut.map((choice) => [...chosen, choice]));
  }
  return all;
}

export function coversAction(statement: Statement, action: string): boolean {
  const name = action.toLowerCase();
  if (viewOf(statement).actions.has(name)) return true;
  // Only an action that the table does not know can be covered by a pattern and not stand in the set.
  return (
    statement.notActions === undefined &&
    statement.actions.some(({ value }) => /[*?]/.test(value) && includesPattern(value.toLowerCase(), name))
  );
}

export function coversResource(statement: Statement, resource: Term): boolean {
  return viewOf(statement).resources.some((term) => includesTerm(term, resource, includesPattern));
}

export function coversPrincipal(statement: Statement, principal: Term): boolean {
  return viewOf(statement).principals.some((term) => includesTerm(term, principal, includesPrincipal));
}

/** The resources of a statement that lie within the term, or have a part in common with it. */
export function relatedResources(statement: Statement, resource: Term): readonly string[] {
  return viewOf(statement)
    .resources.filter((term) => {
      if (term.except !== undefined || resource.except !== undefined) return true;
      return overlaps(term.value, resource.value);
    })
    .map(({ value }) => value);
}

export function principalNames(statement: Statement): readonly string[] {
  return viewOf(statement).principals.map(({ value }) => value);
}

function includesTerm(whole: Term, part: Term, includes: (whole: string, part: string) => boolean): boolean {
  if (whole.except === undefined) {
    return part.except === undefined ? includes(whole.value, part.value) : whole.value === "*";
  }
  const { except } = whole;
  if (part.except === undefined) return !except.some((value) => meet(value, part.value, includes));
  // All but some are within all but others if the others are among the some.
  const left = part.except;
  return except.every((value) => left.some((other) => includes(other, value)));
}

function meet(one: string, other: string, includes: (whole: string, part: string) => boolean): boolean {
  return overlaps(one, other) || includes(one, other) || includes(other, one);
}

/** An account in a policy stands for everybody in it whom the account's own policies let. */
function includesPrincipal(whole: string, part: string): boolean {
  if (whole === part || whole === "*") return true;
  const account = /^account (\d{12})$/.exec(whole)?.[1];
  return account !== undefined && accountNamedIn(part) === account;
}
