import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { contextOf, type DocumentKind } from "../../policy-pack/lib/document/context";
import { judgeDocument } from "../../policy-pack/lib/judge/judge-document";
import { RULES } from "../../policy-pack/rule-list";

const ROOT = path.join(__dirname, "../..");
const PAGES = path.join(ROOT, "docs/rules");
const RULE_FILES = readdirSync(path.join(ROOT, "policy-pack/rules")).map((file) => file.replace(/\.ts$/, ""));

function page(name: string): string {
  return readFileSync(path.join(PAGES, `${name}.md`), "utf8");
}

/** The text under a heading of the second level. */
function section(text: string, heading: string): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
}

interface Example {
  readonly kind: DocumentKind;
  readonly service: string | undefined;
  readonly text: string;
}

/** Documents in fences such as "```json resource s3". */
function examples(text: string): Example[] {
  return [...text.matchAll(/^```json (identity|trust|resource)(?: (\S+))?\n([\s\S]*?)^```/gm)].map(
    ([, kind, service, body]) => ({ kind: kind as DocumentKind, service, text: body ?? "" }),
  );
}

describe("the rules' pages", () => {
  it("are one per rule, beside the comparison", () => {
    const pages = readdirSync(PAGES).map((file) => file.replace(/\.md$/, ""));
    assert.deepEqual(pages.sort(), [...RULE_FILES, "comparison"].sort());
  });

  it("are those of the rules that findings can name", () => {
    for (const { name } of RULES) assert.ok(RULE_FILES.includes(name), name);
  });

  for (const name of RULE_FILES) {
    it(`${name}: what, why, good, bad, how to be excepted`, () => {
      const text = page(name);
      assert.ok(text.startsWith(`# ${name}\n`));
      const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? "");
      assert.deepEqual(headings, ["What", "Why", "Good", "Bad", "How to be excepted"]);
      for (const heading of headings) assert.ok(section(text, heading).length > 80, heading);
    });

    it(`${name}: the good examples pass the whole pack, the bad ones fail this rule`, () => {
      for (const { kind, service, text } of examples(section(page(name), "Good"))) {
        const { findings } = judgeDocument(text, contextOf(kind, service));
        assert.deepEqual(
          findings.filter(({ severity }) => severity !== "note"),
          [],
          text,
        );
      }
      for (const { kind, service, text } of examples(section(page(name), "Bad"))) {
        const { findings } = judgeDocument(text, contextOf(kind, service));
        assert.ok(
          findings.some(({ rule, severity }) => rule === name && severity === "error"),
          text,
        );
      }
    });
  }

  it("have examples that are judged for every rule about single documents", () => {
    for (const name of [
      "readable-policies",
      "no-wildcard-grants",
      "no-open-trust",
      "no-privilege-escalation",
    ]) {
      assert.ok(examples(section(page(name), "Good")).length > 0, name);
      assert.ok(examples(section(page(name), "Bad")).length > 1, name);
    }
  });
});

describe("index.ts of the pack", () => {
  it("lists every rule once, each mandatory in its own file", () => {
    const index = readFileSync(path.join(ROOT, "policy-pack/index.ts"), "utf8");
    for (const name of RULE_FILES) {
      const source = readFileSync(path.join(ROOT, "policy-pack/rules", `${name}.ts`), "utf8");
      assert.match(source, /enforcementLevel: "mandatory"/, name);
      assert.match(source, new RegExp(`name: "${name}"`), name);
      const variable = /export const (\w+)/.exec(source)?.[1] ?? "";
      assert.match(index, new RegExp(`import \\{ ${variable} \\} from "./rules/${name}"`), name);
      assert.equal(index.split(variable).length - 1, 2, name);
    }
  });
});

describe("the analysis", () => {
  const folder = path.join(ROOT, "policy-pack/lib");
  const sources = readdirSync(folder).map(
    (file) => [file, readFileSync(path.join(folder, file), "utf8")] as const,
  );

  it("imports nothing but itself and Node, so that it runs anywhere", () => {
    for (const [file, text] of sources) {
      for (const [, from = ""] of text.matchAll(/ from "([^"]+)"/g))
        assert.match(from, /^(\.\/|node:)/, `${file}: ${from}`);
    }
  });

  it("and the whole pack never load the AWS provider, which takes a second", () => {
    execFileSync(process.execPath, [path.join(ROOT, "policy-pack/build.mjs")]);
    const bundle = readFileSync(path.join(ROOT, "policy-pack/bin/index.js"), "utf8");
    const modules = [...bundle.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    const others = new Set(modules.filter((name) => name?.startsWith("node:") === false));
    assert.deepEqual([...others], ["@pulumi/policy"]);
  });
});
