import { field, items } from "../pipelines";
import type { PreviewDocument, PreviewedResource, StackPreview } from "../../preview/preview-document";
import { isPipeline, text } from "./scene";

/** Finds the entries of a subject by a text. The subject is read once: a large stack has thousands of roles that ask. */
function lookup<Subject extends object, Entry>(
  entriesOf: (subject: Subject) => Iterable<readonly [string, Entry]>,
): (subject: Subject, key: string) => readonly Entry[] {
  const indexes = new WeakMap<Subject, ReadonlyMap<string, readonly Entry[]>>();
  return (subject, key) => {
    const index = indexes.get(subject) ?? indexOf(entriesOf(subject));
    indexes.set(subject, index);
    return index.get(key) ?? [];
  };
}

function indexOf<Entry>(entries: Iterable<readonly [string, Entry]>): ReadonlyMap<string, readonly Entry[]> {
  const index = new Map<string, Entry[]>();
  for (const [key, entry] of entries) {
    const others = index.get(key);
    if (others === undefined) index.set(key, [entry]);
    else others.push(entry);
  }
  return index;
}

export const resourcesOfType = lookup(({ resources }: StackPreview) =>
  resources.map((resource): [string, PreviewedResource] => [resource.type, resource]),
);

export const resourcesAt = lookup(({ resources }: StackPreview) =>
  resources.map((resource): [string, PreviewedResource] => [resource.urn, resource]),
);

/** Inline policies by the name of their role. */
export const inlinePoliciesOf = lookup((stack: StackPreview) =>
  resourcesOfType(stack, "aws:iam/rolePolicy:RolePolicy").map((policy): [string, PreviewedResource] => [
    text(policy.inputs["role"]),
    policy,
  ]),
);

/** Names of build projects by the end of their role's ARN, from `:role` on. */
export const projectsOf = lookup(({ resources }: StackPreview) =>
  resources
    .filter(({ type }) => type.endsWith(":Project"))
    .map(({ inputs }): [string, string] => {
      const role = text(inputs["serviceRole"]);
      return [role.slice(Math.max(role.indexOf(":role"), 0)), text(inputs["name"])];
    }),
);

/** Where pipelines run a build project: `the action Test in the stage Build_and_Test of the pipeline shop-main`. */
export const usesOf = lookup(({ stacks }: PreviewDocument) =>
  stacks.flatMap(({ resources }) =>
    resources.filter(isPipeline).flatMap(({ inputs }) =>
      items(inputs["stages"]).flatMap((stage) =>
        items(field(stage, "actions")).map((action): [string, string] => {
          const [name, stageName] = [text(field(action, "name")), text(field(stage, "name"))];
          return [
            text(field(field(action, "configuration"), "ProjectName")),
            `the action ${name} in the stage ${stageName} of the pipeline ${text(inputs["name"])}`,
          ];
        }),
      ),
    ),
  ),
);
