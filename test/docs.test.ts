import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { readApplications } from "../definitions/read";
import { buildspecSize } from "../delivery/buildspec";
import { platformKeys } from "../settings/platform-schema";
import { kindKeys, sharedKeys } from "../settings/keys";
import { renderTerminal } from "../reports/terminal";
import { projectDirectory, shippedPreview } from "./support/shipped-preview";

const text = (file: string): string => readFileSync(path.join(projectDirectory, file), "utf8");
const documents = markdownFiles("").toSorted();

describe("the documentation", () => {
  it("links to files and headings that exist", () => {
    const broken = documents.flatMap((file) =>
      linksOf(text(file))
        .filter((link) => !leads(file, link))
        .map((link) => `${file}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });

  it("names files of the repository that exist", () => {
    const missing = documents.flatMap((file) =>
      [...text(file).matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|mjs|yaml|json|sh|md))`/g)]
        .map(([, name]) => name ?? "")
        .filter((name) => !exists(name) && !exists(path.posix.join(path.posix.dirname(file), name)))
        .map((name) => `${file}: ${name}`),
    );
    // Examples of files to be written.
    assert.deepEqual(
      missing.filter((one) => !one.endsWith("applications/shop.yaml")),
      [],
    );
  });

  it("names npm scripts that exist", () => {
    const { scripts } = JSON.parse(text("package.json")) as { scripts: Readonly<Record<string, string>> };
    const named = ["README.md", "CONTRIBUTING.md"].flatMap((file) =>
      [...text(file).matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map(([, name]) => name ?? ""),
    );
    assert.ok(named.includes("start") && named.includes("test"));
    assert.deepEqual(
      [...new Set(named)].filter((name) => name !== "ci" && !Object.hasOwn(scripts, name)),
      [],
    );
  });

  it("describes every folder of the repository in the README, and no other", () => {
    const folders = readdirSync(projectDirectory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\..*|node_modules|coverage)$/.test(entry.name))
      .map(({ name }) => name);
    const described = [...text("README.md").matchAll(/^\| \[`(\w[\w-]*)\/`\]/gm)].map(([, name]) => name);
    assert.deepEqual(described, folders.toSorted());
  });

  it("shows what npm start prints", async () => {
    const document = await shippedPreview();
    const shown = renderTerminal(document, { width: 100, color: false, quiet: false });
    const printed = new Set(shown.split("\n").map((line) => line.trim()));
    const [, excerpt = ""] = /<!-- excerpt of npm start -->\s+```\n(.*?)```/s.exec(text("README.md")) ?? [];
    const lines = excerpt.split("\n").map((line) => line.trim());
    assert.ok(lines.length > 5);
    assert.deepEqual(
      lines.filter((line) => !printed.has(line)),
      [],
    );
  });

  it("shows an application file that is right", () => {
    const [, example = ""] = /```yaml\n(name: hello-world.*?)```/s.exec(text("README.md")) ?? [];
    const folder = mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    try {
      writeFileSync(path.join(folder, "hello-world.yaml"), example);
      const read = readApplications(folder, undefined, buildspecSize);
      assert.deepEqual("value" in read ? read.value.map(({ name }) => name) : read.problems, ["hello-world"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("gives the bootstrap templates parameters that they have", () => {
    const commands = [
      ...text("README.md").matchAll(/--template-file (bootstrap\/\S+)(.*?)\n(?=\n|```)/gs),
    ].map(([, file = "", rest = ""]) => ({
      file,
      given: [...rest.matchAll(/[\s']([A-Z]\w+)=/g)].map(([, name]) => name ?? ""),
    }));
    assert.deepEqual(
      commands.map(({ file }) => file),
      ["bootstrap/cicd-account.yaml", "bootstrap/environment-account.yaml"],
    );
    for (const { file, given } of commands) {
      const known = parametersOf(file);
      assert.deepEqual(
        given.filter((name) => !known.has(name)),
        [],
        file,
      );
      const required = [...known].filter(([, optional]) => !optional).map(([name]) => name);
      assert.deepEqual(
        required.filter((name) => !given.includes(name)),
        [],
        file,
      );
    }
  });
});

describe("docs/settings.md", () => {
  const settings = text("docs/settings.md");
  const described = [...settings.matchAll(/^\| `(slipway:\w+)`/gm)].map(([, key]) => key ?? "");

  it("describes every setting once, and no other", () => {
    const known = ["stack", ...Object.keys(sharedKeys), ...Object.values(kindKeys).flatMap(Object.keys)];
    assert.deepEqual(described.toSorted(), known.map((key) => `slipway:${key}`).toSorted());
  });

  it("describes every key of an environment, and no other", () => {
    const [, section = ""] = /### An environment\n(.*?)\n## /s.exec(settings) ?? [];
    const keys = [...section.matchAll(/`([\w.]+)`(?=[^|\n]*\| (?:text|true or false|number|text, lists) )/g)]
      .map(([, key]) => key ?? "")
      .filter((key) => section.includes(`| \`${key}\``) || section.includes(`, \`${key}\``));
    assert.deepEqual(keys.toSorted(), leaves(platformKeys.environments.element.shape).toSorted());
  });

  it("describes every key that the shipped files set", () => {
    const files = readdirSync(projectDirectory).filter((name) => /^Pulumi(\.[\w-]+)?\.yaml$/.test(name));
    const set = files.flatMap((file) => Object.keys((parse(text(file)) as { config: object }).config));
    assert.deepEqual(
      [...new Set(set)].filter((key) => !settings.includes(`| \`${key}\``)),
      [],
    );
  });
});

/** Markdown files below a folder, without those of dependencies. */
function markdownFiles(folder: string): string[] {
  return readdirSync(path.join(projectDirectory, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      return /^(\..*|node_modules|coverage)$/.test(entry.name) ? [] : markdownFiles(name);
    }
    return name.endsWith(".md") ? [name] : [];
  });
}

function exists(name: string): boolean {
  return existsSync(path.join(projectDirectory, name));
}

/** Targets of links that lead to a file or heading of the repository; code is not read. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/```.*?```/gs, "").replaceAll(/`[^`\n]*`/g, "code");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? "")
    .filter((target) => !/^[a-z]+:/.test(target));
}

function leads(from: string, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const target = file === "" ? from : path.posix.join(path.posix.dirname(from), file);
  if (!exists(target)) return false;
  return heading === undefined || headingsOf(text(target)).includes(heading);
}

/** Anchors as GitHub makes them: small letters, without punctuation, hyphens for spaces. */
function headingsOf(markdown: string): string[] {
  return [...markdown.replaceAll(/```.*?```/gs, "").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

/** Parameters of a template, and whether each has a default. */
function parametersOf(file: string): Map<string, boolean> {
  const [, section = ""] = /^Parameters:\n(.*?)^\w/ms.exec(text(file)) ?? [];
  const parameters = parse(section) as Readonly<Record<string, object>>;
  return new Map(Object.entries(parameters).map(([name, value]) => [name, "Default" in value]));
}

/** Dotted keys of a schema's objects. */
function leaves(shape: object, before = ""): string[] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const inner = shapeOf(schema);
    return inner === undefined ? [`${before}${key}`] : leaves(inner, `${before}${key}.`);
  });
}

function shapeOf(schema: unknown): object | undefined {
  if (typeof schema !== "object" || schema === null) return undefined;
  if ("shape" in schema && typeof schema.shape === "object" && schema.shape !== null) return schema.shape;
  // Optional values and defaults wrap the schema that counts.
  if ("unwrap" in schema && typeof schema.unwrap === "function") {
    return shapeOf((schema.unwrap as () => unknown)());
  }
  return undefined;
}
