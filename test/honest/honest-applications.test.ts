import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { readApplications } from "../../definitions/read";
import { buildspecSize } from "../../delivery/buildspec";
import { renderProblems } from "../../input/problem-text";
import { cleanUp } from "../support/buildspec-runner";
import { framework, honestWorld } from "../support/honest-world";
import { messages, skipWithoutTools } from "../support/job-steps";
import { definitions, type JobRun, runPipeline } from "../support/pipeline-runner";
import { platform } from "../support/platform";
import { skipWithout } from "../support/requirements";

const read = readApplications(definitions, platform, buildspecSize);
const applications = "value" in read ? read.value : [];

const folders: string[] = [];
after(() => {
  cleanUp();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The run of an application in one of whose files a text was replaced. */
function runWith(name: string, file: string, text: string, replacement: string): JobRun[] {
  const application = applications.find((one) => one.name === name) ?? assert.fail(name);
  const source = mkdtempSync(join(tmpdir(), "slipway-honest-"));
  folders.push(source);
  cpSync(join(__dirname, name), source, { recursive: true, verbatimSymlinks: true });
  const written = readFileSync(join(source, file), "utf8");
  assert.ok(written.includes(text), `${name}/${file} holds ${text}`);
  writeFileSync(
    join(source, file),
    written.replace(text, () => replacement),
  );
  return runPipeline(platform, application, source, honestWorld());
}

interface Mistake {
  readonly what: string;
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
  /** Where it is seen, and what is said there. */
  readonly job: string;
  readonly said: readonly string[];
}

const platformsOwn = "is not accepted; leave it out (roles, network, logs and registry are the platform's)";
const image = `111111111111.dkr.ecr.eu-west-1.amazonaws.com/slipway/status-page`;
const zeros = `sha256:${"0".repeat(64)}`;

/** What teams do at first, and what they read. */
const mistakes: readonly Mistake[] = [
  {
    what: "a role without the boundary",
    name: "orders-api",
    file: "service/serverless.yml",
    text: "permissionsBoundary:\n        Fn::Sub: arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/slipway/slipway-boundary",
    replacement: "path: /",
    job: "orders-api-main-publish",
    said: [
      "slipway: in the package for dev: IamRoleLambdaExecution has no permissions boundary, so the environment refuses it",
    ],
  },
  {
    what: "a worker without an API, so that nobody can ask whether it lives",
    name: "invoice-worker",
    file: "serverless.yml",
    text: "    events:\n      - httpApi: GET /status\n",
    replacement: "",
    job: "invoice-worker-deploy-dev",
    said: [
      'slipway: the stack\'s output HttpApiUrl or ServiceEndpoint is "none", which is no address of an API of invoice-worker-dev.',
      "slipway: its APIs are: none. Give the output the API's own address, as the framework does, with at most a stage behind it.",
    ],
  },
  {
    what: "Docker's usual first line",
    name: "link-shortener",
    file: "deploy/Dockerfile",
    text: "# check=error=true",
    replacement: "# syntax=docker/dockerfile:1",
    job: "link-shortener-main-image",
    said: [
      "slipway: deploy/Dockerfile begins with a syntax or escape directive. The platform builds with Docker's own frontend: leave it out.",
    ],
  },
  {
    what: "a container as the console writes it, with roles and logs",
    name: "billing-portal",
    file: "backend/ecs/task-definition.json",
    text: '"essential": true,',
    replacement: '"essential": true, "logConfiguration": { "logDriver": "awslogs" }, "environmentFiles": [],',
    job: "billing-portal-main-image",
    said: ["environmentFiles", "logConfiguration"].map(
      (key) => `slipway: backend/ecs/task-definition.json container portal: ${key} ${platformsOwn}`,
    ),
  },
  {
    what: "an image by the tag of the chart's version, as `helm create` writes it",
    name: "status-page",
    file: "deploy/chart/templates/deployment.yaml",
    text: "{{ .Values.image.repository }}@{{ .Values.image.digest }}",
    replacement: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}",
    job: "status-page-main-image",
    said: [
      `Deployment status-page: container status-page: image ${image}:3.0.1 is not named by digest`,
      `no container runs ${image}@${zeros}: let a workload of the chart use image.repository and image.digest`,
    ].map((sentence) => `slipway: deploy/chart/values-dev.yaml: ${sentence}`),
  },
  {
    what: "a base image by tag",
    name: "status-page",
    file: "Dockerfile",
    text: "FROM node:22-alpine@sha256:dbcedd8aeab47fbc0f4dd4bffa55b7c3c729a707875968d467aaaea42d6225af\nENV",
    replacement: "FROM node:22-alpine\nENV",
    job: "status-page-main-image",
    said: [
      "slipway: Dockerfile takes what can change without notice:",
      "  docker-image://docker.io/library/node:22-alpine",
      "slipway: write images as name@sha256:<64 digits>, downloads as ADD --checksum=sha256:<64 digits> https://…; copy Git sources in.",
    ],
  },
  {
    what: "pods that may run as root, with the token of the default service account",
    name: "report-runner",
    file: "chart/templates/_pod.tpl",
    text: "automountServiceAccountToken: false\nsecurityContext: &restricted\n  runAsNonRoot: true\n",
    replacement: "securityContext:\n",
    job: "report-runner-main-image",
    said: [
      ["StatefulSet report-runner-cache", "cache", "warm-up"],
      ["CronJob report-runner-nightly", "nightly"],
    ].flatMap(([title = "", ...containers]) =>
      [
        "the namespace's default service account is used: say automountServiceAccountToken: false, or name a ServiceAccount of this chart",
        ...containers.map((name) => `container ${name}: runAsNonRoot is not true, here or for the pod`),
      ].map((sentence) => `slipway: chart/values-dev.yaml: ${title}: ${sentence}`),
    ),
  },
];

describe("Honest applications", function () {
  before(function () {
    skipWithout(this, "bash", "jq", "tar", "zip", "unzip");
    skipWithoutTools(this, "gitleaks", "helm", "kubeconform", "yq", "buildkit-sources");
    if (existsSync(join(framework, ".bin/osls"))) return;
    console.log("      skipped: run npm ci in examples/hello-world first");
    this.skip();
  });

  it("have definitions that the platform accepts, together", () => {
    assert.equal("problems" in read ? renderProblems(read.problems) : "", "");
    assert.deepEqual(
      applications.map(({ name, deployment }) => `${name}: ${deployment.kind}`),
      [
        "billing-portal: ecs",
        "invoice-worker: serverless",
        "link-shortener: ecs",
        "orders-api: serverless",
        "report-runner: kubernetes",
        "status-page: kubernetes",
      ],
    );
  });

  for (const application of applications)
    it(`${application.name} passes every gate of every job`, () => {
      const runs = runPipeline(platform, application, join(__dirname, application.name), honestWorld());
      for (const { project, build } of runs)
        assert.equal(build.status, "SUCCEEDED", `${project}:\n${build.log}`);
      assert.equal(runs.length, 2 + (application.tracks[0]?.environments.length ?? 0));
    });

  for (const { what, name, file, text, replacement, job, said } of mistakes)
    it(`${name} is told of ${what}`, () => {
      const { project, build } = runWith(name, file, text, replacement).at(-1) ?? assert.fail();
      assert.equal(build.status, "FAILED", build.log);
      assert.equal(project, job, build.log);
      assert.deepEqual(messages(build.log), said);
    });
});
