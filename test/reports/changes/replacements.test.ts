import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import data from "../../../reports/changes/data/replacements.json";
import { forcesReplacement, knowsReplacements } from "../../../reports/changes/replacements";
import { projectDirectory, shippedPreview } from "../../support/shipped-preview";

describe("the table of what forces a replacement", () => {
  it("has every type of resource in the shipped platform", async () => {
    const { stacks } = await shippedPreview();
    const types = stacks
      .flatMap(({ resources }) => resources)
      .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
      .map(({ type }) => type);
    assert.deepEqual(
      [...new Set(types)].filter((type) => !knowsReplacements(type)),
      [],
    );
  });

  it("has every type that the components make", () => {
    const folders = ["components", "stacks"].map((folder) => path.join(projectDirectory, folder));
    const sources = folders.flatMap((folder) =>
      fs.readdirSync(folder).map((file) => fs.readFileSync(path.join(folder, file), "utf8")),
    );
    const made = sources.flatMap((text) =>
      [...text.matchAll(/new aws\.(\w+)\.(\w+)/g)].map(([, module = "", name = ""]) => {
        const file = name.slice(0, 1).toLowerCase() + name.slice(1);
        return `aws:${module}/${file}:${name}`;
      }),
    );
    assert.ok(made.length > 30);
    assert.deepEqual(
      made.filter((type) => !knowsReplacements(type)),
      [],
    );
  });

  it("names only inputs that @pulumi/aws has", () => {
    const strange = Object.entries(data.types).flatMap(([type, inputs]) => {
      const [, module = "", name = ""] = type.split(":");
      const file = require.resolve(`@pulumi/aws/${module}.js`).replace(/\.js$/, ".d.ts");
      const typings = fs.readFileSync(file, "utf8");
      const args = typings.slice(typings.indexOf(`export interface ${name}Args {`));
      return inputs
        .filter((input) => !new RegExp(`^    ${input}\\??:`, "m").test(args))
        .map((input) => `${type} ${input}`);
    });
    assert.deepEqual(strange, []);
  });

  it("goes by the first name of a path", () => {
    const repository = "aws:ecr/repository:Repository";
    assert.equal(forcesReplacement(repository, "encryptionConfigurations[0].kmsKey"), true);
    assert.equal(forcesReplacement(repository, "name"), true);
    assert.equal(forcesReplacement(repository, "imageTagMutability"), false);
    assert.equal(forcesReplacement("aws:other/thing:Thing", "name"), false);
  });
});
