import assert from "node:assert/strict";
import type { PreviewDocument } from "../../preview/preview-document";
import { assuming } from "../../reports/cost/assumptions";
import { costOf } from "../../reports/cost/cost";
import { ProjectCopy } from "../support/project-copy";
import { ofType, slipway, text } from "../support/shipped-preview";

describe("the organization's stack, once its file is written", () => {
  let copy: ProjectCopy;
  let document: PreviewDocument;
  before(async () => {
    copy = new ProjectCopy();
    copy.write(
      "Pulumi.organization.yaml",
      `config:
  slipway:stack: organization
  slipway:managementAccountId: "999999999999"
  aws:region: us-east-1
  aws:allowedAccountIds: ["999999999999"]
`,
    );
    const { stdout } = await slipway(["preview", "--json", "--stack", "organization"], copy.directory);
    document = JSON.parse(stdout) as PreviewDocument;
  });
  after(() => {
    copy.remove();
  });

  it("binds each account of the platform by policies of its own, the CI/CD account by three and production by two", () => {
    assert.deepEqual(document.problems, []);
    const [stack] = document.stacks;
    assert.ok(stack);
    const attachments = ofType(stack, "aws:organizations/policyAttachment:PolicyAttachment");
    assert.deepEqual(attachments.map(({ name, inputs }) => `${name} ${text(inputs["targetId"])}`).sort(), [
      "cicd 111111111111",
      "cicd/chat 111111111111",
      "cicd/pipelines 111111111111",
      "dev 222222222222",
      "prod 444444444444",
      "prod/workloads 444444444444",
      "test 333333333333",
    ]);
  });

  it("costs nothing, for a reason that is known", () => {
    const { total, notPriced } = costOf(document, assuming());
    assert.deepEqual([total.high, notPriced], [0, []]);
  });

  it("passes the policy pack: a guardrail denies, so its stars are no grants", () => {
    const [stack] = document.stacks;
    assert.deepEqual(stack?.policy.violations, []);
    assert.deepEqual(stack.policy.notVerifiable, []);
  });
});
