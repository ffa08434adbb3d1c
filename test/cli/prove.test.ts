import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ProofReport } from "../../reports/proof/report";
import { holes } from "../support/holes";
import { shippedPreview, slipway, type Run } from "../support/shipped-preview";

describe("slipway prove", () => {
  let folder: string;
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    const shipped = await shippedPreview();
    const [hole] = holes.filter(({ id }) => id === "read-all-artifacts");
    assert.ok(hole);
    fs.writeFileSync(path.join(folder, "shipped.json"), JSON.stringify(shipped));
    fs.writeFileSync(path.join(folder, "hole.json"), JSON.stringify(hole.edit(shipped)));
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const prove = (preview: string, ...args: readonly string[]): Promise<Run> =>
    slipway(["prove", "--preview", `${preview}.json`, ...args], folder);

  it("ends with 0 where every answer is as expected and no way leads across", async () => {
    const { status, stdout } = await prove("shipped", "--json");
    const { version, questions, paths } = JSON.parse(stdout) as ProofReport;
    assert.deepEqual([status, version, paths], [0, 1, []]);
    assert.deepEqual(
      questions.filter(({ answer, expected }) => answer !== expected),
      [],
    );
    assert.ok(questions.every(({ because }) => because.length > 0));
  });

  it("ends with 1 and names the way, statement by statement, where there is one", async () => {
    const { status, stdout } = await prove("hole", "--json");
    const { paths } = JSON.parse(stdout) as ProofReport;
    const way = paths.find(({ to }) => to === "backend-flask");
    assert.equal(status, 1);
    assert.equal(
      way?.summary,
      "hello-world-test (hello-world) can do s3:GetObject on the artifacts of backend-flask-main.",
    );
    assert.deepEqual(
      way.steps[0]?.because.find(({ decided }) => decided),
      {
        stack: "cicd",
        urn: "urn:pulumi:cicd::slipway::slipway:index:ApplicationDelivery$slipway:index:Job$slipway:index:Role$aws:iam/rolePolicy:RolePolicy::hello-world-test-job",
        path: "policy",
        statement: "ReadArtifacts",
        effect: "Allow",
        reason: "It allows: action, resource and every condition match.",
        subject: "hello-world-test",
        document: "policy job",
        decided: true,
      },
    );
  });

  it("answers a question of one's own with the deciding statements", async () => {
    const question = ["can", "hello-world-test", "ecr:PutImage", "slipway/backend-flask"];
    const { status, stdout } = await prove("shipped", ...question, "--expect", "no");
    assert.equal(status, 0);
    assert.equal(
      stdout,
      [
        "✓ Can hello-world-test (Application=hello-world) do ecr:PutImage on",
        "arn:aws:ecr:eu-west-1:111111111111:repository/slipway/backend-flask? no",
        "    cicd · hello-world-test · policy job",
        "      No statement of the caller's own policies allows ecr:PutImage.",
        "    cicd · repository/slipway/backend-flask · repository policy",
        "      No statement of the resource's own policy allows ecr:PutImage.",
        "",
      ].join("\n"),
    );
    assert.equal((await prove("shipped", ...question, "--expect", "yes")).status, 1);
  });

  for (const [what, words, ...message] of [
    [
      "a role that is not there",
      ["can", "hello-word-test", "ecr:PutImage", "slipway/backend-flask"],
      'error: There is no role "hello-word-test".',
      "  Did you mean hello-world-test?",
    ],
    [
      "a question that is none",
      ["may", "hello-world-test"],
      'error: "may" is no question.',
      "  Did you mean can?",
    ],
    [
      "a resource that is not there",
      ["who", "codepipeline:UpdatePipeline", "hello-word-main"],
      'error: "hello-word-main" is neither an ARN nor the name of something that codepipeline:UpdatePipeline is about.',
      "  Did you mean hello-world-main?",
    ],
  ] as const) {
    it(`refuses ${what} with words and status 2`, async () => {
      const { status, stdout, stderr } = await prove("shipped", ...words);
      assert.deepEqual([status, stdout, ...stderr.split("\n").slice(0, 2)], [2, "", ...message]);
    });
  }
});
