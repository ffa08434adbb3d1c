import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { doorVariables, openDoor } from "../support/environment";
import { lines, type Answers } from "../support/fake-tools";
import { skipWithout } from "../support/requirements";

const template = '{"Resources":{}}';
const sha256 = createHash("sha256").update(template).digest("hex");
const templateKey = `packages/dev/shop/${sha256}.json`;
const description = { templateKey, templateSha256: sha256, templateVersion: "v.1_2-3" };
const changeSet = "slipway-0f1e2d3c-build";

const environment = {
  ...doorVariables("serverless"),
  SLIPWAY_STACK_NAME: "shop-dev",
  SLIPWAY_EXECUTION_ROLE_ARN: "arn:aws:iam::222222222222:role/slipway/execution/shop-cloudformation",
  SLIPWAY_ARTIFACT_BUCKET: "artifacts",
  SLIPWAY_HEALTH_PATH: "/hello",
};

const address = "https://abc123def4.execute-api.eu-west-1.amazonaws.com";
const api = (type: string) =>
  `echo '${JSON.stringify({
    StackResourceSummaries: [{ ResourceType: type, PhysicalResourceId: "abc123def4" }],
  })}'`;

const stack = (status: string) =>
  `echo '${JSON.stringify({
    Stacks: [{ StackStatus: status, Outputs: [{ OutputKey: "HttpApiUrl", OutputValue: address }] }],
  })}'`;
const changes = {
  Status: "CREATE_COMPLETE",
  Changes: [
    {
      ResourceChange: {
        Action: "Modify",
        ResourceType: "AWS::Lambda::Function",
        LogicalResourceId: "Hello",
        Replacement: "False",
      },
    },
  ],
};
const noStack = "echo 'Stack with id shop-dev does not exist' >&2; exit 254";
/** Nothing there at first; made by the change set. */
const newStack = `if [ -e "$STATE/executed" ]; then ${stack("CREATE_COMPLETE")}; else ${noStack}; fi`;

const aws: Answers = {
  ...openDoor,
  "s3api get-object": `printf '%s' '${template}' >"\${@: -1}"`,
  "cloudformation describe-stacks": stack("UPDATE_COMPLETE"),
  "cloudformation list-stack-resources": api("AWS::ApiGatewayV2::Api"),
  "cloudformation create-change-set": "echo '{}'",
  "cloudformation wait change-set-create-complete": ":",
  "cloudformation describe-change-set": `echo '${JSON.stringify(changes)}'`,
  "cloudformation execute-change-set": 'touch "$STATE/executed"',
  "cloudformation delete-change-set": ":",
  "cloudformation wait stack-": ":",
};

function deploy(answers: Answers = {}, job: { curl?: string; description?: object } = {}): Build {
  return runBuild({
    buildspec: renderBuildspec("deploy-serverless.yaml"),
    source: {
      "package/dev/package.json": JSON.stringify(job.description ?? description),
      "package/prod/package.json": "{}",
    },
    environment,
    fakes: { aws: { ...aws, ...answers }, curl: { "": job.curl ?? "printf 200" } },
  });
}

/** CloudFormation's and S3's calls, without the ways into the account. */
const steps = (run: Build) =>
  lines(run.calls, "aws")
    .filter((line) => !line.startsWith("sts "))
    .map((line) => line.replace(/^cloudformation /, "").split(" --")[0]);
const messages = (run: Build) => run.log.split("\n").filter((line) => /^(slipway:| {2})/.test(line));

describe("The deploy job for serverless applications", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  it("changes the stack by a change set, waits for it, and asks the application whether it lives", () => {
    const run = deploy();
    assert.equal(run.status, "SUCCEEDED", run.log);
    assert.deepEqual(steps(run), [
      "s3api get-object",
      "describe-stacks",
      "create-change-set",
      "wait change-set-create-complete",
      "describe-change-set",
      "execute-change-set",
      "wait stack-update-complete",
      "describe-stacks",
      "list-stack-resources",
    ]);
    assert.match(run.log, /^Modify\tAWS::Lambda::Function\tHello\treplacement: False$/m);
    const asked = lines(run.calls, "curl");
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? "", /^-q .* --proto =https .* --fail .*$/);
    assert.equal(asked[0]?.split(" --url ")[1], `${address}/hello`);
  });

  it("lets CloudFormation work with the execution role, on the template of this environment, tagged", () => {
    const call = deploy().calls.find(({ args }) => args[1] === "create-change-set");
    assert.equal(call?.as, "CICDCrossAccountRole");
    assert.deepEqual(call.args, [
      "cloudformation",
      "create-change-set",
      "--stack-name",
      "shop-dev",
      "--change-set-name",
      changeSet,
      "--change-set-type",
      "UPDATE",
      "--role-arn",
      "arn:aws:iam::222222222222:role/slipway/execution/shop-cloudformation",
      "--capabilities",
      "CAPABILITY_NAMED_IAM",
      "--tags",
      "Key=Application,Value=shop",
      "--template-url",
      `https://artifacts.s3.eu-west-1.amazonaws.com/${templateKey}?versionId=v.1_2-3`,
    ]);
  });

  it("makes a stack that is not there, which a failure takes away again", () => {
    const run = deploy({ "cloudformation describe-stacks": newStack });
    assert.equal(run.status, "SUCCEEDED", run.log);
    const call = lines(run.calls, "aws").find((line) => line.includes("create-change-set --stack")) ?? "";
    assert.match(call, /--change-set-type CREATE --on-stack-failure DELETE --role-arn/);
    assert.ok(steps(run).includes("wait stack-create-complete"));
  });

  it("is content when there is nothing to change, and still asks whether the application lives", () => {
    const unchanged = {
      Status: "FAILED",
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    };
    const run = deploy({
      "cloudformation wait change-set-create-complete": "exit 255",
      "cloudformation describe-change-set": `cat <<'JSON'\n${JSON.stringify(unchanged)}\nJSON`,
    });
    assert.equal(run.status, "SUCCEEDED", run.log);
    assert.deepEqual(steps(run).slice(-3), ["delete-change-set", "describe-stacks", "list-stack-resources"]);
    assert.equal(lines(run.calls, "curl").length, 1);
  });

  describe("deploys nothing", () => {
    const deployed = (run: Build) => steps(run).some((step) => /change-set/.test(step ?? ""));

    it("when the template in the bucket is not the one that was packaged", () => {
      const run = deploy({ "s3api get-object": `echo '{"Resources":{"Evil":{}}}' >"\${@: -1}"` });
      assert.deepEqual(run.phases, { pre_build: "FAILED" });
      assert.deepEqual(messages(run), [
        "slipway: the template in the bucket is not the one that was packaged. Nothing was deployed.",
      ]);
      assert.ok(!deployed(run));
    });

    for (const [what, changed] of [
      ["another environment's template", { ...description, templateKey: templateKey.replace("dev", "prod") }],
      [
        "another application's template",
        { ...description, templateKey: templateKey.replace("shop", "bank") },
      ],
      ["no hash", { ...description, templateSha256: undefined }],
      ["no version", { ...description, templateVersion: undefined }],
      ["the version of an object that has none", { ...description, templateVersion: "null" }],
      ["words in place of a version", { ...description, templateVersion: "1 --debug" }],
      ["nothing", {}],
    ] as const) {
      it(`when the package names ${what}`, () => {
        const run = deploy({}, { description: changed });
        assert.deepEqual(run.phases, { pre_build: "FAILED" });
        assert.deepEqual(messages(run), [
          "slipway: the package for dev names no template below packages/dev/shop/ by hash and version. Nothing was deployed.",
        ]);
        assert.ok(!deployed(run));
      });
    }

    it("when the stack cannot be read", () => {
      const run = deploy({ "cloudformation describe-stacks": "echo AccessDenied >&2; exit 254" });
      assert.deepEqual(run.phases, { pre_build: "SUCCEEDED", build: "FAILED" });
      assert.ok(!deployed(run));
    });

    for (const status of ["UPDATE_IN_PROGRESS", "ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED"]) {
      it(`when the stack is in ${status}`, () => {
        const run = deploy({ "cloudformation describe-stacks": stack(status) });
        assert.deepEqual(messages(run), [
          `slipway: stack shop-dev is in ${status} and cannot be changed now. Wait for it, or repair it in CloudFormation.`,
        ]);
        assert.ok(!deployed(run));
      });
    }

    it("when CloudFormation refuses the changes", () => {
      const run = deploy({
        "cloudformation wait change-set-create-complete": "exit 255",
        "cloudformation describe-change-set": `echo '{"Status": "FAILED", "StatusReason": "Template format error"}'`,
      });
      assert.equal(run.status, "FAILED");
      assert.deepEqual(messages(run), ["slipway: CloudFormation refused the changes: Template format error"]);
      assert.ok(!steps(run).includes("execute-change-set"));
    });
  });

  it("fails when the stack is rolled back, and says what failed", () => {
    const events = {
      StackEvents: [
        { ResourceStatus: "CREATE_FAILED", LogicalResourceId: "Role", ResourceStatusReason: "no boundary" },
        { ResourceStatus: "CREATE_COMPLETE", LogicalResourceId: "Api" },
      ],
    };
    const run = deploy({
      "cloudformation wait stack-": "exit 255",
      "cloudformation describe-stack-events": `echo '${JSON.stringify(events)}'`,
    });
    assert.deepEqual(run.phases, { pre_build: "SUCCEEDED", build: "FAILED" });
    assert.deepEqual(messages(run), [
      "slipway: shop-dev did not reach the wanted state; CloudFormation rolled it back. What failed:",
      "  Role: no boundary",
    ]);
  });

  it("fails when the application does not answer", () => {
    const run = deploy({}, { curl: "exit 22" });
    assert.deepEqual(run.phases, { pre_build: "SUCCEEDED", build: "SUCCEEDED", post_build: "FAILED" });
  });

  it("finds the address of a REST API as well", () => {
    const outputs = [{ OutputKey: "ServiceEndpoint", OutputValue: `${address}/dev` }];
    const answer = `echo '${JSON.stringify({ Stacks: [{ StackStatus: "UPDATE_COMPLETE", Outputs: outputs }] })}'`;
    const run = deploy({
      "cloudformation describe-stacks": answer,
      "cloudformation list-stack-resources": api("AWS::ApiGateway::RestApi"),
    });
    assert.equal(run.phases.post_build, "SUCCEEDED");
    assert.ok(lines(run.calls, "curl").join(" ").includes(`--url ${address}/dev/hello`));
  });

  it("fails when the stack tells no address", () => {
    const run = deploy(
      {
        "cloudformation describe-stacks": `echo '{"Stacks": [{"StackStatus": "UPDATE_COMPLETE", "Outputs": []}]}'`,
      },
      { curl: "exit 3" },
    );
    assert.equal(run.phases.post_build, "FAILED");
  });
});
