import assert from "node:assert/strict";
import {
  sarifBegin,
  sarifEnd,
  sarifResult,
  uriOf,
  type SarifRule,
} from "../../../../policy-pack/lib/check/sarif";
import { grantsOf } from "../../support/checked";
import { grant } from "../../support/documents";

const RULE: SarifRule = {
  name: "no-wildcard-grants",
  description: "Grants name their actions and resources.",
  severity: "high",
  remedy: "Name the resources.",
  page: "# no-wildcard-grants\n",
};

/** The one run of a log with the results. */
function runOf(
  results: readonly object[],
  notifications: Parameters<typeof sarifEnd>[0] = [],
  exitCode = 0,
): object {
  const texts = results.map((result) => JSON.stringify(result)).join(",\n");
  const log = JSON.parse(sarifBegin("1.2.3", [RULE]) + texts + sarifEnd(notifications, exitCode)) as {
    readonly version: string;
    readonly runs: readonly object[];
  };
  assert.equal(log.version, "2.1.0");
  assert.equal(log.runs.length, 1);
  return log.runs[0] ?? {};
}

describe("a SARIF log", () => {
  it("says of a rule all that GitHub shows and sorts by", () => {
    assert.deepEqual(runOf([]), {
      tool: {
        driver: {
          name: "slipway",
          semanticVersion: "1.2.3",
          rules: [
            {
              id: "no-wildcard-grants",
              name: "NoWildcardGrants",
              shortDescription: { text: "Grants name their actions and resources." },
              fullDescription: { text: "Grants name their actions and resources. Name the resources." },
              help: { text: "Name the resources.", markdown: "# no-wildcard-grants\n" },
              defaultConfiguration: { level: "error" },
              properties: {
                tags: ["security", "iam"],
                precision: "high",
                "problem.severity": "error",
                "security-severity": "8.0",
              },
            },
          ],
        },
      },
      columnKind: "utf16CodeUnits",
      results: [],
      invocations: [{ executionSuccessful: true, exitCode: 0, toolExecutionNotifications: [] }],
    });
  });

  it("places a result in the file, and in the document within it", () => {
    const template = {
      Resources: {
        P: { Type: "AWS::IAM::Policy", Properties: { PolicyDocument: grant("s3:GetObject", "*") } },
      },
    };
    const [policy] = grantsOf(JSON.stringify(template, null, 2), "stack.json");
    const [finding] = policy?.findings ?? [];
    assert.ok(policy !== undefined && finding !== undefined);
    const result = sarifResult("infra/stack.json", policy.name, finding, [RULE]) as Readonly<
      Record<string, unknown>
    >;
    assert.deepEqual(result, {
      ruleId: "no-wildcard-grants",
      ruleIndex: 0,
      level: "error",
      message: {
        text: 'P PolicyDocument: statement "Example", Statement[0].Resource: "*" reaches every resource for s3:GetObject. Name the resources, as arn:aws:s3:::<BucketName>/<ObjectName>, or narrow by a condition such as aws:ResourceTag that the action carries.',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "infra/stack.json", uriBaseId: "%SRCROOT%" },
            region: { startLine: 13 },
          },
          logicalLocations: [
            { fullyQualifiedName: "P PolicyDocument Statement[0].Resource", kind: "member" },
          ],
        },
      ],
      partialFingerprints: result["partialFingerprints"],
    });
    const moved = sarifResult("infra/stack.json", policy.name, { ...finding, line: 99 }, [RULE]);
    assert.deepEqual((moved as typeof result)["partialFingerprints"], result["partialFingerprints"]);
  });

  it("fails as a run when something could not be checked, and not for a file without policies", () => {
    const invocations = (isFault: boolean): unknown =>
      (
        runOf([], [{ uri: "a.json", text: "a.json does not exist.", isFault }], 2) as {
          readonly invocations: unknown;
        }
      ).invocations;
    const notification = (level: string): object => ({
      level,
      message: { text: "a.json does not exist." },
      locations: [{ physicalLocation: { artifactLocation: { uri: "a.json", uriBaseId: "%SRCROOT%" } } }],
    });
    assert.deepEqual(invocations(true), [
      { executionSuccessful: false, exitCode: 2, toolExecutionNotifications: [notification("error")] },
    ]);
    assert.deepEqual(invocations(false), [
      { executionSuccessful: true, exitCode: 2, toolExecutionNotifications: [notification("note")] },
    ]);
  });

  it("has paths as URIs", () => {
    assert.equal(uriOf("policies\\my role#1.json"), "policies/my%20role%231.json");
    assert.equal(uriOf("-"), "stdin.json");
  });
});
