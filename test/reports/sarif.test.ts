import assert from "node:assert/strict";
import { renderSarif } from "../../reports/sarif";
import { BROKEN, CLEAN, REFUSED, WARNED } from "./documents";

interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly version: string;
        readonly rules: readonly { readonly id: string }[];
      };
    };
    readonly results: readonly Result[];
  }[];
}

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number; readonly startColumn: number };
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
}

function log(document: typeof CLEAN): Log {
  return JSON.parse(renderSarif(document, { version: "1.2.3" })) as Log;
}

function results(document: typeof CLEAN): readonly Result[] {
  return log(document).runs[0]?.results ?? [];
}

describe("the preview as SARIF", () => {
  it("holds warnings about the input at their places, as warnings", () => {
    assert.deepEqual(
      results(WARNED)
        .filter(({ ruleId }) => ruleId === "input")
        .map(({ level, message, locations }) => [
          level,
          message.text,
          locations[0]?.physicalLocation.artifactLocation.uri,
          locations[0]?.physicalLocation.region,
        ]),
      [
        ["warning", "There are no <pipelines>.", "Pulumi.yaml", { startLine: 1, startColumn: 1 }],
        [
          "warning",
          "The environment test has no stack file.\nAdd Pulumi.test.yaml.",
          "Pulumi.yaml",
          { startLine: 34, startColumn: 13 },
        ],
      ],
    );
  });

  it("is version 2.1.0 and names the tool and every rule that has a result", () => {
    const { version, runs } = log(BROKEN);
    assert.equal(version, "2.1.0");
    assert.deepEqual(runs[0]?.tool.driver, {
      name: "Slipway",
      version: "1.2.3",
      rules: [
        { id: "no-open-trust" },
        { id: "no-wildcard-grants" },
        { id: "readable-policies" },
        { id: "role-reach" },
      ],
    });
    assert.deepEqual(results(CLEAN), []);
  });

  it("makes errors of mandatory violations, warnings of advisories, notes of the rest", () => {
    assert.deepEqual(
      results(BROKEN).map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions?.[0]?.kind]),
      [
        ["no-wildcard-grants", "error", undefined],
        ["no-wildcard-grants", "error", undefined],
        ["role-reach", "warning", undefined],
        ["readable-policies", "note", undefined],
        ["no-open-trust", "note", "external"],
      ],
    );
  });

  it("places a finding at its stack's file and says resource, property and message", () => {
    const [first] = results(BROKEN);
    assert.equal(first?.locations[0]?.physicalLocation.artifactLocation.uri, "Pulumi.cicd.yaml");
    assert.equal(
      first.message.text,
      "urn:pulumi:cicd::shop::aws:iam/rolePolicy:RolePolicy::job policy: " +
        'Statement "ReadAll", Statement[0].Action: "s3:*" grants 150 actions. List the ones that the job needs.',
    );
  });

  it("places a problem where it stands, or at Pulumi.yaml", () => {
    assert.deepEqual(
      results(REFUSED).map(({ ruleId, level, message, locations }) => [
        ruleId,
        level,
        message.text,
        locations[0]?.physicalLocation,
      ]),
      [
        [
          "input",
          "error",
          'There is no environment "prd".\nThe environments are: dev, prod.',
          { artifactLocation: { uri: "applications/shop.yaml" }, region: { startLine: 12, startColumn: 5 } },
        ],
        [
          "input",
          "error",
          "There is no stack file.",
          { artifactLocation: { uri: "Pulumi.yaml" }, region: { startLine: 1, startColumn: 1 } },
        ],
      ],
    );
  });

  it("gives each finding a fingerprint of its own that stays the same", () => {
    const prints = results(BROKEN).map(({ partialFingerprints }) => partialFingerprints["slipway/v1"]);
    assert.equal(new Set(prints).size, prints.length);
    assert.deepEqual(
      results(BROKEN).map(({ partialFingerprints }) => partialFingerprints["slipway/v1"]),
      prints,
    );
  });
});
