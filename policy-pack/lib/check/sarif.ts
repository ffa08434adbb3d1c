/** Findings as SARIF 2.1.0, in the form that code scanning accepts. Pure. */
import { textHash } from "../document/fingerprint";
import type { CheckedDocument, ReportedFinding } from "./check-document";

/** Where in a file's text a finding stands, counted from one. */
export type Locate = (file: string, finding: ReportedFinding) => number;

/** What a rule says of itself in the log. */
export interface SarifRule {
  readonly name: string;
  readonly description: string;
  readonly remedy: string;
  readonly page: string;
}

/** The tool that makes the log: the pack's version, and the rules that findings can name. */
export interface SarifTool {
  readonly version: string;
  readonly rules: readonly SarifRule[];
}

/** One SARIF log for all files. */
export function sarif(documents: readonly CheckedDocument[], tool: SarifTool, locate: Locate): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "slipway", semanticVersion: tool.version, rules: tool.rules.map(ruleOf) } },
        results: documents.flatMap(({ file, findings }) =>
          findings.map((finding) => resultOf(file, finding, tool.rules, locate(file, finding))),
        ),
      },
    ],
  };
}

function ruleOf({ name, description, remedy, page }: SarifRule): object {
  return {
    id: name,
    name,
    shortDescription: { text: description },
    help: { text: remedy, markdown: `${remedy} See \`${page}\`.` },
    properties: { tags: ["security", "iam"] },
  };
}

function resultOf(file: string, finding: ReportedFinding, rules: readonly SarifRule[], line: number): object {
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ name }) => name === finding.rule),
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
