import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ConfigValue } from "../../preview/config-values";
import type { StackProblem } from "../../preview/preview-document";
import { ProblemsError } from "../../preview/problems";
import { readProject } from "../../preview/project";
import { readStacks, type Stack } from "../../preview/stack-file";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const PROJECT = "name: shop\nruntime: nodejs\n";

describe("config of a project", () => {
  let directory: string;
  beforeEach(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-project-"));
  });
  afterEach(() => {
    fs.rmSync(directory, { recursive: true });
  });

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
      fs.writeFileSync(path.join(directory, name), text);
    }
  }

  function read(names: readonly string[] = []): readonly Stack[] {
    return readStacks(readProject(directory), names).stacks;
  }

  /** The config of the stack dev. */
  function configOf(project: string, stack: string): Record<string, ConfigValue> {
    write({ "Pulumi.yaml": PROJECT + project, "Pulumi.dev.yaml": stack });
    return Object.fromEntries(read()[0]?.config ?? []);
  }

  function texts(project: string, stack: string): Record<string, string> {
    const values = Object.entries(configOf(project, stack));
    return Object.fromEntries(values.map(([key, { text }]) => [key, text]));
  }

  function problems(
    files: Readonly<Record<string, string>>,
    names: readonly string[] = [],
  ): readonly StackProblem[] {
    write(files);
    try {
      read(names);
    } catch (error) {
      if (error instanceof ProblemsError) return error.problems;
      throw error;
    }
    return [];
  }

  describe("values", () => {
    const cases = [
      ["text", "a: x", { "shop:a": "x" }],
      ["a key with a namespace", "aws:region: eu-west-1", { "aws:region": "eu-west-1" }],
      ["a key in the old form", "aws:config:region: eu-west-1", { "aws:region": "eu-west-1" }],
      [
        "numbers and booleans",
        "a: 12\nb: 1.50\nc: true\nd: 1e21",
        { "shop:a": "12", "shop:b": "1.5", "shop:c": "true", "shop:d": "1e+21" },
      ],
      ["digits in quotes", `a: "012345678901"\nb: '007'`, { "shop:a": "012345678901", "shop:b": "007" }],
      ["words that YAML 1.1 took for booleans", "a: yes\nb: off", { "shop:a": "yes", "shop:b": "off" }],
      ["a list", "a: [1, two, true, null]", { "shop:a": '[1,"two",true,null]' }],
      [
        "a map, its keys in order",
        "a: { z: 1, b: [x], c: { e: 1, d: 2 } }",
        { "shop:a": '{"b":["x"],"c":{"d":2,"e":1},"z":1}' },
      ],
      ["what HTML escapes", "a: ['<', '&', '>']", { "shop:a": '["\\u003c","\\u0026","\\u003e"]' }],
      ["nothing", "a:", { "shop:a": "null" }],
      [
        "a date",
        "a: 2012-10-17\nb: '2012-10-17'",
        { "shop:a": "2012-10-17 00:00:00 +0000 UTC", "shop:b": "2012-10-17" },
      ],
      ["an alias", "a: &x { b: 1 }\nc: *x", { "shop:a": '{"b":1}', "shop:c": '{"b":1}' }],
      [
        "a merged map",
        "a: &x { b: 1 }\nc: { <<: *x, d: 2 }",
        { "shop:a": '{"b":1}', "shop:c": '{"b":1,"d":2}' },
      ],
    ] as const;
    for (const [name, config, expected] of cases) {
      it(`reads ${name} as the engine does`, () => {
        assert.deepEqual(texts("", `config:\n${config.replace(/^/gm, "  ")}\n`), expected);
      });
    }

    it("keeps a secret that it cannot decrypt unknown and secret, also inside an object", () => {
      const config = "config:\n  a: { secure: v1:x:y }\n  b: { user: u, password: { secure: v1:x:y } }\n";
      assert.deepEqual(configOf("", config), {
        "shop:a": { text: UNKNOWN, isSecret: true, isObject: false },
        "shop:b": { text: `{"password":"${UNKNOWN}","user":"u"}`, isSecret: true, isObject: true },
      });
    });

    it("takes an empty stack file for one without config", () => {
      assert.deepEqual(texts("", ""), {});
      assert.deepEqual(texts("", "config:\n"), {});
    });
  });

  describe("of Pulumi.yaml", () => {
    it("gives a stack what it does not say itself", () => {
      const project =
        "config:\n  short: x\n  count: 3\n  shop:full: { default: [1] }\n  aws:region: eu-west-1\n" +
        "  aws:allowedAccountIds: { value: ['1'] }\n  typed: { type: integer, default: 5 }\n";
      assert.deepEqual(texts(project, "config:\n  count: 4\n  aws:region: us-east-1\n"), {
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
      assert.deepEqual(problems(files), [
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
        problems({ "Pulumi.yaml": PROJECT + project, "Pulumi.dev.yaml": stack }).map(({ message, line }) => [
          line,
          message,
        ]),
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
        const found = problems({ "Pulumi.yaml": text, "Pulumi.dev.yaml": "" });
        assert.deepEqual(
          found.map((problem) => problem.message),
          [message],
        );
        assert.equal(found[0]?.file, "Pulumi.yaml");
      });
    }
  });

  describe("files", () => {
    it("are found where stackConfigDir says", () => {
      write({
        "Pulumi.yaml": `${PROJECT}stackConfigDir: stacks\n`,
        "stacks/Pulumi.b.yaml": "",
        "stacks/Pulumi.a.yaml": "",
      });
      assert.deepEqual(
        read().map(({ name, file }) => [name, file]),
        [
          ["a", "stacks/Pulumi.a.yaml"],
          ["b", "stacks/Pulumi.b.yaml"],
        ],
      );
    });

    it("that do not parse are named with line and column, all of them", () => {
      const files = {
        "Pulumi.yaml": PROJECT,
        "Pulumi.a.yaml": "config:\n  a: [1\n",
        "Pulumi.b.yaml": "config:\n  a: 1\n  a: 2\n",
      };
      assert.deepEqual(
        problems(files).map(({ file, line, column, stacks }) => [file, line, column, stacks]),
        [
          ["Pulumi.a.yaml", 3, 1, ["a"]],
          ["Pulumi.b.yaml", 3, 3, ["b"]],
        ],
      );
    });

    it("are read with the ending of Pulumi.yaml alone, as Pulumi does", () => {
      const misnamed = "Pulumi does not read this file: stack files end in .yaml, as Pulumi.yaml does.";
      const files = {
        "Pulumi.yaml": PROJECT,
        "Pulumi.dev.yml": "",
        "Pulumi.prod.yml": "",
        "Pulumi.prod.yaml": "",
      };
      const dev = {
        message: misnamed,
        file: "Pulumi.dev.yml",
        remedy: "Rename it to Pulumi.dev.yaml.",
        stacks: ["dev"],
      };
      const prod = {
        message: misnamed,
        file: "Pulumi.prod.yml",
        remedy: "Pulumi reads Pulumi.prod.yaml: move there what is missing, and delete this file.",
        stacks: ["prod"],
      };
      assert.deepEqual(problems(files), [dev, prod]);
      assert.deepEqual(problems(files, ["dev"]), [dev]);
    });

    it("end in .yml where the project is Pulumi.yml", () => {
      write({ "Pulumi.yml": PROJECT, "Pulumi.dev.yml": "" });
      assert.deepEqual(
        read().map(({ file }) => file),
        ["Pulumi.dev.yml"],
      );
    });

    it("belong to one project: of two files, Pulumi would read the first", () => {
      assert.deepEqual(problems({ "Pulumi.yaml": PROJECT, "Pulumi.yml": PROJECT }), [
        {
          message: "There is Pulumi.yaml too, and Pulumi reads that alone.",
          file: "Pulumi.yml",
          remedy: "Keep one of the two.",
        },
      ]);
    });

    it("that cannot be read are problems in words, of the project's file as of a stack's", () => {
      write({ "Pulumi.yaml": PROJECT });
      fs.mkdirSync(path.join(directory, "Pulumi.a.yaml"));
      fs.symlinkSync("Pulumi.b.yaml", path.join(directory, "Pulumi.b.yaml"));
      fs.symlinkSync("nowhere", path.join(directory, "Pulumi.c.yaml"));
      fs.writeFileSync(path.join(directory, "Pulumi.d.yaml"), Buffer.from([0x6e, 0xff, 0xfe]));
      assert.deepEqual(problems({}), [
        { message: "This is a folder; a YAML file is wanted.", file: "Pulumi.a.yaml", stacks: ["a"] },
        {
          message: "This file cannot be read: it is a symbolic link that leads back to itself.",
          file: "Pulumi.b.yaml",
          stacks: ["b"],
        },
        {
          message:
            "This file cannot be read: there is no such file, or it is a symbolic link that leads nowhere.",
          file: "Pulumi.c.yaml",
          stacks: ["c"],
        },
        {
          message: "This file is not UTF-8 text.",
          file: "Pulumi.d.yaml",
          remedy: "Save it in the encoding UTF-8.",
          stacks: ["d"],
        },
      ]);
      fs.rmSync(path.join(directory, "Pulumi.yaml"));
      fs.mkdirSync(path.join(directory, "Pulumi.yaml"));
      assert.deepEqual(problems({}), [
        { message: "This is a folder; a YAML file is wanted.", file: "Pulumi.yaml" },
      ]);
    });

    it("must be in a folder: where stackConfigDir names a file, that is said", () => {
      assert.deepEqual(problems({ "Pulumi.yaml": `${PROJECT}stackConfigDir: Pulumi.yaml\n` }), [
        {
          message: `The folder ${directory}/Pulumi.yaml cannot be read: a part of its path is a file, not a folder.`,
        },
      ]);
    });

    it("with a number that would lose its leading zero are refused", () => {
      const files = {
        "Pulumi.yaml": PROJECT,
        "Pulumi.dev.yaml": "config:\n  aws:allowedAccountIds: [012345678901]\n",
      };
      assert.deepEqual(problems(files), [
        {
          message: "012345678901 is read as a number by Pulumi and loses its leading zero.",
          file: "Pulumi.dev.yaml",
          line: 2,
          column: 27,
          remedy: 'Put it in quotes: "012345678901".',
          stacks: ["dev"],
        },
      ]);
    });

    it("with an environment of Pulumi Cloud are refused", () => {
      const files = { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": "environment: [shared]\n" };
      assert.deepEqual(
        problems(files).map(({ message }) => message),
        ["environment: is filled in by Pulumi Cloud, which an offline preview does not ask."],
      );
    });

    it("that are missing are named with the nearest that exists", () => {
      assert.deepEqual(
        problems({ "Pulumi.yaml": PROJECT, "Pulumi.prod.yaml": "", "Pulumi.dev.yaml": "" }, ["prd", "dev"]),
        [
          {
            message: "There is no stack prd: no file Pulumi.prd.yaml.",
            remedy: "Did you mean prod?\nThe stacks are: dev, prod.",
          },
        ],
      );
    });

    it("must exist: a project without stack files has nothing to preview", () => {
      assert.deepEqual(problems({ "Pulumi.yaml": PROJECT }), [
        {
          message: `There is no stack file in ${directory}.`,
          remedy: "Add one file Pulumi.<stack>.yaml for each account, such as Pulumi.dev.yaml.",
        },
      ]);
    });

    it("must include Pulumi.yaml", () => {
      assert.deepEqual(problems({ "Pulumi.dev.yaml": "" }), [
        {
          message: `There is no Pulumi.yaml in ${directory}.`,
          remedy: "Run the command in the folder of the platform, or name it with --cwd DIR.",
        },
      ]);
    });
  });
});
