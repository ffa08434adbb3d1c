import type { PreviewDocument, StackPreview } from "../../preview/preview-document";
import { groupBy } from "../group-by";
import { field, items, text } from "../pipelines";
import { isPipeline } from "./scene";

/** Makes an index of a subject when it is first asked for: a large stack has thousands of roles that ask. */
function lookup<Subject extends object, Entry>(
  indexOf: (subject: Subject) => ReadonlyMap<string, readonly Entry[]>,
): (subject: Subject, key: string) => readonly Entry[] {
  const indexes = new WeakMap<Subject, ReadonlyMap<string, readonly Entry[]>>();
  return (subject, key) => {
    const index = indexes.get(subject) ?? indexOf(subject);
    indexes.set(subject, index);
    return index.get(key) ?? [];
  };
}

export const resourcesOfType = lookup(({ resources }: StackPreview) =>
  groupBy(resources, ({ type }) => type),
);

export const resourcesAt = lookup(({ resources }: StackPreview) => groupBy(resources, ({ urn }) => urn));

/** Inline policies by the name of their role. */
export const inlinePoliciesOf = lookup((stack: StackPreview) =>
  groupBy(resourcesOfType(stack, "aws:iam/rolePolicy:RolePolicy"), ({ inputs }) => text(inputs["role"])),
);

/** Build projects by the end of their role's ARN, from `:role` on. */
export const projectsOf = lookup(({ resources }: StackPreview) =>
  groupBy(
    resources.filter(({ type }) => type.endsWith(":Project")),
    ({ inputs }) => {
      const role = text(inputs["serviceRole"]);
      return role.slice(Math.max(role.indexOf(":role"), 0));
    },
  ),
);

/** What pipelines do with a build project. */
export const usesOf = lookup(({ stacks }: PreviewDocument) => {
  const pipelines = stacks.flatMap(({ resources }) => resources.filter(isPipeline));
  const uses = pipelines.flatMap(({ inputs }) =>
    items(inputs["stages"]).flatMap((stage) =>
      items(field(stage, "actions")).map((action) => ({
        project: text(field(field(action, "configuration"), "ProjectName")),
        action: text(field(action, "name")),
        stage: text(field(stage, "name")),
        pipeline: text(inputs["name"]),
      })),
    ),
  );
  return groupBy(
    uses.filter(({ project }) => project !== ""),
    ({ project }) => project,
  );
});
