import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { projectDirectory } from "./support/shipped-preview";

/** Folders whose tests stand beside what they test by name: `iam/door.ts` is tested in `test/iam/door.test.ts`. */
const mirrored = [
  "access",
  "components",
  "definitions",
  "delivery",
  "evaluator",
  "iam",
  "input",
  "reports",
  "settings",
];

/** Tests in those folders that are about several files at once, and what they are about. */
const aboutSeveral: Readonly<Record<string, string>> = {
  "access/cross-account": "both sides of each grant between accounts",
  "access/people": "the roles of people in all accounts",
  "access/rights": "the exact rights of all roles",
  "evaluator/completions": "the third answer of the whole evaluator: what unknown stands for",
  "evaluator/control-policies": "service and resource control policies beside all other layers",
  "evaluator/cross-account": "both sides of a request between accounts",
  "evaluator/pbac": "the whole evaluator beside an independent one",
  "evaluator/properties": "the whole evaluator on generated policies",
  "evaluator/variables": "policy variables in resources, conditions and documents of each version",
  "reports/proof/holes": "the proof as a whole: the search finds every hole",
  "iam/isolation": "the documents of all roles together: nobody reaches what is another's",
  "reports/changes/holes": "the whole report on each of many holes in the shipped platform",
};

/** Tests in `test/buildspecs/` that are not about the buildspec of their name. */
const besideBuildspecs: Readonly<Record<string, string>> = {
  image: "the image jobs of all kinds of deployment",
  "publish-image": "the publish jobs of all kinds of deployment that run images",
  "enter-environment": "the script by which all deployments enter an environment",
  "real-tools": "the gates of all jobs with the programs that CodeBuild downloads",
  rendering: "the text that CodeBuild gets of every buildspec",
};

/** Buildspecs that are tested with another one, and where. */
const testedTogether: Readonly<Record<string, string>> = {
  "image-ecs": "image",
  "image-kubernetes": "image",
  "publish-ecs": "publish-image",
  "publish-kubernetes": "publish-image",
  "publish-serverless": "package-serverless",
};

/** Paths below `test/`, without `.test.ts`. */
const tests = readdirSync(path.join(projectDirectory, "test"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => file.split(path.sep).join("/").slice(0, -".test.ts".length))
  .toSorted();

const text = (file: string): string => readFileSync(path.join(projectDirectory, file), "utf8");
const isThere = (file: string): boolean => existsSync(path.join(projectDirectory, file));

/** Of the pack's and the preview's tests those in subfolders, of those without a folder all but the repository's own. */
function mirrors(test: string): boolean {
  const [folder = "", ...rest] = test.split("/");
  if (rest.length === 0) return !["docs", "pictures", "repository"].includes(folder);
  return mirrored.includes(folder) || (folder === "policy-pack" && rest.length > 1);
}

describe("the repository", () => {
  it("has for each test the file of its name, where test/ mirrors the source", () => {
    const lost = tests
      .filter((test) => mirrors(test) && !Object.hasOwn(aboutSeveral, test) && !isThere(`${test}.ts`))
      .map(
        (test) =>
          `test/${test}.test.ts: there is no ${test}.ts. Call the test after the file that it tests, ` +
          "or say in aboutSeveral which files it is about.",
      );
    assert.deepEqual(lost, []);
  });

  it("has for each test of a job the buildspec of its name", () => {
    const lost = tests
      .filter((test) => test.startsWith("buildspecs/"))
      .map((test) => test.slice("buildspecs/".length))
      .filter((name) => !Object.hasOwn(besideBuildspecs, name) && !isThere(`buildspecs/${name}.yaml`))
      .map((name) => `test/buildspecs/${name}.test.ts: there is no buildspecs/${name}.yaml.`);
    assert.deepEqual(lost, []);
  });

  it("has a test for each buildspec", () => {
    const untested = readdirSync(path.join(projectDirectory, "buildspecs"))
      .filter((file) => file.endsWith(".yaml") && /^phases:/m.test(text(`buildspecs/${file}`)))
      .map((file) => file.slice(0, -".yaml".length))
      .filter((name) => !tests.includes(`buildspecs/${testedTogether[name] ?? name}`))
      .map((name) => `buildspecs/${name}.yaml: there is no test/buildspecs/${name}.test.ts.`);
    assert.deepEqual(untested, []);
  });

  it("excuses no test that is not there, or that has the file of its name", () => {
    const excused = [
      ...Object.keys(aboutSeveral).map((test) => ({ test, source: `${test}.ts` })),
      ...Object.keys(besideBuildspecs).map((name) => ({
        test: `buildspecs/${name}`,
        source: `buildspecs/${name}.yaml`,
      })),
    ];
    assert.deepEqual(
      excused.filter(({ test, source }) => !tests.includes(test) || isThere(source)).map(({ test }) => test),
      [],
    );
  });

  it("runs every test in one of the parts of npm test, or with the jobs", () => {
    const { scripts } = JSON.parse(text("package.json")) as { scripts: Readonly<Record<string, string>> };
    const commands = /^mocha (".+")$/.exec(scripts["mocha:commands"] ?? "")?.[1];
    const programs = /^mocha (".+")$/.exec(scripts["mocha:programs"] ?? "")?.[1];
    const jobs = /^mocha --parallel --jobs 2 (".+")$/.exec(scripts["test:jobs"] ?? "")?.[1];
    assert.ok(commands && programs && jobs);
    const others = [commands, programs, jobs].map((files) => ` --ignore ${files}`).join("");
    assert.equal(scripts["mocha:parts"], `${scripts["mocha"] ?? ""}${others}`);
  });
});
