/**
 * AWS makes an object only when others are there already. The simulator records each such need; here they are held
 * against the program's own dependencies. What only worked because it happened to be made first is found.
 */
import type { ResourceState, Workspace } from "./workspace";

/** Needs of a deployed stack that no dependency stands behind, in words. */
export async function accidentalOrder(workspace: Workspace, stack: string): Promise<string[]> {
  const { resources } = await workspace.export(stack);
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const account = workspace.accountOf(stack);
  const found = new Set<string>();
  for (const need of workspace.needs()) {
    const owner = byUrn.get(need.urn);
    // Needs of other stacks, and objects that were there before: no program of ours makes them.
    const wanted =
      need.account === account
        ? resources.find(({ type, id }) => type === need.type && id === need.id)
        : undefined;
    if (owner === undefined || wanted === undefined) continue;
    if (!reaches(owner, wanted.urn, byUrn))
      found.add(`${owner.urn} needs ${wanted.urn} and does not depend on it`);
  }
  return [...found].sort();
}

function reaches(from: ResourceState, target: string, byUrn: ReadonlyMap<string, ResourceState>): boolean {
  const seen = new Set<string>();
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const urn of requirements(next, byUrn)) {
      if (urn === target) return true;
      const resource = byUrn.get(urn);
      if (resource !== undefined && !seen.has(urn)) waiting.push(resource);
      seen.add(urn);
    }
  }
  return false;
}

/** What the engine makes before it: its dependencies, and a parent that is a resource itself. */
function requirements(resource: ResourceState, byUrn: ReadonlyMap<string, ResourceState>): string[] {
  const properties = Object.values(resource.propertyDependencies ?? {}).flatMap((urns) => urns ?? []);
  const parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
  return [...(resource.dependencies ?? []), ...properties, ...(parent?.custom === true ? [parent.urn] : [])];
}
