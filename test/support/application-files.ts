import assert from "node:assert/strict";
import { it } from "mocha";
import type { Application } from "../../definitions/application";
import { readApplications } from "../../definitions/read";
import { buildspecSize } from "../../delivery/buildspec";
import { renderProblems } from "../../input/problem-text";
import type { Environment, Platform } from "../../settings/settings";
import { dev, platform as twoEnvironments, prod } from "./platform";
import { type Files, inFolder } from "./settings";

export const test: Environment = {
  name: "test",
  accountId: "333333333333",
  region: "eu-west-1",
  production: false,
};
export const platform: Platform = { ...twoEnvironments, environments: [dev, test, prod] };

/** A right application file. */
export const shop = `name: shop
repository: example-org/shop
notifications: [shop@example.com]
test:
  runtimes: { python: "3.13" }
  commands: [python -m pytest]
  reports:
    - { name: unit, file: reports/junit.xml, format: JUNITXML }
deployment:
  kind: ecs
  containerName: web
  taskDefinition: ecs/task-definition.json
capabilities: [dynamodb]
tracks:
  - name: main
    branches: [main]
    environments: [dev]
  - name: prod
    branches: [prod]
    environments: [prod]
`;

/** The file above with texts replaced. */
export function edited(...edits: readonly (readonly [text: string, replacement: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), `the file holds ${from}`);
    return text.replace(from, () => to);
  }, shop);
}

/** The file above for an application of another name. */
export function named(name: string): string {
  return shop.replaceAll("shop", name);
}

/** Problems of the application files here, as text. */
export function problemsHere(platform: Platform | undefined): string {
  const read = readApplications("applications", platform, buildspecSize);
  return "problems" in read ? renderProblems(read.problems) : "";
}

/** The applications here, which are right. */
export function applicationsHere(): readonly Application[] {
  const read = readApplications("applications", platform, buildspecSize);
  assert.ok("value" in read, "problems" in read ? renderProblems(read.problems) : "");
  return read.value;
}

export function problemsOf(files: Files, prepare: () => void = () => undefined): string {
  return inFolder(files, () => {
    prepare();
    return problemsHere(platform);
  });
}

/** Problems of one application file called shop.yaml. */
export function problemsIn(text: string): string {
  return problemsOf({ "applications/shop.yaml": text });
}

/** As a message ends. */
export const nameFormat =
  "  Allowed: small letters, digits and single hyphens between them, a letter first, at most 40 characters.";

/** An application file with faults, and the lines of the message about them: `line:column: …` stands for shop.yaml's. */
export type FaultyFile = readonly [name: string, text: string, ...expected: string[]];

/** One test for each. */
export function testMessages(cases: readonly FaultyFile[]): void {
  for (const [name, text, ...expected] of cases) {
    it(name, () => {
      const lines = expected.map((line) => (/^\d/.test(line) ? `applications/shop.yaml:${line}` : line));
      assert.equal(problemsIn(text), lines.join("\n"));
    });
  }
}
