import type { PreviewDocument, PreviewedResource } from "../../preview/preview-document";
import { field, items } from "../pipelines";
import type { StatementExplanation } from "./role";
import type { Setting } from "./roles";
import { isPipeline, text } from "./scene";
import { distinct, list } from "./wording";

/** What a role is for: where it works in the pipelines, or else what its description says. */
export function purposeOf(
  role: PreviewedResource,
  trust: readonly StatementExplanation[],
  { document, stack }: Setting,
): string {
  const arn = `:role${text(role.inputs["path"])}${text(role.inputs["name"])}`;
  const projects = stack.resources
    .filter(({ type, inputs }) => type.endsWith(":Project") && text(inputs["serviceRole"]).endsWith(arn))
    .map(({ inputs }) => text(inputs["name"]));
  const uses = projects.flatMap((project) => usesOf(project, document));
  if (uses.length > 0) return `The job ${list(projects)}: ${list(distinct(uses))}.`;
  const description = text(role.inputs["description"]);
  if (description !== "") return `${description.replace(/\.$/, "")}.`;
  return trust.length === 0
    ? "No description says what it is for."
    : "Its trust below says who works with it.";
}

/** `the action Test in the stage Build_and_Test of the pipeline shop-main`. */
function usesOf(project: string, { stacks }: PreviewDocument): string[] {
  return stacks.flatMap(({ resources }) =>
    resources.filter(isPipeline).flatMap(({ inputs }) =>
      items(inputs["stages"]).flatMap((stage) =>
        items(field(stage, "actions"))
          .filter((action) => field(field(action, "configuration"), "ProjectName") === project)
          .map((action) => {
            const [name, stageName] = [text(field(action, "name")), text(field(stage, "name"))];
            return `the action ${name} in the stage ${stageName} of the pipeline ${text(inputs["name"])}`;
          }),
      ),
    ),
  );
}
