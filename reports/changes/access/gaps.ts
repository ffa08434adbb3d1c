/** What one list of statements grants and another does not. */
import { statementHash } from "../../../policy-pack/lib/document/fingerprint";
import type { Condition } from "../../../policy-pack/lib/document/statement";
import { impliedBy, impliesAll } from "./conditions";
import {
  actionNames,
  coversAction,
  coversPrincipal,
  coversResource,
  ITSELF,
  partsOf,
  principalNames,
  relatedResources,
  type Part,
  type PlacedStatement,
} from "./parts";

/** Equal parts of one statement that are on one side alone. */
export interface Gap {
  readonly placed: PlacedStatement;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
  /** What the other side has instead. */
  readonly instead: Instead;
  /** False where the conditions of both sides cannot be compared. */
  readonly certain: boolean;
}

export type Instead =
  | { readonly kind: "nothing" | "a part" }
  | { readonly kind: "resources" | "principals"; readonly values: readonly string[] }
  | { readonly kind: "conditions"; readonly conditions: readonly Condition[] };

/** Statements of the same effect in `from` without what those of `other` grant as well. */
export function gapsBetween(from: readonly PlacedStatement[], other: readonly PlacedStatement[]): Gap[] {
  const hashes = new Set(other.map(({ statement }) => statementHash(statement)));
  return from
    .filter(({ statement }) => !hashes.has(statementHash(statement)))
    .flatMap((placed) => {
      const rivals = other.filter(({ statement }) => statement.effect === placed.statement.effect);
      return gapsOf(placed, rivals);
    });
}

interface Group {
  readonly parts: Part[];
  readonly instead: Instead;
  readonly certain: boolean;
}

function gapsOf(placed: PlacedStatement, rivals: readonly PlacedStatement[]): Gap[] {
  const groups = new Map<string, Group>();
  for (const part of partsOf(placed)) {
    const answer = coverage(part, rivals);
    if (answer === "yes") continue;
    const instead = insteadOf(part, rivals);
    const key = JSON.stringify([answer, instead]);
    const group = groups.get(key) ?? { parts: [], instead, certain: answer === "no" };
    group.parts.push(part);
    groups.set(key, group);
  }
  return [true, false].flatMap((certain) => {
    const equal = [...groups.values()].filter((group) => group.certain === certain);
    // A list of who had which part of it before is longer than what it tells.
    if (equal.length <= MOST_GROUPS) return equal.map((group) => gapOf(placed, group));
    return [
      gapOf(placed, { certain, parts: equal.flatMap(({ parts }) => parts), instead: { kind: "a part" } }),
    ];
  });
}

const MOST_GROUPS = 2;

function gapOf(placed: PlacedStatement, { parts, instead, certain }: Group): Gap {
  return {
    placed,
    actions: asWritten(placed, distinct(parts.map(({ action }) => action))),
    resources: distinct(parts.map(({ resource }) => resource.value)).filter((value) => value !== ITSELF),
    principals: distinct(parts.map(({ principal }) => principal.value)).filter((value) => value !== ITSELF),
    conditions: merged(parts.flatMap(({ conditions }) => conditions)),
    instead,
    certain,
  };
}

const MOST_NAMES = 200;

/** The patterns of the statement, where all that they stand for is meant, or nearly all; else the names. */
function asWritten({ statement }: PlacedStatement, names: readonly string[]): readonly string[] {
  if (names.length < actionNames(statement).length && names.length < MOST_NAMES) return names;
  const { actions, notActions } = statement;
  if (notActions === undefined) return distinct(actions.map(({ value }) => value));
  return [`everything but ${distinct(notActions.map(({ value }) => value)).join(", ")}`];
}

function coverage(part: Part, rivals: readonly PlacedStatement[]): "yes" | "no" | "maybe" {
  let answer: "no" | "maybe" = "no";
  for (const { statement } of rivals) {
    if (!coversAction(statement, part.action) || !coversResource(statement, part.resource)) continue;
    if (!coversPrincipal(statement, part.principal)) continue;
    const implied = statement.conditionsUnknown ? "maybe" : impliesAll(part.conditions, statement.conditions);
    if (implied === "yes") return "yes";
    if (implied === "maybe") answer = "maybe";
  }
  return answer;
}

/** What the other side has of the same action: the nearest thing to the part, for the sentence about it. */
function insteadOf(part: Part, rivals: readonly PlacedStatement[]): Instead {
  const same = rivals.map(({ statement }) => statement).filter((each) => coversAction(each, part.action));
  const ofResource = same.filter((each) => coversResource(each, part.resource));
  const stricter = ofResource.filter((each) => coversPrincipal(each, part.principal));
  if (stricter.length > 0) {
    const missing = stricter.map(({ conditions }) =>
      conditions.filter((condition) => impliedBy(part.conditions, condition) !== "yes"),
    );
    const [fewest = []] = missing.toSorted((a, b) => a.length - b.length);
    return { kind: "conditions", conditions: fewest };
  }
  const related = same
    .filter((each) => coversPrincipal(each, part.principal))
    .flatMap((each) => relatedResources(each, part.resource));
  if (related.length > 0) return { kind: "resources", values: distinct(related) };
  const principals = ofResource.flatMap(principalNames);
  if (principals.length > 0) return { kind: "principals", values: distinct(principals) };
  return { kind: "nothing" };
}

/** Conditions with the same operator and key as one, with the values of all. */
function merged(conditions: readonly Condition[]): Condition[] {
  const byKey = new Map<string, Condition>();
  for (const condition of conditions) {
    const key = `${condition.operator} ${condition.key}`;
    const values = distinct([...(byKey.get(key)?.values ?? []), ...condition.values]);
    byKey.set(key, { ...condition, values });
  }
  return [...byKey.values()];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
