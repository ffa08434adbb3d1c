import type { PreviewDocument, StackPreview } from "../../preview/preview-document";
import { field, items } from "../pipelines";

/**
 * The stacks as a release passes through them: those with pipelines first, then each environment by how late it comes in a
 * pipeline, then what no pipeline names. The names of stages are those of the environments.
 */
export function inOrder({ stacks }: PreviewDocument): StackPreview[] {
  const latest = new Map<string, number>();
  for (const { inputs } of stacks.flatMap(({ resources }) => resources)) {
    items(inputs["stages"]).forEach((stage, index) => {
      const given = field(stage, "name");
      const name = typeof given === "string" ? given.toLowerCase() : "";
      latest.set(name, Math.max(latest.get(name) ?? 0, index));
    });
  }
  const rank = ({ kind, name }: StackPreview): number =>
    kind === "cicd" ? -1 : (latest.get(name.toLowerCase()) ?? Infinity);
  return stacks.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
