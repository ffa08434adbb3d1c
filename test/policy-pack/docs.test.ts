import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { contextOf, type DocumentKind } from "../../policy-pack/lib/document/context";
import type { RuleName } from "../../policy-pack/lib/judge/findings";
import { judgeDocument } from "../../policy-pack/lib/judge/judge-document";
import { GRANT_RULES, RULES } from "../../policy-pack/rule-list";

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
  it("are one per rule, beside the comparison and the published policies", () => {
    const pages = readdirSync(PAGES).map((file) => file.replace(/\.md$/, ""));
    assert.deepEqual(pages.sort(), [...RULE_FILES, "comparison", "published-policies"].sort());
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

describe("the rules of the pack", () => {
  it("are one object per file, and all of them are listed", () => {
    assert.deepEqual(RULES.map(({ name }) => name).sort(), RULE_FILES.sort());
    for (const name of RULE_FILES) {
      const source = readFileSync(path.join(ROOT, "policy-pack/rules", `${name}.ts`), "utf8");
      assert.match(source, new RegExp(`name: "${name}"`), name);
    }
  });

  it("begin with the settings and end with the exceptions, whose use is known by then", () => {
    assert.equal(RULES[0]?.name, "pack-settings");
    assert.equal(RULES.at(-1)?.name, "governed-exemptions");
  });

  it("say what holds, how grave a violation is, what to do and where to read on", () => {
    const severities = RULES.map(({ name, severity }) => `${name} ${severity}`);
    assert.deepEqual(severities, [
      "pack-settings high",
      "readable-policies high",
      "no-wildcard-grants high",
      "no-open-trust critical",
      "no-privilege-escalation high",
      "no-broad-managed-policies high",
      "role-reach high",
      "governed-exemptions high",
    ]);
    for (const { name, description, remedy, page: address } of RULES) {
      assert.match(description, /^[A-Z].*\.$/, name);
      assert.match(remedy, /^[A-Z].*\.$/, name);
      assert.equal(address, `docs/rules/${name}.md`);
    }
  });

  it("about grants are those that findings can name", () => {
    const named: Readonly<Record<RuleName, true>> = {
      "readable-policies": true,
      "no-wildcard-grants": true,
      "no-open-trust": true,
      "no-privilege-escalation": true,
      "no-broad-managed-policies": true,
      "role-reach": true,
    };
    assert.deepEqual(
      GRANT_RULES.map(({ name }) => name),
      Object.keys(named),
    );
  });

  it("are read without loading anything of Pulumi, as check-policy does", () => {
    const script = `
      require("./policy-pack/rule-list");
      require("./cli/check-policy");
      process.stdout.write(JSON.stringify(Object.keys(require.cache)));`;
    const loader = path.join(ROOT, "preview/loader.js");
    const output = execFileSync(process.execPath, ["-r", loader, "-e", script], {
      cwd: ROOT,
      encoding: "utf8",
      // It only loads files; what it reports of them would blur the coverage of the tests that run them.
      env: { ...process.env, NODE_V8_COVERAGE: "" },
    });
    const files = JSON.parse(output) as string[];
    assert.ok(files.some((file) => file.endsWith("policy-pack/rules/no-open-trust.ts")));
    assert.deepEqual(
      files.filter((file) => file.includes("@pulumi")),
      [],
    );
  });
});

describe("the analysis", () => {
  const folder = path.join(ROOT, "policy-pack/lib");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file, readFileSync(path.join(folder, file), "utf8")] as const);

  it("stands in its rooms, and imports nothing but itself and Node, so that it runs anywhere", () => {
    assert.ok(sources.length > 30);
    for (const [file, text] of sources) {
      assert.match(file, /^(document|aws|measure|judge|govern|check)\/[a-z-]+\.ts$/);
      for (const [, from = ""] of text.matchAll(/ from "([^"]+)"/g))
        assert.match(from, /^(\.\/|\.\.\/(document|aws|measure|judge|govern)\/|node:)/, `${file}: ${from}`);
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
