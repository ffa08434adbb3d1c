import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { makeUrn, type ResourceState } from "./graph";

/** A resource as its URN is made of. */
export interface Identity {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
  readonly parent: ResourceState | undefined;
}

/**
 * The former URNs of a resource: what its own aliases say, under its parent and under every former URN of the parent
 * (`resolveAlias` and `GenerateAliases` in pkg/resource/deploy of pulumi/pulumi).
 */
export function formerUrns(aliases: readonly Alias[], identity: Identity, root: string): string[] {
  const { stack, project, type, name, parent } = identity;
  const own = aliases.map((alias) => aliasUrn(alias, identity, root));
  const inherited = (parent?.options.aliases ?? []).map((parentUrn) =>
    makeUrn(stack, project, parentUrn, type, inheritedName(name, parent?.name ?? "", nameOf(parentUrn))),
  );
  const urn = makeUrn(stack, project, parent?.urn ?? "", type, name);
  return [...new Set([...own, ...inherited])].filter((former) => former !== urn);
}

function aliasUrn(alias: Alias, identity: Identity, root: string): string {
  const spec = alias.getSpec();
  if (spec === undefined) return alias.getUrn();
  const parent = spec.hasParenturn()
    ? spec.getParenturn()
    : spec.hasNoparent() && spec.getNoparent()
      ? root
      : (identity.parent?.urn ?? "");
  return makeUrn(
    spec.getStack() || identity.stack,
    spec.getProject() || identity.project,
    parent,
    spec.getType() || identity.type,
    spec.getName() || identity.name,
  );
}

/** Children are mostly named after their parent, so the part of a child's name that is the parent's is renamed with it. */
function inheritedName(name: string, parent: string, formerParent: string): string {
  return parent !== "" && name.startsWith(parent) ? `${formerParent}${name.slice(parent.length)}` : name;
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
