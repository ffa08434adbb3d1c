import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { refusedSources } from "../support/buildkit-sources";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { messages, partOf, skipWithoutTools } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const digest = `sha256:${"b".repeat(64)}`;
const base = `node:22-alpine@${digest}`;
const evil = "docker-image://docker.io/library/evil:latest";

/** What the job hands to BuildKit for a Dockerfile; undefined when it is refused before. */
function prepared(dockerfile: string): { build: Build; text: string | undefined } {
  const build = runBuild({
    buildspec: partOf("image-ecs.yaml", ["prepare-dockerfile.sh"]),
    source: { Dockerfile: dockerfile },
    environment: { SLIPWAY_DOCKERFILE: "Dockerfile" },
  });
  return { build, text: build.left("work/dockerfile/Dockerfile") };
}

/** Sources that BuildKit refuses, by its own parser, frontend and policy engine. */
function refused(dockerfile: string, onbuild?: string): string[] {
  const { text } = prepared(dockerfile);
  assert.ok(text !== undefined, "refused before the build");
  return refusedSources(text, onbuild).map((sentence) => /"([^"]*)"/.exec(sentence)?.[1] ?? sentence);
}

describe("What a Dockerfile builds from, judged by BuildKit's own code:", function () {
  before(function () {
    skipWithout(this, "bash");
    skipWithoutTools(this, "buildkit-sources");
  });
  after(cleanUp);

  for (const [what, dockerfile, source] of [
    ["an image by tag", "FROM evil:latest\n", evil],
    ["a FROM over two lines", "FR\\\nOM evil\n", evil],
    ["a FROM in small letters, with a platform", "from --platform=linux/amd64 evil\n", evil],
    ["an argument that is an image by tag", "ARG BASE=evil\nFROM $BASE\n", evil],
    ["an argument's default that hides an image", "FROM ${BASE:-evil}\n", evil],
    ["COPY --from over two lines", `FROM ${base}\nCOPY --fr\\\nom=evil /a /a\n`, evil],
    ["a mount in capitals", `FROM ${base}\nRUN --mount=type=bind,FROM=evil true\n`, evil],
    ["a mount in quotes", `FROM ${base}\nRUN --mount="type=bind,from=evil" true\n`, evil],
    [
      "a download without a checksum",
      `FROM ${base}\nADD https://example.com/a /a\n`,
      "https://example.com/a",
    ],
    [
      "a download without encryption, even by checksum",
      `FROM ${base}\nADD --checksum=${digest} http://example.com/a /a\n`,
      "http://example.com/a",
    ],
    [
      "a Git repository",
      `FROM ${base}\nADD https://github.com/evil/evil.git#main /a\n`,
      "git://github.com/evil/evil.git#main",
    ],
    [
      "a Git repository by commit",
      `FROM ${base}\nADD https://github.com/evil/evil.git#${"a".repeat(40)} /a\n`,
      `git://github.com/evil/evil.git#${"a".repeat(40)}`,
    ],
    ["an image after a document that ends", `FROM ${base}\nRUN <<E\ntrue\nE\nCOPY --from=evil /a /a\n`, evil],
  ] as const) {
    it(`${what} is refused`, () => {
      assert.deepEqual(refused(dockerfile), [source]);
    });
  }

  it("what a base image adds when it is built on is refused as well", () => {
    assert.deepEqual(refused(`FROM ${base}\n`, "COPY --from=evil:1 /a /a"), [
      "docker-image://docker.io/library/evil:1",
    ]);
  });

  for (const [what, dockerfile] of [
    ["a base by digest", `FROM ${base}\nRUN true\n`],
    ["a stage whose name is written in another case", `FROM ${base} AS Ubuntu\nFROM ubuntu\nRUN true\n`],
    ["a stage by number", `FROM ${base}\nFROM scratch\nCOPY --from=0 /a /a\n`],
    ["a document that holds the word FROM", `FROM ${base}\nRUN <<E\nFROM evil\nE\n`],
    ["an argument that is a digest", `ARG BASE=${base}\nFROM $BASE\nRUN true\n`],
    ["a download by checksum", `FROM ${base}\nADD --checksum=${digest} https://example.com/a /a\n`],
    ["a file of the repository", `FROM ${base}\nCOPY a /a\n`],
    ["a comment that only looks like a directive", `FROM ${base}\n# syntax=evil\nRUN true\n`],
  ] as const) {
    it(`${what} is accepted`, () => {
      assert.deepEqual(refused(dockerfile), []);
    });
  }

  const directive =
    "slipway: Dockerfile begins with a syntax or escape directive. The platform builds with Docker's own frontend: leave it out.";
  for (const [what, head] of [
    ["as a comment", `# syntax=evil@${digest}\n`],
    ["without a space, in capitals", `#SYNTAX = evil@${digest}\n`],
    ["as a comment of C", `// syntax=evil@${digest}\n`],
    ["behind a byte order mark", `\ufeff# syntax=evil@${digest}\n`],
    ["after a shebang", `#!/usr/bin/env docker\n# syntax=evil@${digest}\n`],
    ["after another directive", `# check=skip=all\n# syntax=evil@${digest}\n`],
    ["that turns the escape character around", "# escape=`\n"],
  ] as const) {
    it(`a foreign frontend ${what} is refused in words`, () => {
      const { build, text } = prepared(`${head}FROM ${base}\n`);
      assert.equal(text, undefined);
      assert.deepEqual(messages(build.log), [directive]);
    });
  }

  it("a foreign frontend in a JSON document is refused in words", () => {
    const { build } = prepared(`{"syntax": "evil@${digest}"}`);
    assert.deepEqual(messages(build.log), [directive]);
  });

  it("and BuildKit finds no frontend in what it is given, where it would have found one", () => {
    for (const head of [`# syntax=evil@${digest}\n`, "#!x\n# syntax=evil\n"]) {
      const text = `${head}FROM ${base}\nRUN true\n`;
      assert.match(refusedSources(text)[0] ?? "", /^frontend evil/);
      const hidden = refusedSources(`# The platform builds with the engine's own frontend.\n${text}`);
      assert.ok(hidden.every((sentence) => !sentence.startsWith("frontend")));
    }
  });

  it("the copy that is built begins with the platform's comment, and keeps its .dockerignore", () => {
    const build = runBuild({
      buildspec: partOf("image-ecs.yaml", ["prepare-dockerfile.sh"]),
      source: { "docker/Dockerfile": `FROM ${base}\n`, "docker/Dockerfile.dockerignore": "x\n" },
      environment: { SLIPWAY_DOCKERFILE: "docker/Dockerfile" },
    });
    assert.equal(
      build.left("work/dockerfile/Dockerfile"),
      `# The platform builds with the engine's own frontend.\nFROM ${base}\n`,
    );
    assert.equal(build.left("work/dockerfile/Dockerfile.dockerignore"), "x\n");
  });
});
