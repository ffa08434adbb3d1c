import type { PreviewDocument, PreviewedResource, StackPreview } from "../../preview/preview-document";

/** A resource before and after; one side is missing where it is added or removed. */
export type ResourcePair =
  | { readonly stack: string; readonly before: PreviewedResource; readonly after: PreviewedResource }
  | { readonly stack: string; readonly before: PreviewedResource; readonly after?: undefined }
  | { readonly stack: string; readonly before?: undefined; readonly after: PreviewedResource };

/**
 * The resources of two previews as Pulumi matches them: by URN, then by the aliases that the new side names. Components,
 * the stacks themselves and providers are left out: nothing is made for them.
 */
export function matchResources(before: PreviewDocument, after: PreviewDocument): ResourcePair[] {
  const names = [...new Set([...before.stacks, ...after.stacks].map(({ name }) => name))];
  return names.flatMap((name) => matchStack(name, stackNamed(before, name), stackNamed(after, name)));
}

function stackNamed({ stacks }: PreviewDocument, name: string): StackPreview | undefined {
  return stacks.find((stack) => stack.name === name);
}

function matchStack(
  stack: string,
  before: StackPreview | undefined,
  after: StackPreview | undefined,
): ResourcePair[] {
  const former = new Map(made(before).map((resource) => [resource.urn, resource]));
  const present = new Set(made(after).map(({ urn }) => urn));
  const matched = new Set<string>();
  const pairs = made(after).map((resource): ResourcePair => {
    // A URN that stands in both previews belongs to itself, whoever else names it as an alias.
    const aliases = (resource.aliases ?? []).filter((alias) => !present.has(alias));
    const match = [resource.urn, ...aliases].map((urn) => former.get(urn)).find((each) => each !== undefined);
    if (match === undefined || matched.has(match.urn)) return { stack, after: resource };
    matched.add(match.urn);
    return { stack, before: match, after: resource };
  });
  const removed = made(before).filter(({ urn }) => !matched.has(urn));
  return [...pairs, ...removed.map((resource) => ({ stack, before: resource }))];
}

function made(stack: StackPreview | undefined): readonly PreviewedResource[] {
  return (stack?.resources ?? []).filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
}
