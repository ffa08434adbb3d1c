import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ProjectCopy } from "../support/project-copy";
import { slipway, type Run } from "../support/shipped-preview";

const helloWorld = "applications/hello-world.yaml";

/** What a person sees of input that is wrong: the whole text, and nothing that looks like a result. */
function refused({ status, stdout, stderr }: Run): string {
  assert.equal(status, 2, stdout + stderr);
  const seen = stdout + stderr;
  assert.doesNotMatch(seen, /\n\s+at .+:\d+:\d+/, "a stack trace");
  assert.doesNotMatch(seen, /Approve_Prod|aws:codepipeline/, "half a result");
  return seen;
}

describe("wrong input", () => {
  let copy: ProjectCopy;
  beforeEach(() => {
    copy = new ProjectCopy();
  });
  afterEach(() => {
    copy.remove();
  });
  const preview = (...args: string[]): Promise<Run> => slipway(["preview", ...args], copy.directory);

  it("is said all at once, settings and applications together, each with its place", async () => {
    copy.replace("Pulumi.yaml", 'accountId: "333333333333"', 'accountId: "33333333333"');
    copy.replace("Pulumi.dev.yaml", "slipway:environment: dev", "slipway:environment: dve");
    copy.replace(helloWorld, "healthPath: /hello", "healthPth: /hello");
    copy.replace("applications/backend-flask.yaml", "environments: [prod]", "environments: [production]");
    const seen = refused(await preview("--stack", "dev"));
    assert.match(seen, /Pulumi\.yaml:\d+:\d+/);
    assert.match(seen, /hello-world\.yaml:\d+:\d+/);
    for (const word of ["33333333333", "healthPth", "healthPath"])
      assert.ok(seen.includes(word), `${word}\n${seen}`);
  });

  it("is refused with the nearest environment that exists", async () => {
    copy.replace("applications/backend-flask.yaml", "environments: [prod]", "environments: [prdo]");
    const seen = refused(await preview("--stack", "dev"));
    assert.match(seen, /backend-flask\.yaml:\d+:20/);
    assert.ok(seen.includes('"prdo" is not an environment.'), seen);
    assert.ok(seen.includes("Did you mean prod?"), seen);
  });

  it("is one document with problems and without stacks under --json", async () => {
    copy.replace(helloWorld, "kind: serverless", "kind: severless");
    const { status, stdout } = await preview("--json");
    const document = JSON.parse(stdout) as {
      version: number;
      stacks: unknown[];
      problems: { file?: string }[];
    };
    assert.equal(status, 2);
    assert.deepEqual([document.version, document.stacks], [1, []]);
    assert.equal(document.problems[0]?.file, helloWorld);
  });

  it("says file, line and column of YAML that does not parse", async () => {
    copy.replace(helloWorld, "deployment:\n", "deployment: {\n");
    assert.match(refused(await preview("--stack", "dev")), /applications\/hello-world\.yaml:\d+:\d+/);
  });

  it("says the same of a stack file", async () => {
    copy.write("Pulumi.dev.yaml", "config:\n  slipway:stack: [environment\n");
    assert.match(refused(await preview("--stack", "dev")), /Pulumi\.dev\.yaml:\d+:\d+/);
  });

  it("lists the stacks that there are when one is missing", async () => {
    const seen = refused(await preview("--stack", "staging"));
    for (const word of ["staging", "cicd", "dev", "prod", "test"]) assert.ok(seen.includes(word), seen);
  });

  it("names an empty folder of applications", async () => {
    rmSync(join(copy.directory, "applications"), { recursive: true });
    assert.match(refused(await preview("--stack", "dev")), /applications/);
  });

  it("keeps the file of a problem that concerns the whole of it, also under --json", async () => {
    const moved = readFileSync(join(copy.directory, helloWorld), "utf8");
    rmSync(join(copy.directory, helloWorld));
    copy.write("applications/team/hello-world.yaml", moved);
    const { status, stdout } = await preview("--stack", "dev", "--json");
    assert.equal(status, 2);
    assert.deepEqual((JSON.parse(stdout) as { problems: unknown }).problems, [
      {
        message: "This folder is not read.",
        file: "applications/team",
        remedy: "Move its application files into applications itself, and anything else out of it.",
        stacks: ["dev"],
      },
    ]);
  });

  it("is not called clean without a word where stacks are missing, nor is that an error", async () => {
    rmSync(join(copy.directory, "Pulumi.test.yaml"));
    rmSync(join(copy.directory, "Pulumi.cicd.yaml"));
    const warnings =
      "warning: Pulumi.yaml: No stack is of kind cicd, so there are no pipelines.\n" +
      "  Add Pulumi.cicd.yaml with slipway:stack: cicd.\n" +
      "warning: Pulumi.yaml:34:13: The environment test has no stack file, so nothing is made in its account.\n" +
      "  Add Pulumi.test.yaml with slipway:stack: environment and slipway:environment: test.\n";
    assert.deepEqual(await preview("--stack", "dev", "--quiet"), { status: 0, stdout: "", stderr: warnings });
  });

  it("is said of tests that are too long for CodeBuild, together with everything else", async () => {
    const long = `commands: [${"echo 0123456789, ".repeat(2000)}npm test]`;
    copy.replace(helloWorld, "commands: [npm test]", long);
    copy.replace("applications/backend-flask.yaml", "environments: [prod]", "environments: [prdo]");
    const { status, stdout } = await preview("--stack", "dev", "--json");
    assert.equal(status, 2);
    const { problems } = JSON.parse(stdout) as { problems: { message: string }[] };
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        'tracks[1].environments[0]: "prdo" is not an environment.',
        "test: the buildspec of these commands has 42,319 characters; CodeBuild takes 25,600.",
      ],
    );
  });

  it("refuses a file of 1 MB without reading it through", async () => {
    copy.write(helloWorld, `name: hello-world\n# ${"x".repeat(1024 * 1024)}\n`);
    assert.match(refused(await preview("--stack", "dev")), /hello-world\.yaml/);
  });

  it("names two applications whose names overlap", async () => {
    const other = readFileSync(join(copy.directory, helloWorld), "utf8");
    copy.write("applications/hello-world-dev.yaml", other.replaceAll("hello-world", "hello-world-dev"));
    const seen = refused(await preview("--stack", "dev"));
    assert.match(seen, /applications\/hello-world-dev\.yaml:3:7/);
    assert.ok(seen.includes('"hello-world"'), seen);
  });

  it("does not print a credential that was written in plain text", async () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    copy.replace(helloWorld, "commands: [npm test]", `commands: ["TOKEN=${token} npm test"]`);
    const seen = refused(await preview("--stack", "dev"));
    assert.ok(!seen.includes(token), "the credential is shown");
    assert.match(seen, /hello-world\.yaml:\d+:\d+/);
  });
});
