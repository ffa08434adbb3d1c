import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ProblemsError } from "../../preview/problems";
import { readProject } from "../../preview/project";
import { readStacks } from "../../preview/stack-file";
import { type Files, inFolder } from "../support/settings";

const project = `name: shop
runtime: nodejs
config:
  shop:environments:
    value:
      - name: dev
        accountId: "222222222222"
      - accountId: "333333333333"
        name: prod
`;
const cicd = "config:\n  shop:stack: cicd\n";
const environment = (name: string): string =>
  `config:\n  shop:stack: environment\n  shop:environment: ${name}\n`;

/** The files of a whole platform, then changes to them. */
function platform(changes: Files = {}, ...removed: readonly string[]): Files {
  const files = {
    "Pulumi.yaml": project,
    "Pulumi.pipelines.yaml": cicd,
    "Pulumi.one.yaml": environment("dev"),
    "Pulumi.two.yaml": environment("prod"),
    ...changes,
  };
  return Object.fromEntries(Object.entries(files).filter(([name]) => !removed.includes(name)));
}

function warningsOf(files: Files, names: readonly string[] = []): unknown {
  return inFolder(files, (folder) => readStacks(readProject(folder), names).warnings);
}

function problemsOf(files: Files, names: readonly string[] = []): unknown {
  return inFolder(files, (folder) => {
    try {
      readStacks(readProject(folder), names);
      return [];
    } catch (error) {
      if (error instanceof ProblemsError) return error.problems;
      throw error;
    }
  });
}

const noCicd = {
  message: "No stack is of kind cicd, so there are no pipelines.",
  file: "Pulumi.yaml",
  remedy: "Add Pulumi.cicd.yaml with shop:stack: cicd.",
};
const noProd = {
  message: "The environment prod has no stack file, so nothing is made in its account.",
  file: "Pulumi.yaml",
  line: 9,
  column: 15,
  remedy: "Add Pulumi.prod.yaml with shop:stack: environment and shop:environment: prod.",
};

describe("the stacks of a platform", () => {
  it("may have any names, when there is one for the pipelines and one for each environment", () => {
    assert.deepEqual(warningsOf(platform()), []);
    assert.deepEqual(problemsOf(platform()), []);
  });

  it("are missed: an environment's, at the environment, and the one of the pipelines", () => {
    assert.deepEqual(warningsOf(platform({}, "Pulumi.two.yaml")), [noProd]);
    assert.deepEqual(warningsOf(platform({}, "Pulumi.pipelines.yaml", "Pulumi.two.yaml")), [noCicd, noProd]);
  });

  it("are missed also in the preview of one stack", () => {
    assert.deepEqual(warningsOf(platform({}, "Pulumi.two.yaml"), ["one"]), [noProd]);
  });

  it("are missed where stackConfigDir says", () => {
    const files = {
      "Pulumi.yaml": `${project}stackConfigDir: stacks\n`,
      "stacks/Pulumi.a.yaml": environment("dev"),
      "stacks/Pulumi.b.yaml": environment("prod"),
    };
    assert.deepEqual(warningsOf(files), [
      { ...noCicd, remedy: "Add stacks/Pulumi.cicd.yaml with shop:stack: cicd." },
    ]);
  });

  it("are not missed while a file cannot be read, since nobody knows what it is for", () => {
    assert.deepEqual(warningsOf(platform({ "Pulumi.two.yaml": "config: [" }), ["one"]), []);
  });

  it("are not missed in a project that declares no environments", () => {
    const files = {
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.a.yaml": cicd,
      "Pulumi.b.yaml": cicd,
    };
    assert.deepEqual(warningsOf(files), []);
  });

  const doubled = {
    message: "Pulumi.one.yaml and Pulumi.three.yaml are both for the environment dev.",
    file: "Pulumi.three.yaml",
    line: 3,
    column: 3,
    remedy: "Keep one of the two: each would make what the other one has made.",
    stacks: ["one", "three"],
  };

  it("are refused where two are for one environment, or for the pipelines", () => {
    const files = platform({ "Pulumi.three.yaml": environment("dev"), "Pulumi.zwei.yaml": cicd });
    assert.deepEqual(problemsOf(files), [
      doubled,
      {
        ...doubled,
        message: "Pulumi.pipelines.yaml and Pulumi.zwei.yaml are both of kind cicd.",
        file: "Pulumi.zwei.yaml",
        line: 2,
        stacks: ["pipelines", "zwei"],
      },
    ]);
  });

  it("are refused in the preview of one of the two, and of no other", () => {
    const files = platform({ "Pulumi.three.yaml": environment("dev") });
    assert.deepEqual(problemsOf(files, ["three"]), [doubled]);
    assert.deepEqual(problemsOf(files, ["two"]), []);
  });
});
