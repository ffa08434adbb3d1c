import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { doorVariables, markedImage, openDoor, released } from "../support/environment";
import { lines, type Answers } from "../support/fake-tools";
import { skipWithout } from "../support/requirements";

const digest = `sha256:${"a".repeat(64)}`;
const image = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/slipway/shop@${digest}`;
const task = "arn:aws:ecs:eu-west-1:222222222222:task-definition/shop-dev:7";

const environment = {
  ...doorVariables("ecs"),
  SLIPWAY_CLUSTER: "apps",
  SLIPWAY_SERVICE: "shop-dev",
  SLIPWAY_TASK_ROLE_ARN: "arn:aws:iam::222222222222:role/slipway/execution/shop-task",
  SLIPWAY_TASK_EXECUTION_ROLE_ARN: "arn:aws:iam::222222222222:role/slipway/execution/shop-task-execution",
  SLIPWAY_SUBNETS: "subnet-1,subnet-2",
  SLIPWAY_SECURITY_GROUPS: "sg-1",
  SLIPWAY_DESIRED_COUNT: "2",
  SLIPWAY_LOG_GROUP: "/slipway/shop-dev",
};

const container = { name: "web", image: "<set>", healthCheck: { command: ["CMD", "true"] } };
/** As an application writes it: a family of its own choice, and nothing that is the platform's. */
const template = {
  family: "bank-prod",
  cpu: "256",
  networkMode: "awsvpc",
  containerDefinitions: [container],
};

const service = (deployment: object = {}) =>
  JSON.stringify({
    services: [
      {
        status: "ACTIVE",
        deployments: [{ taskDefinition: task, rolloutState: "COMPLETED", ...deployment }],
        events: [{ createdAt: "10:00", message: "task stopped" }],
      },
    ],
    failures: [],
  });
const missing = JSON.stringify({ services: [], failures: [{ reason: "MISSING" }] });

const aws: Answers = {
  ...openDoor,
  ...markedImage,
  "ecs register-task-definition": `cp "$(echo "$*" | sed 's|.*file://||; s| .*||')" "$STATE/registered.json"; echo ${task}`,
  "ecs describe-services": `echo '${service()}'`,
  "ecs update-service": "echo '{}'",
  "ecs create-service": 'touch "$STATE/made"; echo "{}"',
  "ecs wait services-stable": ":",
};

function deploy(answers: Answers = {}, source: Readonly<Record<string, string>> = {}): Build {
  return runBuild({
    buildspec: renderBuildspec("deploy-ecs.yaml"),
    source: {
      "image.json": JSON.stringify(released),
      "imagedefinitions.json": JSON.stringify([{ name: "web", imageUri: image }]),
      "task-definition.json": JSON.stringify(template),
      ...source,
    },
    environment,
    fakes: { aws: { ...aws, ...answers } },
  });
}

const steps = (run: Build) =>
  lines(run.calls, "aws")
    .filter((line) => !line.startsWith("sts "))
    .map((line) => line.split(" --")[0]);
const messages = (run: Build) => run.log.split("\n").filter((line) => /^(slipway:| {2})/.test(line));

describe("The deploy job for ECS applications", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  it("changes the service to the image's digest and waits until it runs", () => {
    const run = deploy();
    assert.equal(run.status, "SUCCEEDED", run.log);
    assert.deepEqual(steps(run), [
      "ecr batch-get-image",
      "ecr put-image",
      "ecs register-task-definition",
      "ecs describe-services",
      "ecs update-service",
      "ecs wait services-stable",
      "ecs describe-services",
    ]);
    assert.deepEqual(messages(run), [`slipway: shop-dev runs ${task} with ${image}.`]);
    const update = lines(run.calls, "aws").find((line) => line.startsWith("ecs update-service"));
    assert.equal(
      update,
      `ecs update-service --service shop-dev --cluster apps --task-definition ${task} --desired-count 2 ` +
        "--deployment-configuration deploymentCircuitBreaker={enable=true,rollback=true},minimumHealthyPercent=100,maximumPercent=200 " +
        "--network-configuration awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[sg-1],assignPublicIp=DISABLED} " +
        "--propagate-tags SERVICE",
    );
  });

  it("puts the platform's family, roles, network and logs in place of what the template says", () => {
    const logs = {
      "awslogs-group": "/slipway/shop-dev",
      "awslogs-region": "eu-west-1",
      "awslogs-stream-prefix": "web",
    };
    assert.deepEqual(JSON.parse(deploy().left("registered.json") ?? ""), {
      family: "shop-dev",
      cpu: "256",
      taskRoleArn: environment.SLIPWAY_TASK_ROLE_ARN,
      executionRoleArn: environment.SLIPWAY_TASK_EXECUTION_ROLE_ARN,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      tags: [{ key: "Application", value: "shop" }],
      containerDefinitions: [
        { ...container, image, logConfiguration: { logDriver: "awslogs", options: logs } },
      ],
    });
  });

  for (const [what, answer] of [
    ["is not there", missing],
    ["was deleted", '{"services": [{"status": "INACTIVE"}], "failures": []}'],
  ] as const) {
    it(`makes a service that ${what}, on Fargate and tagged`, () => {
      const run = deploy({
        "ecs describe-services": `if [ -e "$STATE/made" ]; then echo '${service()}'; else echo '${answer}'; fi`,
      });
      assert.equal(run.status, "SUCCEEDED", run.log);
      const call = lines(run.calls, "aws").find((line) => line.startsWith("ecs create-service")) ?? "";
      assert.match(call, /^ecs create-service --service-name shop-dev --launch-type FARGATE --cluster apps /);
      assert.match(call, / --tags key=Application,value=shop$/);
    });
  }

  it("waits longer than one wait of the AWS CLI lasts", () => {
    const run = deploy({
      "ecs wait services-stable": '[ -e "$STATE/once" ] || { touch "$STATE/once"; exit 255; }',
    });
    assert.equal(run.status, "SUCCEEDED", run.log);
  });

  describe("fails", () => {
    const failed = (answers: Answers) => {
      const run = deploy(answers);
      assert.deepEqual(run.phases, { pre_build: "SUCCEEDED", build: "FAILED" });
      return messages(run);
    };
    const broken = [`slipway: shop-dev does not run ${task}. The last events:`, "  10:00 task stopped"];

    it("when the circuit breaker went back, although the service is stable", () => {
      assert.deepEqual(
        failed({
          "ecs describe-services": `echo '${service({ taskDefinition: task.replace(":7", ":6") })}'`,
        }),
        broken,
      );
    });

    it("when the rollout has not ended", () => {
      assert.deepEqual(
        failed({ "ecs describe-services": `echo '${service({ rolloutState: "IN_PROGRESS" })}'` }),
        broken,
      );
    });

    it("when the service does not become stable", () => {
      assert.deepEqual(failed({ "ecs wait services-stable": "exit 255" }), broken);
    });

    it("when the service is being drained", () => {
      const run = deploy({
        "ecs describe-services": `echo '{"services": [{"status": "DRAINING"}], "failures": []}'`,
      });
      assert.deepEqual(messages(run), [
        "slipway: service shop-dev is DRAINING and can neither be made nor changed now.",
      ]);
      assert.ok(!steps(run).some((step) => step === "ecs create-service" || step === "ecs update-service"));
    });

    it("when the task definition is refused", () => {
      assert.deepEqual(failed({ "ecs register-task-definition": "exit 254" }), []);
    });
  });

  describe("registers nothing", () => {
    const noImage =
      "slipway: the build names no image of shop by digest. Nothing was deployed; release again from a new build.";
    const secretOf = (owner: string) =>
      `arn:aws:secretsmanager:eu-west-1:222222222222:secret:${owner}/db-AbCdEf`;
    const definition = (content: object) => ({ "task-definition.json": JSON.stringify(content) });
    const named = (imageUri: string, name = "web") => ({
      "imagedefinitions.json": JSON.stringify([{ name, imageUri }]),
    });
    for (const [what, source, expected] of [
      ["when the image is named by tag", named("example.com/shop:latest"), noImage],
      ["when the image is another application's", named(image.replace("/shop@", "/bank@")), noImage],
      ["when the image lies in another registry", named(`example.com/slipway/shop@${digest}`), noImage],
      ["when the container's name is none", named(image, "web\nx"), noImage],
      [
        "when a sidecar is named by tag",
        definition({ containerDefinitions: [container, { name: "log", image: "fluent-bit:4" }] }),
        "slipway: the task definition container log: image fluent-bit:4 is not named by digest; write name@sha256:<64 digits>",
      ],
      [
        "when a role is the application's choice",
        definition({ ...template, taskRoleArn: "arn:aws:iam::222222222222:role/bank" }),
        "slipway: the task definition has taskRoleArn, which is not accepted; leave it out (roles, network, logs and registry are the platform's)",
      ],
      [
        "when a secret is another environment's",
        definition({
          containerDefinitions: [
            { ...container, secrets: [{ name: "DB", valueFrom: secretOf("shop-prod") }] },
          ],
        }),
        `slipway: the task definition container web: secret DB comes from ${secretOf("shop-prod")}; only secrets of Secrets Manager below shop-<environment>/ are this application's`,
      ],
      [
        "when the image job left nothing",
        { "imagedefinitions.json": "", "task-definition.json": "" },
        "slipway: imagedefinitions.json of the job before this one is not one JSON array. Nothing of it was used; release again from a new build.",
      ],
    ] as const) {
      it(what, () => {
        const run = deploy({}, source);
        assert.deepEqual(run.phases, { pre_build: "FAILED" });
        assert.deepEqual(messages(run), [expected]);
        assert.deepEqual(steps(run), []);
      });
    }
  });

  describe("marks the image as deployed before it deploys it, and", () => {
    it("tags this very digest for this environment, with the manifest that the registry has", () => {
      const run = deploy();
      const put = lines(run.calls, "aws").find((line) => line.startsWith("ecr put-image"));
      assert.match(
        put ?? "",
        new RegExp(
          `^ecr put-image --repository-name slipway/shop --image-tag deployed\\.dev\\.${"a".repeat(64)} --image-digest ${digest} ` +
            "--image-manifest-media-type application/vnd\\.oci\\.image\\.manifest\\.v1\\+json --image-manifest file:\\S+ ",
        ),
      );
    });

    it("goes on where an earlier deployment has marked it", () => {
      const there = "echo 'An error occurred (ImageAlreadyExistsException)' >&2; exit 254";
      assert.equal(deploy({ "ecr put-image": there }).status, "SUCCEEDED");
    });

    for (const [what, answers, source, expected] of [
      [
        "the registry refuses the mark",
        { "ecr put-image": "echo 'An error occurred (AccessDeniedException)' >&2; exit 254" },
        {},
        "An error occurred (AccessDeniedException)",
      ],
      [
        "the registry has the image no more",
        { "ecr batch-get-image": `echo '{"images": [], "failures": [{"failureCode": "ImageNotFound"}]}'` },
        {},
        `slipway: the registry has no image ${digest} of shop any more. Nothing was deployed; release again from a new build.`,
      ],
      ...(
        [
          ["is another application's", { repository: released.repository.replace("shop", "bank") }],
          ["is named by tag", { digest: "latest" }],
        ] as const
      ).map(
        ([problem, change]) =>
          [
            `the image ${problem}`,
            {},
            { "image.json": JSON.stringify({ ...released, ...change }) },
            "slipway: image.json of the job before this one names no image of shop by digest. Nothing was deployed; release again from a new build.",
          ] as const,
      ),
    ] as const) {
      it(`deploys nothing when ${what}`, () => {
        const run = deploy(answers, source);
        assert.deepEqual(run.phases, { pre_build: "FAILED" });
        assert.ok(run.log.split("\n").includes(expected), run.log);
        assert.deepEqual(
          steps(run).filter((step) => step?.startsWith("ecs ")),
          [],
        );
      });
    }
  });
});
