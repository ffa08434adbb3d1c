import assert from "node:assert/strict";
import { PROJECT, ProjectFolder } from "./support/project-folder";

describe("config of a project", () => {
  const folder = ProjectFolder.forEachTest();

  describe("of Pulumi.yaml", () => {
    it("gives a stack what it does not say itself", () => {
      const project =
        "config:\n  short: x\n  count: 3\n  shop:full: { default: [1] }\n  aws:region: eu-west-1\n" +
        "  aws:allowedAccountIds: { value: ['1'] }\n  typed: { type: integer, default: 5 }\n";
      assert.deepEqual(folder.texts(project, "config:\n  count: 4\n  aws:region: us-east-1\n"), {
        "shop:short": "x",
        "shop:count": "4",
        "shop:full": "[1]",
        "aws:region": "us-east-1",
        "aws:allowedAccountIds": '["1"]',
        "shop:typed": "5",
      });
    });

    it("names every declared key that a stack lacks", () => {
      const files = {
        "Pulumi.yaml": `${PROJECT}config:\n  a: { type: string }\n  b: { description: B }\n`,
        "Pulumi.dev.yaml": "config:\n  c: 1\n",
      };
      assert.deepEqual(folder.problems(files), [
        {
          message: "The stack dev has no value for a, and Pulumi.yaml gives no default.",
          file: "Pulumi.dev.yaml",
          line: 1,
          column: 1,
          remedy: "Add shop:a to Pulumi.dev.yaml.",
          stacks: ["dev"],
        },
        {
          message: "The stack dev has no value for b, and Pulumi.yaml gives no default.",
          file: "Pulumi.dev.yaml",
          line: 1,
          column: 1,
          remedy: "Add shop:b to Pulumi.dev.yaml.",
          stacks: ["dev"],
        },
      ]);
    });

    it("checks the types that it declares, and that secrets are encrypted", () => {
      const project =
        "config:\n  a: { type: integer }\n  b: { type: array, items: { type: array, items: { type: boolean } } }\n" +
        "  c: { type: object }\n  d: { type: string, secret: true }\n  e: { type: integer }\n  f: { type: string }\n";
      const stack =
        "config:\n  a: 1.5\n  b: [[true], [no]]\n  c: [1]\n  d: open\n  e: '12'\n  f: { secure: x }\n";
      assert.deepEqual(
        folder
          .problems({ "Pulumi.yaml": PROJECT + project, "Pulumi.dev.yaml": stack })
          .map(({ message, line }) => [line, message]),
        [
          [2, "a must be of the type integer, and is 1.5."],
          [3, 'b must be of the type array<array<boolean>>, and is [[true],["no"]].'],
          [4, "c must be of the type object, and is [1]."],
          [5, "d must be a secret, and the stack dev holds it in plain text."],
        ],
      );
    });

    const bad = [
      ["runtime: nodejs\n", "Pulumi.yaml has no name."],
      [
        "name: shop\nruntime: python\n",
        "Pulumi.yaml has the runtime python; a preview runs Node.js programs.",
      ],
      ["name: shop\n", "Pulumi.yaml has no runtime; a preview runs Node.js programs."],
      [`${PROJECT}config: [a]\n`, "config: must be a map of config keys."],
      [`${PROJECT}config:\n  a: { type: number }\n`, "number is not a type."],
      [`${PROJECT}config:\n  a: { type: array }\n`, "a is an array and does not say of what."],
      [
        `${PROJECT}config:\n  a: { default: 1, value: 2 }\n`,
        "a has both a default and a value; it can have one.",
      ],
      [
        `${PROJECT}config:\n  a: { type: integer, default: x }\n`,
        "The default of a is not of the type integer.",
      ],
      [`${PROJECT}config:\n  a: { defualt: 1 }\n`, "defualt is not an attribute of a config key."],
      [
        `${PROJECT}config:\n  aws:a: { type: string, value: b }\n`,
        "aws:a is not a key of this project, so it cannot have a type.",
      ],
      [
        `${PROJECT}config:\n  aws:a: { default: b }\n`,
        "aws:a is not a key of this project, so it cannot have a default; use value instead.",
      ],
      [`${PROJECT}config:\n  aws:a: { description: b }\n`, "aws:a needs a value."],
      [`${PROJECT}config:\n  a: 1.5\n`, "a has no value that Pulumi.yaml may hold in this short form."],
      [`${PROJECT}config:\n  a:b:c:d: 1\n`, "a:b:c:d is not a config key."],
    ] as const;
    for (const [text, message] of bad) {
      it(`is refused: ${message}`, () => {
        const found = folder.problems({ "Pulumi.yaml": text, "Pulumi.dev.yaml": "" });
        assert.deepEqual(
          found.map((problem) => problem.message),
          [message],
        );
        assert.equal(found[0]?.file, "Pulumi.yaml");
      });
    }
  });
});
