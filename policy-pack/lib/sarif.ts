/** Findings as SARIF 2.1.0, in the form that code scanning accepts. Pure. */
import type { CheckedDocument, ReportedFinding } from "./check-document";
import { textHash } from "./fingerprint";
import { RULES } from "./rules";

/** Where in a file's text a finding stands, counted from one. */
export type Locate = (file: string, finding: ReportedFinding) => number;

/** One SARIF log for all files; `version` is the pack's. */
export function sarif(documents: readonly CheckedDocument[], version: string, locate: Locate): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "slipway", semanticVersion: version, rules: RULES.map(ruleOf) } },
        results: documents.flatMap(({ file, findings }) =>
          findings.map((finding) => resultOf(file, finding, locate(file, finding))),
        ),
      },
    ],
  };
}

function ruleOf({ name, description, remedy }: (typeof RULES)[number]): object {
  return {
    id: name,
    name,
    shortDescription: { text: description },
    help: { text: remedy, markdown: `${remedy} See \`docs/rules/${name}.md\`.` },
    properties: { tags: ["security", "iam"] },
  };
}

function resultOf(file: string, finding: ReportedFinding, line: number): object {
  return {
    ruleId: finding.rule,
    ruleIndex: RULES.findIndex(({ name }) => name === finding.rule),
    level: finding.severity,
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
        logicalLocations: [{ fullyQualifiedName: finding.path, kind: "member" }],
      },
    ],
    // Keeps a finding the same while lines move above it.
    partialFingerprints: {
      "slipway/v1": textHash(`${file}\n${finding.rule}\n${finding.path}\n${finding.message}`),
    },
  };
}

/** A relative path as a URI; standard input has none, so it gets a name. */
function uriOf(file: string): string {
  return file === "-"
    ? "stdin.json"
    : file.split("\\").join("/").split("/").map(encodeURIComponent).join("/");
}
