import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  edited,
  nameFormat,
  named,
  problemsOf,
  shop,
  testMessages,
  type FaultyFile,
} from "../support/application-files";

const pathFormat =
  "  Allowed: a path from the repository's root, with letters, digits and . _ @ + - between slashes, without ..";
const globFormat =
  "  Allowed: * within a folder, ** across folders, ? for one character, [a-z], {one,other}; \\ before a character that is meant itself.";
const keys =
  "  Allowed: name, repository, notifications, chat, test, deployment, capabilities, tracks, pullRequests, people.";
const trackKeys =
  "  Allowed: name, branches, excludeBranches, paths, excludePaths, tags, excludeTags, environments.";

/** The shape of an application file. */
const cases: readonly FaultyFile[] = [
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
];

describe("application files: what is wrong is said with line, column, what is allowed and the remedy", () => {
  testMessages(cases);

  it("an application's name that is too long", () => {
    const name = "a".repeat(41);
    assert.equal(
      problemsOf({ [`applications/${name}.yaml`]: named(name) }),
      `applications/${name}.yaml:1:7: name: "${name}" has 41 characters, too many for the name of an application.\n${nameFormat}`,
    );
  });
});
