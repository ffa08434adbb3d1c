import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import type { Patterns } from "../../definitions/application";
import {
  applicationsHere,
  edited,
  problemsHere,
  problemsIn,
  testMessages,
  type FaultyFile,
} from "../support/application-files";
import { inFolder } from "../support/settings";

const keys =
  "  Allowed: name, repository, notifications, chat, test, deployment, capabilities, tracks, pullRequests, people.";
const renewed =
  "  Take it out, make it invalid where it was issued, and keep its successor in AWS Secrets Manager.";

/** What is no YAML, and what holds a credential. */
const cases: readonly FaultyFile[] = [
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

describe("application files: what is wrong is said with line, column, what is allowed and the remedy", () => {
  testMessages(cases);

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
