import assert from "node:assert/strict";
import type { PreviewDocument } from "../../preview/preview-document";
import { ProjectCopy } from "../support/project-copy";
import { shippedPreview, slipway, type Run } from "../support/shipped-preview";

/** Every resource of the program whose properties hold a policy document. */
const policyTypes = new Set([
  "aws:ecr/repositoryPolicy:RepositoryPolicy",
  "aws:iam/policy:Policy",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:kms/key:Key",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:sns/topicPolicy:TopicPolicy",
]);

function policies({ stacks }: PreviewDocument): string[] {
  return stacks
    .flatMap(({ resources }) => resources.filter(({ type }) => policyTypes.has(type)).map(({ urn }) => urn))
    .sort();
}

describe("a wildcard in a policy", () => {
  let copy: ProjectCopy;
  beforeEach(() => {
    copy = new ProjectCopy();
  });
  afterEach(() => {
    copy.remove();
  });

  it("is found in every policy of every stack, as a mandatory violation", async () => {
    copy.replace(
      "iam/document.ts",
      'return { Version: "2012-10-17", Statement: statements };',
      `const last = statements.at(-1);
       const planted = last?.Principal
         ? { ...last, Sid: "Planted", Effect: "Allow" as const, Principal: "*" as const, Condition: undefined }
         : { Sid: "Planted", Effect: "Allow" as const, Action: ["iam:*"], Resource: ["*"] };
       return { Version: "2012-10-17", Statement: [...statements, planted as Statement] };`,
    );
    const { status, stdout } = await slipway(["preview", "--json"], copy.directory);
    const { stacks } = JSON.parse(stdout) as PreviewDocument;
    const violations = stacks.flatMap(({ policy }) => policy.violations);
    const planted = violations.filter(
      ({ level, message }) => level === "mandatory" && message.includes("Planted"),
    );
    assert.deepEqual([...new Set(planted.map(({ urn }) => urn))].sort(), policies(await shippedPreview()));
    assert.equal(status, 1);
  });
});

describe("a wildcard in one policy", () => {
  // Each stands in a document of its own, so one preview answers for all; every stack would only say it again.
  const faults = [
    {
      what: "an action of the door",
      file: "iam/door.ts",
      before: '["ecs:RegisterTaskDefinition"]',
      after: '["ecs:*"]',
      shown: ["door", "RegisterOwnTask", "ecs:*"],
    },
    {
      what: "a resource of a job",
      file: "iam/job-role.ts",
      before: "[names.doorRoleArn(environment)]",
      after: '["arn:aws:iam::*:role/slipway/CICDCrossAccountRole"]',
      shown: ["hello-world-deploy-dev", "PassTheDoor", "arn:aws:iam::*:role/slipway/CICDCrossAccountRole"],
    },
    {
      what: "the principal of a role",
      file: "iam/trust.ts",
      before: `Principal: { Service: service },
    Action: ["sts:AssumeRole"],
    ...(conditions && { Condition: conditions }),`,
      after: 'Principal: "*", Action: ["sts:AssumeRole"], ...(service && conditions && {}),',
      shown: ["hello-world-test", "AssumedByService", "*"],
    },
  ];
  let run: Run;
  before(async () => {
    const copy = new ProjectCopy();
    try {
      for (const fault of faults) copy.replace(fault.file, fault.before, fault.after);
      run = await slipway(["preview", "--stack", "cicd", "--stack", "dev"], copy.directory);
    } finally {
      copy.remove();
    }
  });

  for (const { what, shown } of faults) {
    it(`is named to the person who wrote it: ${what}`, () => {
      assert.equal(run.status, 1);
      for (const text of shown) assert.ok(run.stdout.includes(text), `${text} is not in\n${run.stdout}`);
    });
  }
});
