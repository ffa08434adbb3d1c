import assert from "node:assert/strict";
import { explainPipelines } from "../../../reports/explain/pipelines";
import { explainRoles } from "../../../reports/explain/roles";
import { shippedPreview } from "../../support/shipped-preview";
import type { Json } from "../../../preview/preview-document";
import { documentOf, resource, stack } from "./documents";

describe("a pipeline in plain sentences", () => {
  it("says what starts it, which gates and jobs run, who approves and when a release may enter", async () => {
    const document = await shippedPreview();
    const pipelines = explainPipelines(document, explainRoles(document));
    assert.deepEqual(
      pipelines.map(({ name }) => name),
      [
        "backend-flask-main",
        "backend-flask-prod",
        "hello-world-main",
        "hello-world-pr",
        "sso-dashboard-main",
      ],
    );
    const release = pipelines.find(({ name }) => name === "backend-flask-prod");
    assert.deepEqual(release?.startedBy, [
      "A release starts on push to prod.",
      "By hand it may be started by who is in the role backend-flask-starter.",
      "While a release runs, releases queue up.",
    ]);
    assert.deepEqual(release.stages, [
      { name: "Source", sentences: ["The source is example-org/backend-flask."] },
      {
        name: "Build_and_Test",
        sentences: [
          "The gate Test (backend-flask-test) runs; a failure ends the release.",
          "The job Image (backend-flask-prod-image) runs; a failure ends the release.",
          "The job Publish (backend-flask-prod-publish) runs; a failure ends the release.",
        ],
      },
      {
        name: "Approve_Prod",
        sentences: [
          "A person in the role backend-flask-approver approves within 14 days, else the release ends.",
        ],
      },
      {
        name: "Prod",
        sentences: [
          "A release enters only in the window * * 8-16 ? * MON-FRI Europe/Berlin.",
          "The job Deploy (backend-flask-deploy-prod) runs; a failure ends the release.",
          "After a failure the stage goes back to the release before.",
        ],
      },
    ]);
  });

  it("says so where nobody may start or approve, and tells what runs at the same time", () => {
    const action = (name: string, category: string): Json => ({
      name,
      category,
      configuration: { ProjectName: name.toLowerCase() },
    });
    const stages = [
      { name: "Build", actions: [action("Lint", "Test"), action("Test", "Test"), action("Pack", "Build")] },
      { name: "Ask", actions: [{ name: "Ask", category: "Approval", timeoutInMinutes: 60 }] },
    ];
    const pipeline = resource("aws:codepipeline/pipeline:Pipeline", "shop", { name: "shop", stages });
    const [explanation] = explainPipelines(documentOf(stack("cicd", "111111111111", [pipeline])), []);
    assert.deepEqual(explanation?.startedBy, ["No role of the platform may start it by hand."]);
    assert.deepEqual(
      explanation.stages.map(({ sentences }) => sentences),
      [
        [
          "The gates Lint (lint) and Test (test) and the job Pack (pack) run at the same time; a failure ends the release.",
        ],
        ["A person of no role of the platform approves within 1 hour, else the release ends."],
      ],
    );
  });
});
