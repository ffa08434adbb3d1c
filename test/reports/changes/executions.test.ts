import assert from "node:assert/strict";
import type { PreviewedResource } from "../../../preview/preview-document";
import { changesOf } from "../../../reports/changes/changes";
import { resource } from "../cost/documents";
import { platform } from "./platform";

const pipeline = (inputs: PreviewedResource["inputs"] = {}): PreviewedResource =>
  resource("aws:codepipeline/pipeline:Pipeline", "main", {
    name: "shop-main",
    executionMode: "QUEUED",
    ...inputs,
  });

function cancelled(before: readonly PreviewedResource[], after: readonly PreviewedResource[]): string[] {
  return changesOf("base", platform(...before), platform(...after)).cancelled.map(
    (each) => `${each.stack} ${each.pipeline}: ${each.reason} ${each.source}`,
  );
}

describe("executions that end", () => {
  const updated =
    "cicd shop-main: The pipeline is updated: actions that run are finished, then their stage and execution fail. " +
    "Start the release again. https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-edit.html";
  const deleted =
    "cicd shop-main: The pipeline is deleted: no execution of it goes on. AWS does not say what becomes of an action " +
    "that runs at that moment. https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_DeletePipeline.html";

  it("are those of a pipeline that is updated, removed or replaced", () => {
    assert.deepEqual(cancelled([pipeline()], [pipeline({ executionMode: "SUPERSEDED" })]), [updated]);
    assert.deepEqual(cancelled([pipeline()], []), [deleted]);
    assert.deepEqual(cancelled([pipeline()], [pipeline({ name: "till-main" })]), [deleted]);
  });

  it("are none where a pipeline is new, the same, or has other tags", () => {
    assert.deepEqual(cancelled([], [pipeline()]), []);
    assert.deepEqual(cancelled([pipeline()], [pipeline()]), []);
    assert.deepEqual(cancelled([pipeline()], [pipeline({ tags: { Team: "a" } })]), []);
  });
});
