import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { PROJECT, ProjectFolder } from "./support/project-folder";

describe("config of a project", () => {
  const folder = ProjectFolder.forEachTest();

  describe("files", () => {
    it("are found where stackConfigDir says", () => {
      folder.write({
        "Pulumi.yaml": `${PROJECT}stackConfigDir: stacks\n`,
        "stacks/Pulumi.b.yaml": "",
        "stacks/Pulumi.a.yaml": "",
      });
      assert.deepEqual(
        folder.read().map(({ name, file }) => [name, file]),
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
        folder.problems(files).map(({ file, line, column, stacks }) => [file, line, column, stacks]),
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
      assert.deepEqual(folder.problems(files), [dev, prod]);
      assert.deepEqual(folder.problems(files, ["dev"]), [dev]);
    });

    it("end in .yml where the project is Pulumi.yml", () => {
      folder.write({ "Pulumi.yml": PROJECT, "Pulumi.dev.yml": "" });
      assert.deepEqual(
        folder.read().map(({ file }) => file),
        ["Pulumi.dev.yml"],
      );
    });

    it("belong to one project: of two files, Pulumi would read the first", () => {
      assert.deepEqual(folder.problems({ "Pulumi.yaml": PROJECT, "Pulumi.yml": PROJECT }), [
        {
          message: "There is Pulumi.yaml too, and Pulumi reads that alone.",
          file: "Pulumi.yml",
          remedy: "Keep one of the two.",
        },
      ]);
    });

    it("that cannot be read are problems in words, of the project's file as of a stack's", () => {
      folder.write({ "Pulumi.yaml": PROJECT });
      fs.mkdirSync(path.join(folder.directory, "Pulumi.a.yaml"));
      fs.symlinkSync("Pulumi.b.yaml", path.join(folder.directory, "Pulumi.b.yaml"));
      fs.symlinkSync("nowhere", path.join(folder.directory, "Pulumi.c.yaml"));
      fs.writeFileSync(path.join(folder.directory, "Pulumi.d.yaml"), Buffer.from([0x6e, 0xff, 0xfe]));
      assert.deepEqual(folder.problems({}), [
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
      fs.rmSync(path.join(folder.directory, "Pulumi.yaml"));
      fs.mkdirSync(path.join(folder.directory, "Pulumi.yaml"));
      assert.deepEqual(folder.problems({}), [
        { message: "This is a folder; a YAML file is wanted.", file: "Pulumi.yaml" },
      ]);
    });

    it("must be in a folder: where stackConfigDir names a file, that is said", () => {
      assert.deepEqual(folder.problems({ "Pulumi.yaml": `${PROJECT}stackConfigDir: Pulumi.yaml\n` }), [
        {
          message: `The folder ${folder.directory}/Pulumi.yaml cannot be read: a part of its path is a file, not a folder.`,
        },
      ]);
    });

    it("with a number that would lose its leading zero are refused", () => {
      const files = {
        "Pulumi.yaml": PROJECT,
        "Pulumi.dev.yaml": "config:\n  aws:allowedAccountIds: [012345678901]\n",
      };
      assert.deepEqual(folder.problems(files), [
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
        folder.problems(files).map(({ message }) => message),
        ["environment: is filled in by Pulumi Cloud, which an offline preview does not ask."],
      );
    });

    it("that are missing are named with the nearest that exists", () => {
      assert.deepEqual(
        folder.problems({ "Pulumi.yaml": PROJECT, "Pulumi.prod.yaml": "", "Pulumi.dev.yaml": "" }, [
          "prd",
          "dev",
        ]),
        [
          {
            message: "There is no stack prd: no file Pulumi.prd.yaml.",
            remedy: "Did you mean prod?\nThe stacks are: dev, prod.",
          },
        ],
      );
    });

    it("must exist: a project without stack files has nothing to preview", () => {
      assert.deepEqual(folder.problems({ "Pulumi.yaml": PROJECT }), [
        {
          message: `There is no stack file in ${folder.directory}.`,
          remedy: "Add one file Pulumi.<stack>.yaml for each account, such as Pulumi.dev.yaml.",
        },
      ]);
    });

    it("must include Pulumi.yaml", () => {
      assert.deepEqual(folder.problems({ "Pulumi.dev.yaml": "" }), [
        {
          message: `There is no Pulumi.yaml in ${folder.directory}.`,
          remedy: "Run the command in the folder of the platform, or name it with --cwd DIR.",
        },
      ]);
    });
  });
});
