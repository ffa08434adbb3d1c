import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  edited,
  platform,
  problemsHere,
  test,
  testMessages,
  type FaultyFile,
} from "../support/application-files";
import type { Environment } from "../../settings/settings";
import { dev, prod } from "../support/platform";
import { inFolder } from "../support/settings";

/** What must hold within an application file, and between it and the platform. */
const cases: readonly FaultyFile[] = [
  [
    "tests whose buildspec is longer than CodeBuild takes",
    edited(["[python -m pytest]", `[${"echo 0123456789, ".repeat(1350)}python -m pytest]`]),
    "6:3: test: the buildspec of these commands has 28,571 characters; CodeBuild takes 25,600.",
    "  Move the commands into a script in the application's repository, and call that.",
  ],
  [
    "a name that is not the file's",
    edited(["name: shop", "name: store"]),
    '1:7: name: "store" is not the file\'s name, "shop".',
    "  Rename the file to store.yaml, or the application to shop.",
  ],
  [
    "capabilities of another kind, or twice the same",
    edited(["[dynamodb]", "[dynamodb, lambda, dynamodb]"]),
    '13:26: capabilities[1]: "lambda" is not for kind ecs.',
    "  Allowed for kind ecs: dynamodb, sqs, secrets.",
    "",
    '13:34: capabilities[2]: "dynamodb" is listed twice.',
    "  Remove one.",
  ],
  [
    "two reports of one name",
    edited(["JUNITXML }", "JUNITXML }\n    - { name: unit, file: reports/b.xml, format: CLOVERXML }"]),
    '9:15: test.reports[1].name: another report is called "unit" already.',
    "  Give each report a name of its own.",
  ],
  [
    "a track that nothing starts",
    edited(["    branches: [main]\n", ""]),
    "15:5: tracks[0] is started by nothing.",
    '  Add branches, for example branches: [main], or tags, for example tags: ["v*"].',
  ],
  [
    "tags together with branches and paths",
    edited(["branches: [main]", "branches: [main]\n    paths: [src/**]\n    excludeTags: [rc*]"]),
    "18:5: tracks[0] filters tags together with branches and paths.",
    "  CodePipeline takes tags alone: make a track for the tags and another one for the rest.",
  ],
  [
    "paths without branches",
    edited(["branches: [main]", "paths: [src/**]"]),
    "16:5: tracks[0] filters paths without branches.",
    "  Add the branches that are meant, for example branches: [main].",
  ],
  [
    "two tracks of one name",
    edited(["- name: prod", "- name: main"]),
    '18:11: tracks[1].name: another track is called "main" already.',
    "  Give each track a name of its own.",
  ],
  [
    "a track that is called like the pipeline of pull requests",
    edited(["- name: prod", "- name: pr"]),
    '18:11: tracks[1].name: "pr" is reserved for the pipeline of pull requests.',
    "  Give the track another name.",
  ],
  [
    "a track that is called like the jobs that deploy",
    edited(["- name: prod", "- name: deploy"]),
    '18:11: tracks[1].name: "deploy" is reserved for the jobs that deploy.',
    "  Give the track another name.",
  ],
  [
    "a branch that starts two tracks",
    edited(["branches: [prod]", 'branches: ["m*"]']),
    '18:5: tracks[1]: the branch "main" starts this track and the track main.',
    "  Exclude it from one of them, or lead one track to all environments.",
  ],
  [
    "patterns under which one branch starts two tracks",
    edited(["branches: [main]", 'branches: ["release/*"]'], ["branches: [prod]", 'branches: ["**"]']),
    '18:5: tracks[1]: the branch "release/x" starts this track and the track main.',
    "  Exclude it from one of them, or lead one track to all environments.",
  ],
  [
    "a tag that starts two tracks",
    edited(["branches: [main]", 'tags: ["v*"]'], ["branches: [prod]", 'excludeTags: ["rc*"]']),
    '18:5: tracks[1]: the tag "vx" starts this track and the track main.',
    "  Exclude it from one of them, or lead one track to all environments.",
  ],
  [
    "two ways into one environment",
    edited(["environments: [prod]", "environments: [dev]"]),
    '20:20: tracks[1].environments[0]: a release reaches "dev" twice.',
    "  Lead to each environment once, over all tracks: two ways into one would overwrite each other.",
  ],
  [
    "an environment that does not exist",
    edited(["environments: [dev]", "environments: [develop]"]),
    '17:20: tracks[0].environments[0]: "develop" is not an environment.',
    "  Did you mean dev?",
    "  Allowed: dev, test, prod.",
  ],
  [
    "environments out of order",
    edited(
      ["environments: [dev]", "environments: [prod, dev]"],
      ["  - name: prod\n    branches: [prod]\n    environments: [prod]\n", ""],
    ),
    '17:26: tracks[0].environments[1]: "dev" comes after "prod", but before it in the platform\'s order.',
    "  Order of the environments: dev, test, prod.",
  ],
  [
    "an environment that cannot run this kind",
    edited(["environments: [dev]", "environments: [dev, test]"]),
    '17:25: tracks[0].environments[1]: "test" cannot run applications of kind ecs.',
    "  Environments that can: dev, prod.",
    "  To make it one, the platform team adds ecs to the environment in Pulumi.yaml.",
  ],
];

describe("application files: what is wrong is said with line, column, what is allowed and the remedy", () => {
  testMessages(cases);
});

describe("application files: regions", () => {
  const serverless = edited([
    "kind: ecs\n  containerName: web\n  taskDefinition: ecs/task-definition.json",
    "kind: serverless\n  healthPath: /",
  ]);
  const problemsWith = (environments: readonly Environment[]): string =>
    inFolder({ "applications/shop.yaml": serverless }, () => problemsHere({ ...platform, environments }));

  it("refuse functions in a region other than that of the artifacts", () => {
    assert.equal(
      problemsWith([dev, test, { ...prod, region: "us-east-1" }]),
      'applications/shop.yaml:19:20: tracks[1].environments[0]: "prod" is in us-east-1, and functions take their code from the pipelines\' region, eu-west-1.\n  Environments that are there: dev, test.',
    );
  });

  it("accept them in the same", () => {
    assert.equal(problemsWith([dev, test, prod]), "");
  });
});
