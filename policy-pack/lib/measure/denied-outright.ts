/**
 * What the Deny statements of an identity document take away whatever the request is: such actions are not granted,
 * however an Allow words them. A Deny with a condition takes away nothing here.
 */
import type { ActionInfo } from "../aws/action-table";
import type { Statement } from "../document/statement";
import { overlaps, withoutVariables } from "../document/wildcard";
import { grantedActions } from "./granted-actions";

/** What is denied outright, for an action or an action's pattern, on all that a resource pattern can mean. */
export interface DeniedOutright {
  readonly action: (action: ActionInfo, resource: string) => boolean;
  readonly pattern: (actions: string, resource: string) => boolean;
}

/** Reads the Deny statements of one principal's documents. */
export function deniedOutright(statements: readonly Statement[]): DeniedOutright {
  const denials = statements.filter(isOutright);
  if (denials.length === 0) return { action: () => false, pattern: () => false };
  const actions = denials.map((denial) => [denial, new Set(grantedActions(denial))] as const);
  return {
    action: (action, resource) =>
      actions.some(([denial, denied]) => denied.has(action) && coversResource(denial, resource)),
    pattern: (pattern, resource) =>
      denials.some((denial) => coversActions(denial, pattern) && coversResource(denial, resource)),
  };
}

/** The resource patterns of an Allow, for which it must be denied; NotResource can mean anything. */
export function resourcesOf({ resources, notResources }: Statement): readonly string[] {
  return notResources !== undefined || resources.length === 0 ? ["*"] : resources.map(({ value }) => value);
}

function isOutright({ effect, conditions, conditionsUnknown, hasPrincipal }: Statement): boolean {
  return effect === "Deny" && conditions.length === 0 && !conditionsUnknown && !hasPrincipal;
}

function coversActions({ actions, notActions }: Statement, pattern: string): boolean {
  const text = pattern.toLowerCase();
  if (notActions !== undefined) return notActions.every(({ value }) => !overlaps(value, everyName(text)));
  return actions.some(({ value }) => covers(everyName(value.toLowerCase()), everyName(text)));
}

/** `*` and `*:*` are the same actions. */
function everyName(pattern: string): string {
  return /^\*+$/.test(pattern) ? "*:*" : pattern;
}

function coversResource({ resources, notResources }: Statement, pattern: string): boolean {
  if (notResources !== undefined) {
    return notResources.every(({ value }) => !overlaps(opened(value), opened(pattern)));
  }
  return resources.some(({ value }) => covers(value, pattern));
}

/** A policy variable can stand for anything. */
function opened(pattern: string): string {
  return pattern.includes("${") ? pattern.replaceAll(/\$\{[^{}]*\}/g, "*") : pattern;
}

/**
 * Whether all that the inner pattern can mean, the outer one means too. The inner one is read as a text: its own
 * wildcards can only be covered by a star. `?` covers nothing but itself, so that the answer is never too kind.
 */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner || /^\*+$/.test(outer)) return true;
  if (withoutVariables(outer).includes("?")) return false;
  const [first = "", ...rest] = outer.split("*");
  const last = rest.pop();
  if (last === undefined || !inner.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const next = inner.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return inner.length - last.length >= at && inner.endsWith(last);
}
