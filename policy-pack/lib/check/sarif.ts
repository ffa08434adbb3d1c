/**
 * Findings as SARIF 2.1.0, in the form that GitHub's code scanning takes:
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning. Pure.
 */
import { textHash } from "../document/fingerprint";
import { textOf, type RuleName } from "../judge/findings";
import { shownText, type CheckedFinding } from "./check-source";

/** What a rule says of itself in the log. */
export interface SarifRule {
  readonly name: RuleName;
  readonly description: string;
  readonly severity: string;
  readonly remedy: string;
  /** The whole page about the rule in Markdown, where it is at hand. */
  readonly page: string | undefined;
}

/** A file that was not checked, and whether that is a fault. */
export interface SarifNotification {
  readonly uri: string;
  readonly text: string;
  readonly isFault: boolean;
}

/** GitHub takes no log with more results in a run. */
export const MOST_RESULTS = 25_000;

/** How GitHub sorts alerts: from 9.0 critical, from 7.0 high, from 4.0 medium. */
const SCORES: Readonly<Record<string, string>> = { critical: "9.5", high: "8.0", medium: "5.0", low: "2.0" };

/** The log up to its first result. */
export function sarifBegin(version: string, rules: readonly SarifRule[]): string {
  const driver = { name: "slipway", semanticVersion: version, rules: rules.map(ruleOf) };
  return `{
"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
"version": "2.1.0",
"runs": [{
"tool": ${JSON.stringify({ driver })},
"columnKind": "utf16CodeUnits",
"results": [`;
}

/** The log from its last result; it says for every file that was not checked that it was not. */
export function sarifEnd(notifications: readonly SarifNotification[], exitCode: number): string {
  const invocation = {
    executionSuccessful: !notifications.some(({ isFault }) => isFault),
    exitCode,
    toolExecutionNotifications: notifications.map(({ uri, text, isFault }) => ({
      level: isFault ? "error" : "note",
      message: { text },
      locations: [{ physicalLocation: { artifactLocation: locationOf(uri) } }],
    })),
  };
  return `\n],\n"invocations": [${JSON.stringify(invocation)}]\n}]\n}\n`;
}

function ruleOf({ name, description, severity, remedy, page }: SarifRule): object {
  return {
    id: name,
    name: name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: description },
    fullDescription: { text: `${description} ${remedy}` },
    help: { text: remedy, markdown: page ?? remedy },
    defaultConfiguration: { level: "error" },
    properties: {
      tags: ["security", "iam"],
      precision: "high",
      "problem.severity": "error",
      "security-severity": SCORES[severity] ?? "5.0",
    },
  };
}

/** One result; `name` is what the file calls the document. */
export function sarifResult(
  uri: string,
  name: string | null,
  { located: { finding }, line }: CheckedFinding,
  rules: readonly SarifRule[],
): object {
  const { rule, severity, path } = finding;
  const text = shownText(name === null ? textOf(finding) : `${name}: ${textOf(finding)}`);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex((one) => one.name === rule),
    level: severity,
    message: { text },
    locations: [
      {
        physicalLocation: { artifactLocation: locationOf(uri), region: { startLine: line } },
        logicalLocations: [{ fullyQualifiedName: name === null ? path : `${name} ${path}`, kind: "member" }],
      },
    ],
    // Keeps a finding the same while lines move above it.
    partialFingerprints: { "slipway/v1": textHash(`${uri}\n${rule}\n${path}\n${text}`) },
  };
}

function locationOf(uri: string): object {
  return { uri, uriBaseId: "%SRCROOT%" };
}

/** A path as a URI relative to the repository's root; standard input has none, so it gets a name. */
export function uriOf(path: string): string {
  return path === "-"
    ? "stdin.json"
    : path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}
