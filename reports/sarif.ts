import { createHash } from "node:crypto";
import type { PolicyFinding, PreviewDocument, StackProblem, StackPreview } from "../preview/preview-document";

/** The version of Slipway that made the report. */
export interface SarifOptions {
  readonly version: string;
}

interface SarifResult {
  readonly ruleId: string;
  readonly level: "error" | "warning" | "note";
  readonly message: { readonly text: string };
  readonly locations: readonly unknown[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
}

/** The rule under which problems of the input, and warnings about it, are reported. */
const INPUT_RULE = "input";

/**
 * Findings and problems in SARIF 2.1.0, the format of code scanning
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). What concerns a resource is placed at the file of
 * its stack, since a resource has no line of its own.
 */
export function renderSarif(document: PreviewDocument, { version }: SarifOptions): string {
  const { problems, warnings = [], stacks } = document;
  const results = [
    ...problems.map((problem) => inputResult(problem, "error")),
    ...warnings.map((warning) => inputResult(warning, "warning")),
    ...stacks.flatMap(stackResults),
  ];
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Slipway", version, rules: rules.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function stackResults(stack: StackPreview): SarifResult[] {
  const { violations, notVerifiable, exempted } = stack.policy;
  return [
    ...violations.map((finding) =>
      findingResult(stack, finding, finding.level === "mandatory" ? "error" : "warning"),
    ),
    ...notVerifiable.map((finding) => findingResult(stack, finding, "note")),
    ...exempted.map((finding) => ({
      ...findingResult(stack, finding, "note"),
      suppressions: [{ kind: "external", justification: finding.message }],
    })),
  ];
}

function findingResult(
  stack: StackPreview,
  finding: PolicyFinding,
  level: SarifResult["level"],
): SarifResult {
  const { rule, urn, path, message } = finding;
  const subject = [urn, path].filter((part) => part !== "").join(" ");
  return {
    ruleId: rule,
    level,
    message: { text: `${subject}: ${message}` },
    locations: [
      {
        physicalLocation: physicalLocation(`Pulumi.${stack.name}.yaml`, 1, 1),
        logicalLocations: [{ fullyQualifiedName: subject, kind: "resource" }],
      },
    ],
    partialFingerprints: fingerprint(rule, urn, path, message),
  };
}

function inputResult(
  { message, remedy, file, line, column }: StackProblem,
  level: "error" | "warning",
): SarifResult {
  return {
    ruleId: INPUT_RULE,
    level,
    message: { text: remedy === undefined ? message : `${message}\n${remedy}` },
    locations: [{ physicalLocation: physicalLocation(file ?? "Pulumi.yaml", line ?? 1, column ?? 1) }],
    partialFingerprints: fingerprint(INPUT_RULE, file ?? "", message),
  };
}

function physicalLocation(file: string, startLine: number, startColumn: number): unknown {
  return { artifactLocation: { uri: encodeURI(file) }, region: { startLine, startColumn } };
}

/** Stays the same from run to run, so that code scanning does not report the same finding as new. */
function fingerprint(...parts: readonly string[]): Record<string, string> {
  return { "slipway/v1": createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32) };
}
