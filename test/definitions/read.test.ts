import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import type { Application, Patterns } from "../../definitions/application";
import { readApplications } from "../../definitions/read";
import { buildspecSize } from "../../delivery/buildspec";
import type { Environment, Platform } from "../../settings/settings";
import { renderProblems } from "../../input/problem-text";
import { dev, platform as small, prod } from "../support/platform";
import { type Files, inFolder } from "../support/settings";

const test: Environment = {
  name: "test",
  accountId: "333333333333",
  region: "eu-west-1",
  production: false,
};
const platform: Platform = { ...small, environments: [dev, test, prod] };

const shop = `name: shop
repository: example-org/shop
notifications: [shop@example.com]
test:
  runtimes: { python: "3.13" }
  commands: [python -m pytest]
  reports:
    - { name: unit, file: reports/junit.xml, format: JUNITXML }
deployment:
  kind: ecs
  containerName: web
  taskDefinition: ecs/task-definition.json
capabilities: [dynamodb]
tracks:
  - name: main
    branches: [main]
    environments: [dev]
  - name: prod
    branches: [prod]
    environments: [prod]
`;

/** The file above with texts replaced. */
function edited(...edits: readonly (readonly [text: string, replacement: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), `the file holds ${from}`);
    return text.replace(from, () => to);
  }, shop);
}

function named(name: string): string {
  return shop.replaceAll("shop", name);
}

/** Problems of the application files here, as text. */
function problemsHere(platform: Platform | undefined): string {
  const read = readApplications("applications", platform, buildspecSize);
  return "problems" in read ? renderProblems(read.problems) : "";
}

/** The applications here, which are right. */
function applicationsHere(): readonly Application[] {
  const read = readApplications("applications", platform, buildspecSize);
  assert.ok("value" in read, "problems" in read ? renderProblems(read.problems) : "");
  return read.value;
}

function problemsOf(files: Files, prepare: () => void = () => undefined): string {
  return inFolder(files, () => {
    prepare();
    return problemsHere(platform);
  });
}

/** Problems of one application file called shop.yaml. */
function problemsIn(text: string): string {
  return problemsOf({ "applications/shop.yaml": text });
}

const nameFormat =
  "  Allowed: small letters, digits and single hyphens between them, a letter first, at most 40 characters.";
const pathFormat =
  "  Allowed: a path from the repository's root, with letters, digits and . _ @ + - between slashes, without ..";
const globFormat =
  "  Allowed: * within a folder, ** across folders, ? for one character, [a-z], {one,other}; \\ before a character that is meant itself.";
const keys =
  "  Allowed: name, repository, notifications, test, deployment, capabilities, tracks, pullRequests.";
const renewed =
  "  Take it out, make it invalid where it was issued, and keep its successor in AWS Secrets Manager.";
const trackKeys =
  "  Allowed: name, branches, excludeBranches, paths, excludePaths, tags, excludeTags, environments.";

type Case = readonly [name: string, text: string, ...expected: string[]];

const shapes: readonly Case[] = [
  ["an empty file", "", "1:1: Nothing is written here; a map of keys is wanted."],
  ["a list", "- 1", "1:1: [1] is a list; a map of keys is wanted."],
  [
    "keys that nothing reads, and keys that are missing",
    edited(
      ["repository:", "repo:"],
      ["containerName:", "containername:"],
      ["environments: [dev]", "enviroments: [dev]"],
    ),
    "1:1: repository is missing.",
    "  Wanted: Repository behind the source connection: owner/name.",
    "",
    '2:1: "repo" is not a known key.',
    "  Did you mean repository?",
    keys,
    "",
    "10:3: deployment.containerName is missing.",
    "  Wanted: Name of the container in the task definition that gets the built image.",
    "",
    '11:3: "containername" is not a known key of deployment.',
    "  Did you mean containerName?",
    "  Allowed: kind, dockerfile, context, containerName, taskDefinition, desiredCount.",
    "",
    "15:5: tracks[0].environments is missing.",
    "  Wanted: Names of the environments that a release passes through, in the platform's order.",
    "",
    '17:5: "enviroments" is not a known key of tracks[0].',
    "  Did you mean environments?",
    trackKeys,
  ],
  [
    "keys that JavaScript knows and the file format does not",
    `${shop}__proto__: { a: 1 }\nconstructor: 1\n? { a: b }\n: 1\n`,
    '1:1: "{ a: b }" is not a known key.',
    keys,
    "",
    '21:1: "__proto__" is not a known key.',
    keys,
    "",
    '22:1: "constructor" is not a known key.',
    keys,
  ],
  [
    "a kind of deployment that does not exist",
    edited(["kind: ecs", "kind: esc"]),
    '10:9: deployment.kind: "esc" is not allowed here.',
    "  Did you mean ecs?",
    "  Allowed: serverless, ecs, kubernetes.",
  ],
  [
    "no kind of deployment",
    edited(["  kind: ecs\n", ""]),
    "10:3: deployment.kind is missing.",
    "  Allowed: serverless, ecs, kubernetes.",
  ],
  [
    "a key of another kind of deployment",
    edited(["taskDefinition:", "healthPath: /\n  taskDefinition:"]),
    '12:3: "healthPath" is not a known key of deployment.',
    "  Allowed: kind, dockerfile, context, containerName, taskDefinition, desiredCount.",
  ],
  [
    "a name that cannot be one",
    edited(["name: shop", "name: Shop_1"]),
    '1:7: name: "Shop_1" is not the name of an application.',
    nameFormat,
  ],
  [
    "a version that YAML takes for a number",
    edited(['"3.13"', "3.10"]),
    "5:23: test.runtimes.python: 3.1 is not allowed here.",
    "  Write it in quotes: YAML reads it as something else than text.",
    "  Allowed: 3.10, 3.11, 3.12, 3.13, 3.14.",
  ],
  [
    "a runtime and a version that the build image has not",
    edited(['{ python: "3.13" }', '{ pyton: "3.13", nodejs: "16" }']),
    '5:15: "pyton" is not a known key of test.runtimes.',
    "  Did you mean python?",
    "  Allowed: dotnet, golang, java, nodejs, php, python, ruby, rust.",
    "",
    '5:38: test.runtimes.nodejs: "16" is not allowed here.',
    "  Allowed: 22, 24.",
  ],
  [
    "a repository with a URL around it",
    edited(["example-org/shop", "https://github.com/example-org/shop"]),
    '2:13: repository: "https://github.com/example-org/shop" is not a repository.',
    "  Allowed: owner/name as the source provider shows it, without a URL around it.",
  ],
  [
    "e-mail addresses that are none, or twice the same",
    edited(["[shop@example.com]", "[nobody, a@example.com, a@example.com]"]),
    '3:17: notifications[0]: "nobody" is not an e-mail address.',
    "  Allowed: an address such as team@example.com.",
    "",
    '3:40: notifications[2]: "a@example.com" is listed twice.',
    "  Remove one.",
  ],
  [
    "no test command",
    edited(["[python -m pytest]", "[]"]),
    "6:13: test.commands: The list has no entries; at least 1 entry is wanted.",
  ],
  [
    "an empty test command",
    edited(["[python -m pytest]", '["  "]']),
    '6:14: test.commands[0]: "  " is not a command.',
  ],
  [
    "a value left out",
    edited(["[python -m pytest]", ""]),
    "6:13: test.commands: Nothing is written here; a list is wanted.",
  ],
  [
    "paths that lead out of the repository, or into a shell",
    edited(
      ["reports/junit.xml", "/etc/passwd"],
      ["kind: ecs", "kind: ecs\n  dockerfile: a/../../x\n  context: $(rm)"],
    ),
    '8:27: test.reports[0].file: "/etc/passwd" is not a path inside the repository.',
    pathFormat,
    "",
    '11:15: deployment.dockerfile: "a/../../x" is not a path inside the repository.',
    pathFormat,
    "",
    '12:12: deployment.context: "$(rm)" is not a path inside the repository.',
    pathFormat,
  ],
  [
    "numbers out of range, or no whole numbers",
    edited(["kind: ecs", "kind: ecs\n  desiredCount: 0"]),
    "11:17: deployment.desiredCount: 0 is out of range; at least 1 is wanted.",
  ],
  [
    "a number in quotes",
    edited(["kind: ecs", 'kind: ecs\n  desiredCount: "2"']),
    '11:17: deployment.desiredCount: "2" is text; a number is wanted.',
  ],
  [
    "half a task",
    edited(["kind: ecs", "kind: ecs\n  desiredCount: 2.5"]),
    "11:17: deployment.desiredCount: 2.5 is a number; a whole number is wanted.",
  ],
  [
    "globs that AWS refuses or that never match",
    edited([
      "branches: [main]",
      'branches: ["rel{a", "a[", "a{b,{c}}", "", "refs/heads/x", "!x", "x\\\\", "[z-a]"]',
    ]),
    '16:16: tracks[0].branches[0]: "rel{a" has a { without its }.',
    globFormat,
    "",
    '16:25: tracks[0].branches[1]: "a[" has a [ without its ].',
    globFormat,
    "",
    '16:31: tracks[0].branches[2]: "a{b,{c}}" has a { inside { }; groups cannot be nested.',
    globFormat,
    "",
    '16:43: tracks[0].branches[3]: "" matches nothing.',
    "  Allowed: a glob pattern such as main, release/** or src/*.py.",
    "",
    '16:47: tracks[0].branches[4]: "refs/heads/x" never matches.',
    "  Write the branch's name alone: main, not refs/heads/main.",
    "",
    '16:63: tracks[0].branches[5]: "!x" begins with !, which excludes nothing.',
    "  Move it to the key that begins with exclude.",
    "",
    '16:69: tracks[0].branches[6]: "x\\\\" ends in a backslash that escapes nothing.',
    globFormat,
    "",
    '16:76: tracks[0].branches[7]: "[z-a]" has the range z-a, whose end comes before its beginning.',
    globFormat,
  ],
  [
    "paths that are not relative to the repository's root",
    edited(["branches: [main]", "branches: [main]\n    paths: [/src/**, ./docs/**]"]),
    '17:13: tracks[0].paths[0]: "/src/**" never matches.',
    "  Write the path from the repository's root without a slash before it: src/**.",
    "",
    '17:22: tracks[0].paths[1]: "./docs/**" never matches.',
    "  Write the path from the repository's root without a slash before it: src/**.",
  ],
  [
    "more than eight patterns",
    edited(["branches: [main]", "branches: [a, b, c, d, e, f, g, h, i]"]),
    "16:15: tracks[0].branches: The list has 9 entries; at most 8 entries are wanted.",
  ],
  [
    "a pattern of more than 255 characters",
    edited(["branches: [main]", `branches: [${"x".repeat(256)}]`]),
    `16:16: tracks[0].branches[0]: "${"x".repeat(118)}… has 256 characters.`,
    "  Allowed: at most 255.",
  ],
  [
    "a credential, whose value is never repeated",
    edited(["[python -m pytest]", "[curl -H ghp_0123456789abcdefghijABCDEFGHIJ012345]"]),
    "6:14: test.commands[0] holds a GitHub token in plain text.",
    renewed,
  ],
  [
    "the credential of a variable that AWS's tools read, also where it looks like any word",
    edited([
      "[python -m pytest]",
      '["export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AWS_SESSION_TOKEN=\'abcdefghijklmnopqrstuvwxyz\' make", AWS_SECRET_ACCESS_KEY=testing make, AWS_SECRET_ACCESS_KEY=$THE_KEY_OF_THIS_JOB make]',
    ]),
    "6:14: test.commands[0] holds an AWS secret access key in plain text.",
    renewed,
    "",
    "6:87: test.commands[1] holds an AWS secret access key or session token in plain text.",
    renewed,
  ],
  [
    "credentials in other places than commands, keys among them",
    edited(
      ["[shop@example.com]", '["xoxb-0123456789-abcdef"]'],
      ["  runtimes:", "  install: [pip install --index-url https://me:hunter2@example.com x]\n  runtimes:"],
      [
        "capabilities:",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345: { a b: ghp_0123456789abcdefghijABCDEFGHIJ012345 }\ncapabilities:",
      ],
    ),
    "3:17: notifications[0] holds a Slack token in plain text.",
    renewed,
    "",
    '3:17: notifications[0]: "(hidden)" is not an e-mail address.',
    "  Allowed: an address such as team@example.com.",
    "",
    "5:13: test.install[0] holds a URL with a password in plain text.",
    renewed,
    "",
    "14:1: A key holds a GitHub token in plain text.",
    renewed,
    "",
    '14:1: "(hidden)" is not a known key.',
    keys,
    "",
    '14:50: (hidden)["a b"] holds a GitHub token in plain text.',
    renewed,
  ],
];

const rules: readonly Case[] = [
  [
    "tests whose buildspec is longer than CodeBuild takes",
    edited(["[python -m pytest]", `[${"echo 0123456789, ".repeat(1200)}python -m pytest]`]),
    "6:3: test: the buildspec of these commands has 29,044 characters; CodeBuild takes 25,600.",
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

const yaml: readonly Case[] = [
  [
    "a bracket that is not closed, said once",
    "name: shop\ntest: {commands: [a\n",
    "3:1: This is not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ].",
  ],
  [
    "a tab as indentation",
    "test:\n\tx: 1\n",
    "2:1: This is not valid YAML: tabs are not allowed as indentation.",
  ],
  [
    "keys written twice",
    edited(["capabilities:", "repository: example-org/shop\ncapabilities:"]),
    "13:1: The same key stands here a second time.",
    "  Keep one of the two.",
  ],
  ["more than one document", "name: a\n---\nname: b\n", "2:1: This file holds more than one document."],
  [
    "a tag of another program",
    "name: !secret shop\n",
    "1:7: This is not valid YAML: unresolved tag: !secret.",
  ],
  [
    "an alias without its anchor, as text that begins with a star becomes one",
    edited(["branches: [main]", "branches: [*-stable]"]),
    '16:16: The alias "*-stable" has no anchor before it.',
    "  Write &-stable before the value that is meant, or quotes around text that begins with *.",
  ],
];

describe("application files: what is wrong is said with line, column, what is allowed and the remedy", () => {
  for (const [name, text, ...expected] of [...shapes, ...rules, ...yaml]) {
    it(name, () => {
      const lines = expected.map((line) => (/^\d/.test(line) ? `applications/shop.yaml:${line}` : line));
      assert.equal(problemsIn(text), lines.join("\n"));
    });
  }

  it("brackets without end, whose depth ends the stack somewhere", () => {
    const text = `name: ${"[".repeat(10_000)}`;
    assert.match(
      problemsIn(text),
      /^applications\/shop\.yaml:1:\d+: This is not valid YAML: brackets are nested too deep\.$/,
    );
  });

  it("aliases that multiply", () => {
    const list = (anchor: string, alias: string): string =>
      `${anchor}: &${anchor} [${`${alias}, `.repeat(10)}]\n`;
    assert.equal(
      problemsIn(list("a", "x") + list("b", "*a") + list("c", "*b") + list("d", "*c")),
      "in applications/shop.yaml: This file repeats itself through too many aliases.\n  Write the values out.",
    );
  });

  it("an application's name that is too long", () => {
    const name = "a".repeat(41);
    assert.equal(
      problemsOf({ [`applications/${name}.yaml`]: named(name) }),
      `applications/${name}.yaml:1:7: name: "${name}" has 41 characters, too many for the name of an application.\n${nameFormat}`,
    );
  });
});

describe("application files: several of them", () => {
  const overlap = (name: string, suffix: string): string =>
    [
      `applications/${name}.yaml:1:7: name: "${name}" reads like ${suffix} of the application "shop".`,
      `  What is called shop-${suffix}… belongs to shop, so grants of the two would overlap.`,
      "  Rename one of the two applications.",
    ].join("\n");

  for (const [name, suffix] of [
    ["shop-dev", "dev"],
    ["shop-dev-api", "dev"],
    ["shop-main", "main"],
    ["shop-task", "task"],
    ["shop-task-execution", "task"],
    ["shop-deploy-x", "deploy"],
    ["shop-approver", "approver"],
  ] as const) {
    it(`refuse ${name} beside shop, whichever of the two is read first`, () => {
      const files = { "applications/shop.yaml": shop, [`applications/${name}.yaml`]: named(name) };
      assert.equal(problemsOf(files), overlap(name, suffix));
    });
  }

  it("refuse names that only an environment of several words brings together", () => {
    const files = { "applications/shop.yaml": shop, "applications/shop-web.yaml": named("shop-web") };
    const environments = [dev, { ...test, name: "web-task" }, prod];
    assert.equal(
      inFolder(files, () => problemsHere({ ...platform, environments })),
      [
        'applications/shop-web.yaml:1:7: name: "shop-web" and "shop" would both own names that begin with shop-web-task-',
        "  Rename one of the two applications, so that their grants do not overlap.",
      ].join("\n"),
    );
  });

  for (const name of ["shop-api", "shop-develop", "shopdev", "dev", "shop-tasks"]) {
    it(`accept ${name} beside shop`, () => {
      assert.equal(
        problemsOf({ "applications/shop.yaml": shop, [`applications/${name}.yaml`]: named(name) }),
        "",
      );
    });
  }

  it("refuse one name in two files", () => {
    assert.equal(
      problemsOf({ "applications/shop.yaml": shop, "applications/store.yaml": shop }),
      [
        'applications/store.yaml:1:7: name: "shop" is not the file\'s name, "store".',
        "  Rename the file to shop.yaml, or the application to store.",
        "",
        'applications/store.yaml:1:7: name: another application is called "shop" already.',
        "  Give each application a name of its own.",
      ].join("\n"),
    );
  });

  it("refuse two applications whose pipelines would have one name", () => {
    const files = {
      "applications/shop.yaml": edited(["- name: main", "- name: web-main"]),
      "applications/shop-web.yaml": named("shop-web"),
    };
    assert.equal(
      problemsOf(files),
      [
        'applications/shop.yaml:15:11: The pipeline "shop-web-main" would belong to shop and to shop-web.',
        "  Rename one of the two tracks or applications.",
      ].join("\n"),
    );
  });

  it("say all faults of all files at once, in the order of the files and their lines", () => {
    const files = {
      "applications/b.yaml": named("b").replace("[prod]\n", "[nowhere]\n").replace("kind: ecs", "kind: esc"),
      "applications/a.yaml": named("a").replace("environments: [dev]", "environments: [nowhere]"),
    };
    const places = [...problemsOf(files).matchAll(/^\S+?:\d+/gm)].map(([place]) => place);
    assert.deepEqual(places, ["applications/a.yaml:17", "applications/b.yaml:10"]);
  });

  for (const name of ["default", "kube-system", "kube", "slipway", "slipway-tools"]) {
    it(`refuse the name ${name}, which belongs to the cluster or the platform`, () => {
      assert.equal(
        problemsOf({ [`applications/${name}.yaml`]: named(name) }),
        [
          `applications/${name}.yaml:1:7: name: "${name}" is reserved.`,
          "  Not allowed: default, kube, slipway and names that begin with kube- or slipway-.",
        ].join("\n"),
      );
    });
  }
});

describe("application files: roles of the platform", () => {
  function problemsBeside(changes: Partial<Platform>): string {
    return inFolder({ "applications/shop.yaml": shop }, () => problemsHere({ ...platform, ...changes }));
  }

  for (const role of ["shop", "Shop-Deploy", "shop-dev-admin", "shop-task"]) {
    it(`refuse an application that the role ${role} seems to belong to`, () => {
      assert.equal(
        problemsBeside({ platformRole: role }),
        `applications/shop.yaml:1:7: name: the role "${role}" (slipway:platformRole) is called as if it belonged to "shop".\n  Rename the application or the role.`,
      );
    });
  }

  it("include those of clusters' nodes", () => {
    const eks = { cluster: "c", nodeRole: "shop-prod" };
    assert.equal(
      problemsBeside({ environments: [{ ...dev, eks }, test, prod] }),
      'applications/shop.yaml:1:7: name: the role "shop-prod" (eks.nodeRole of dev) is called as if it belonged to "shop".\n  Rename the application or the role.',
    );
  });

  it("may begin with an application's name otherwise", () => {
    assert.equal(problemsBeside({ platformRole: "shop-platform", breakGlassRole: "shopping" }), "");
  });
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

describe("application files: the folder", () => {
  const wanted = "  Wanted: a folder with one file for each application, <name>.yaml.";

  it("is not there", () => {
    assert.equal(problemsOf({}), `in applications: There is no folder here that can be read.\n${wanted}`);
  });

  it("holds no application", () => {
    assert.equal(
      problemsOf({ "applications/application.schema.json": "{}" }),
      `in applications: This folder holds no application.\n${wanted}`,
    );
  });

  it("holds files that are not read because of their names, and a folder", () => {
    const files = {
      "applications/notes.txt": "x",
      "applications/shop.yml": shop,
      "applications/store.YAML": shop,
      "applications/team/web.yaml": named("web"),
      "applications/web.json": "{}",
      "applications/web.yaml": named("web"),
      "applications/web.yaml~": named("web"),
    };
    const allowed = (file: string): string =>
      `in applications/${file}: This file is not read.\n` +
      "  Move it out of applications: beside applications, <name>.yaml, there may be application.schema.json, README files and hidden files.";
    const renamed = (file: string, name: string): string =>
      `in applications/${file}: This file is not read.\n  Rename it to ${name}.yaml, or move it out of applications.`;
    assert.equal(
      problemsOf(files),
      [
        allowed("notes.txt"),
        renamed("shop.yml", "shop"),
        renamed("store.YAML", "store"),
        "in applications/team: This folder is not read.\n" +
          "  Move its application files into applications itself, and anything else out of it.",
        renamed("web.json", "web"),
        allowed("web.yaml~"),
      ].join("\n\n"),
    );
  });

  it("cannot be listed", () => {
    assert.equal(
      problemsOf({}, () => {
        symlinkSync("applications", "applications");
      }),
      `in applications: There is no folder here that can be read: it is a symbolic link that leads back to itself.\n${wanted}`,
    );
  });

  it("holds files that are no text: a folder, links into nowhere and in a circle", () => {
    const prepare = (): void => {
      mkdirSync("applications/a.yaml", { recursive: true });
      symlinkSync("c.yaml", "applications/b.yaml");
      symlinkSync("b.yaml", "applications/c.yaml");
      symlinkSync("nowhere", "applications/d.yaml");
      writeFileSync("applications/e.yaml", Buffer.from([0x6e, 0xff, 0xfe]));
    };
    assert.equal(
      problemsOf({}, prepare),
      [
        "in applications/a.yaml: This is a folder; a YAML file is wanted.",
        "in applications/b.yaml: This file cannot be read: it is a symbolic link that leads back to itself.",
        "in applications/c.yaml: This file cannot be read: it is a symbolic link that leads back to itself.",
        "in applications/d.yaml: This file cannot be read: there is no such file, or it is a symbolic link that leads nowhere.",
        "in applications/e.yaml: This file is not UTF-8 text.\n  Save it in the encoding UTF-8.",
      ].join("\n\n"),
    );
  });

  it("holds a file of a megabyte, which is one problem", () => {
    assert.equal(
      problemsIn(`${shop}#${"x".repeat(1 << 20)}`),
      "in applications/shop.yaml: This file is 1025 KiB long; nobody writes as much by hand.\n  Allowed: at most 256 KiB.",
    );
  });

  it("may hold hidden files and folders, READMEs, the schema, links to files, and a byte order mark", () => {
    const prepare = (): void => {
      writeFileSync("applications/.draft.yaml", "no: application");
      mkdirSync("applications/.drafts");
      for (const name of ["README", "README.md", "readme.de.md", "application.schema.json"])
        writeFileSync(`applications/${name}`, "{}");
      symlinkSync("../shop.yaml", "applications/shop.yaml");
    };
    assert.equal(
      problemsOf({ "shop.yaml": `\uFEFF${shop}`, "applications/web.yaml": named("web") }, prepare),
      "",
    );
  });
});

describe("application files: what is read", () => {
  it("has every default filled in", () => {
    const text = `name: web
repository: group/subgroup/web
test: { commands: [make test] }
deployment: { kind: serverless, healthPath: / }
tracks:
  - { name: main, branches: [main], excludePaths: [docs/**], environments: [dev] }
`;
    const applications = inFolder({ "applications/web.yaml": text }, applicationsHere);
    assert.deepEqual(applications, [
      {
        name: "web",
        repository: "group/subgroup/web",
        notifications: [],
        test: { runtimes: {}, install: [], commands: ["make test"], reports: [] },
        deployment: { kind: "serverless", directory: ".", healthPath: "/" },
        capabilities: [],
        tracks: [
          {
            name: "main",
            trigger: {
              branches: { includes: ["main"], excludes: [] },
              paths: { includes: [], excludes: ["docs/**"] },
              tags: { includes: [], excludes: [] },
            },
            environments: ["dev"],
          },
        ],
      },
    ]);
  });

  it("is every pattern of a track, what starts it apart from what never does", () => {
    const text = edited(
      [
        "branches: [main]",
        "branches: [b]\n    excludeBranches: [no-b]\n    paths: [p]\n    excludePaths: [no-p]",
      ],
      ["branches: [prod]", "tags: [t]\n    excludeTags: [no-t]"],
    );
    const applications = inFolder({ "applications/shop.yaml": text }, applicationsHere);
    const words = ({ includes, excludes }: Patterns): string => `${includes.join()} but ${excludes.join()}`;
    assert.deepEqual(
      applications.flatMap(({ tracks }) =>
        tracks.map(({ trigger: { branches, paths, tags } }) => [branches, paths, tags].map(words)),
      ),
      [
        ["b but no-b", "p but no-p", " but "],
        [" but ", " but ", "t but no-t"],
      ],
    );
  });

  it("is the shipped applications, sorted by name, with the triggers and environments of the mission", () => {
    const folder = join(__dirname, "../../applications");
    const names = ["backend-flask", "hello-world", "sso-dashboard"];
    const files = Object.fromEntries(
      names.map((name) => [`applications/${name}.yaml`, readFileSync(join(folder, `${name}.yaml`), "utf8")]),
    );
    const applications = inFolder(files, applicationsHere);
    assert.deepEqual(
      applications.map(({ name, deployment, tracks }) => [
        name,
        deployment.kind,
        ...tracks.map(
          ({ trigger, environments }) => `${trigger.branches.includes.join()}: ${environments.join()}`,
        ),
      ]),
      [
        ["backend-flask", "ecs", "main: dev", "prod: prod"],
        ["hello-world", "serverless", "main: dev,test,prod"],
        ["sso-dashboard", "kubernetes", "main: dev,prod"],
      ],
    );
  });

  it("says nothing of environments where the platform is not known", () => {
    const text = edited(["environments: [dev]", "environments: [nowhere]"]);
    assert.equal(
      inFolder({ "applications/shop.yaml": text }, () => problemsHere(undefined)),
      "",
    );
  });
});
