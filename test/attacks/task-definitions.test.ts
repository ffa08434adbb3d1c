import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { cleanUp, runBuild } from "../support/buildspec-runner";
import { messages, partOf } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const web = { name: "web", image: "<set>", healthCheck: { command: ["CMD", "true"] } };
const task = (more: object) => ({ containerDefinitions: [web], ...more });
const container = (more: object) => ({ containerDefinitions: [{ ...web, ...more }] });
const platforms = "is not accepted; leave it out (roles, network, logs and registry are the platform's)";
const secret = (valueFrom: string) => container({ secrets: [{ name: "DB", valueFrom }] });
const arn = (name: string) => `arn:aws:secretsmanager:eu-west-1:222222222222:secret:${name}`;

function describeEcs(definition: object) {
  return runBuild({
    buildspec: partOf("image-ecs.yaml", [
      "allowed-images.json",
      "judge-task-definition.jq",
      "describe-ecs.sh",
    ]),
    source: { "task.json": JSON.stringify(definition) },
    environment: {
      SLIPWAY_APPLICATION: "shop",
      SLIPWAY_REPOSITORY_URI: "example.com/slipway/shop",
      SLIPWAY_CONTAINER_NAME: "web",
      SLIPWAY_TASK_DEFINITION: "task.json",
    },
  });
}

describe("A task definition may say what is listed and nothing else:", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  for (const key of [
    "taskRoleArn",
    "executionRoleArn",
    "pidMode",
    "ipcMode",
    "placementConstraints",
    "proxyConfiguration",
    "inferenceAccelerators",
    "enableFaultInjection",
    "tags",
    "aKeyThatAwsAddsOneDay",
  ]) {
    it(`${key} of the task is refused`, () => {
      assert.deepEqual(messages(describeEcs(task({ [key]: "evil" })).log), [
        `slipway: task.json has ${key}, which ${platforms}`,
      ]);
    });
  }

  for (const key of [
    "privileged",
    "logConfiguration",
    "firelensConfiguration",
    "environmentFiles",
    "repositoryCredentials",
    "credentialSpecs",
    "resourceRequirements",
    "dockerSecurityOptions",
    "systemControls",
    "volumesFrom",
    "extraHosts",
    "dnsServers",
    "links",
    "hostname",
    "aKeyThatAwsAddsOneDay",
  ]) {
    it(`${key} of a container is refused`, () => {
      assert.deepEqual(messages(describeEcs(container({ [key]: "evil" })).log), [
        `slipway: task.json container web: ${key} ${platforms}`,
      ]);
    });
  }

  for (const [what, definition, expected] of [
    ["another network", task({ networkMode: "host" }), "has networkMode host; the platform runs awsvpc"],
    [
      "the machine itself",
      task({ requiresCompatibilities: ["EC2"] }),
      'has requiresCompatibilities ["EC2"]; the platform runs FARGATE',
    ],
    [
      "another's file system",
      task({ volumes: [{ name: "bank", efsVolumeConfiguration: { fileSystemId: "fs-1" } }] }),
      "has volume bank with efsVolumeConfiguration; only empty volumes of the task's own are accepted, with a name and nothing else",
    ],
    [
      "the machine's files",
      task({ volumes: [{ name: "root", host: { sourcePath: "/" } }] }),
      "has volume root with host; only empty volumes of the task's own are accepted, with a name and nothing else",
    ],
    ["many processors", task({ cpu: "16384" }), "has cpu 16384; at most 4096 (4 vCPU)"],
    ["processors in words", task({ cpu: "16 vCPU" }), "has cpu 16 vCPU; at most 4096 (4 vCPU)"],
    ["much memory", task({ memory: "122880" }), "has memory 122880; at most 30720 (30 GiB)"],
    [
      "much disk",
      task({ ephemeralStorage: { sizeInGiB: 200 } }),
      "has ephemeralStorage 200; at most 100 GiB",
    ],
    [
      "a capability",
      container({ linuxParameters: { capabilities: { add: ["SYS_PTRACE"] } } }),
      "container web: linuxParameters.capabilities.add is not accepted; capabilities may only be dropped",
    ],
    [
      "a device",
      container({ linuxParameters: { devices: [] } }),
      "container web: linuxParameters.devices is not accepted; leave it out",
    ],
    [
      "another's secret",
      secret(arn("bank-dev/db-AbCdEf")),
      `container web: secret DB comes from ${arn("bank-dev/db-AbCdEf")}; only secrets of Secrets Manager below shop-<environment>/ are this application's`,
    ],
    [
      "a secret of which a neighbour is named first",
      secret(arn("bank-shop-dev/db")),
      `container web: secret DB comes from ${arn("bank-shop-dev/db")}; only secrets of Secrets Manager below shop-<environment>/ are this application's`,
    ],
    [
      "a parameter of Systems Manager",
      secret("/bank/db"),
      "container web: secret DB comes from /bank/db; only secrets of Secrets Manager below shop-<environment>/ are this application's",
    ],
    ["no containers", { containerDefinitions: {} }, "has no list containerDefinitions"],
  ] as const) {
    it(`${what} is refused`, () => {
      assert.deepEqual(messages(describeEcs(definition).log), [`slipway: task.json ${expected}`]);
    });
  }

  it("what a team needs is accepted", () => {
    const build = describeEcs({
      cpu: "1024",
      memory: "2048",
      runtimePlatform: { cpuArchitecture: "ARM64" },
      volumes: [{ name: "scratch" }],
      ephemeralStorage: { sizeInGiB: 30 },
      containerDefinitions: [
        {
          ...web,
          command: ["serve"],
          user: "65532",
          environment: [{ name: "A", value: "b" }],
          secrets: [{ name: "DB", valueFrom: `${arn("shop-dev/db-AbCdEf")}:password::` }],
          mountPoints: [{ sourceVolume: "scratch", containerPath: "/tmp" }],
          linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
        },
      ],
    });
    assert.equal(build.status, "SUCCEEDED", build.log);
  });
});
