import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { defaultTagProblems, type RawConfig, secretProblems, toConnection } from "../../settings/rules";
import type { Problem } from "../../input/problem";
import { renderProblems } from "../../input/problem-text";
import { platform } from "../support/platform";

/** The config of a stack with these values, in plain text. */
function rawConfig(values: Readonly<Record<string, string>>): RawConfig {
  return {
    values,
    secretKeys: [],
    locate: () => undefined,
    projectFile: "Pulumi.yaml",
    stackFile: "Pulumi.dev.yaml",
    stackKeys: Object.keys(values),
    stackFiles: ["Pulumi.dev.yaml"],
  };
}

const messages = (problems: readonly Problem[]): string[] => problems.map(({ message }) => message);

describe("a connection that exists", () => {
  const arn = (region: string, account: string): string =>
    `arn:aws:codeconnections:${region}:${account}:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`;
  const problemsOf = (connection: string): string => {
    const checked = toConnection({ arn: connection }, platform.cicd, () => undefined);
    return "problems" in checked ? renderProblems(checked.problems) : "";
  };

  it("is in the account and the region of the pipelines", () => {
    assert.equal(problemsOf(arn("eu-west-1", "111111111111")), "");
    for (const elsewhere of [arn("us-east-1", "111111111111"), arn("eu-west-1", "222222222222")]) {
      assert.equal(
        problemsOf(elsewhere),
        `slipway:connection.arn: "${elsewhere}" is not in the account and region of the pipelines.\n` +
          "  Wanted: a connection in account 111111111111 and region eu-west-1, as slipway:cicd says.",
      );
    }
  });
});

describe("credentials of the provider", () => {
  it("are refused in plain text whatever they look like, each of the three", () => {
    const values = { "aws:accessKey": "a", "aws:secretKey": "b", "aws:token": "c", "aws:region": "d" };
    assert.deepEqual(messages(secretProblems(rawConfig(values))), [
      "aws:accessKey holds a credential in plain text.",
      "aws:secretKey holds a credential in plain text.",
      "aws:token holds a credential in plain text.",
    ]);
    assert.deepEqual(secretProblems({ ...rawConfig(values), secretKeys: Object.keys(values) }), []);
  });
});

describe("default tags of the provider", () => {
  it("are none of the two that policies compare", () => {
    const tags = { Application: "shop", DeploymentKind: "ecs", Team: "orders" };
    assert.deepEqual(
      messages(defaultTagProblems(rawConfig({ "aws:defaultTags": JSON.stringify({ tags }) }))),
      ["Application", "DeploymentKind"].map(
        (tag) =>
          `aws:defaultTags.tags.${tag}: this tag decides whose role is whose, so it cannot be a default.`,
      ),
    );
    assert.deepEqual(defaultTagProblems(rawConfig({})), []);
  });
});
