import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, it } from "mocha";
import { named, problemsIn, problemsOf, shop } from "../support/application-files";

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
