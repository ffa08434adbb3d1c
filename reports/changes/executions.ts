/** Pipelines whose running executions end with the deployment, as far as AWS documents it. */
import type { ResourcePair } from "./matching";
import type { Cancellation, ResourceChange } from "./report";

const PIPELINE = "aws:codepipeline/pipeline:Pipeline";

/** "When you update a pipeline, CodePipeline … completes all running actions and then fails the stages and executions". */
const EDITING = "https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-edit.html";
const DELETING = "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_DeletePipeline.html";

/** What the provider sends by other calls than UpdatePipeline: tags (TagResource). */
const BESIDES = /^tags(All)?\b/;

export function cancellationsOf(
  pairs: readonly ResourcePair[],
  changes: readonly ResourceChange[],
): Cancellation[] {
  const byUrn = new Map(changes.map((change) => [change.urn, change]));
  return pairs.flatMap(({ stack, before, after }) => {
    const resource = before;
    const change = byUrn.get((after ?? before).urn);
    if (resource?.type !== PIPELINE || change === undefined) return [];
    const { name } = resource.inputs;
    const pipeline = typeof name === "string" ? name : resource.name;
    if (change.kind === "removed" || change.kind === "replaced") {
      const reason =
        "The pipeline is deleted: no execution of it goes on. AWS does not say what becomes of an action that runs at that moment.";
      return [{ stack, pipeline, reason, source: DELETING }];
    }
    const updated = change.properties.filter(({ path }) => !BESIDES.test(path));
    if (change.kind !== "changed" || updated.length === 0) return [];
    const reason =
      "The pipeline is updated: actions that run are finished, then their stage and execution fail. Start the release again.";
    return [{ stack, pipeline, reason, source: EDITING }];
  });
}
