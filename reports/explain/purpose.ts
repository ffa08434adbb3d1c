import type { PreviewedResource } from "../../preview/preview-document";
import { text } from "../pipelines";
import { projectsOf, usesOf } from "./lookup";
import type { StatementExplanation } from "./role";
import type { Setting } from "./roles";
import { distinct, list } from "./wording";

/** What a role is for: where it works in the pipelines, or else what its description says. */
export function purposeOf(
  role: PreviewedResource,
  trust: readonly StatementExplanation[],
  { document, stack }: Setting,
): string {
  const arn = `:role${text(role.inputs["path"])}${text(role.inputs["name"])}`;
  const projects = projectsOf(stack, arn).map(({ inputs }) => text(inputs["name"]));
  const uses = projects
    .flatMap((project) => usesOf(document, project))
    .map((use) => `the action ${use.action} in the stage ${use.stage} of the pipeline ${use.pipeline}`);
  if (uses.length > 0) return `The job ${list(projects)}: ${list(distinct(uses))}.`;
  const description = text(role.inputs["description"]);
  if (description !== "") return `${description.replace(/\.$/, "")}.`;
  return trust.length === 0
    ? "No description says what it is for."
    : "Its trust below says who works with it.";
}
