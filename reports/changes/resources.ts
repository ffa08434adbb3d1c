import { kindName } from "../summary";
import type { ResourcePair } from "./matching";
import { differences, shownValue } from "./properties";
import { forcesReplacement } from "./replacements";
import type { PropertyChange, ResourceChange } from "./report";
import { isStateful, lossOf } from "./stateful";

/** What happens to each resource, what is lost first. */
export function resourceChanges(pairs: readonly ResourcePair[]): ResourceChange[] {
  return pairs
    .flatMap((pair) => changeOf(pair) ?? [])
    .toSorted((a, b) => rank(a) - rank(b) || (a.urn < b.urn ? -1 : Number(a.urn > b.urn)));
}

const order: readonly ResourceChange["kind"][] = ["removed", "replaced", "changed", "renamed", "added"];

function rank({ kind, stateful }: ResourceChange): number {
  const isLost = stateful && (kind === "removed" || kind === "replaced");
  return (isLost ? 0 : order.length) + order.indexOf(kind);
}

function changeOf({ stack, before, after }: ResourcePair): ResourceChange | undefined {
  const resource = after ?? before;
  const { urn, type, name } = resource;
  const whole = { stack, urn, type, name, stateful: isStateful(type) };
  if (before === undefined) return { ...whole, kind: "added", loss: "", properties: [] };
  if (after === undefined) return { ...whole, kind: "removed", loss: lossWith(before), properties: [] };
  const properties = differences(before.inputs, after.inputs).map((difference): PropertyChange => {
    const { path } = difference;
    return {
      path,
      before: shownValue(difference.before),
      after: shownValue(difference.after),
      replaces: forcesReplacement(type, path),
    };
  });
  const former = before.urn === urn ? {} : { formerUrn: before.urn };
  if (properties.some(({ replaces }) => replaces))
    return { ...whole, ...former, kind: "replaced", loss: lossWith(before), properties };
  if (properties.length > 0) return { ...whole, ...former, kind: "changed", loss: "", properties };
  return before.urn === urn ? undefined : { ...whole, ...former, kind: "renamed", loss: "", properties };
}

function lossWith({ type, protect, retainOnDelete }: NonNullable<ResourcePair["before"]>): string {
  if (protect) return `Pulumi refuses: the ${kindName(type)} is protected. Take the protection off first.`;
  if (retainOnDelete === true) {
    return `The ${kindName(type)} stays in the account, and Pulumi forgets it: whoever wants it gone deletes it by hand.`;
  }
  return lossOf(type);
}
