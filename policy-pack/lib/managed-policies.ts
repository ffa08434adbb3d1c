/**
 * AWS managed policies by what they grant, not by name: the latest document of each is at hand
 * (`data/managed-policies.jsonl.gz`, made by `data/generate-managed-policies.mjs`) and judged like any other.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { contextOf } from "./context";
import { brief, type Finding, type Severity } from "./findings";
import { judge } from "./judge";
import type { Attachment } from "./places";

/** Whether an ARN is that of a policy AWS manages, in any partition. */
export function isAwsManaged(arn: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(arn);
}

/** The document of an AWS managed policy, or undefined if the data does not have it. */
export function managedDocument(arn: string): unknown {
  const line = lines().get(pathOf(arn));
  return line === undefined ? undefined : (JSON.parse(line) as { readonly document: unknown }).document;
}

/** The ARNs of every AWS managed policy at hand. */
export function managedArns(): string[] {
  return [...lines().keys()].map((path) => `arn:aws:iam::aws:policy/${path}`);
}

/** Findings about one managed policy where it is attached. Policies of the account itself are judged where made. */
export function judgeAttachment(arn: string, property: string, use: Attachment["use"]): Finding[] {
  if (!isAwsManaged(arn)) return [];
  const found = (severity: Severity, reason: string, remedy: string): Finding[] => [
    {
      rule: "no-broad-managed-policies",
      severity,
      path: property,
      value: brief(arn),
      reason,
      remedy,
      actions: [arn],
    },
  ];
  const document = managedDocument(arn);
  if (document === undefined) {
    return found(
      "warning",
      "is not among the AWS managed policies that are known here, so what it grants cannot be told.",
      "Write a policy of your own, or renew data/managed-policies.jsonl.gz.",
    );
  }
  const { findings } = judge(document, contextOf("identity"));
  if (use === "permissions") return permissions(findings, found);
  const everything = findings.some(isAdministration);
  if (!everything) return [];
  return use === "boundary"
    ? found(
        "error",
        "allows everything, so as a boundary it limits nothing.",
        "Set a boundary that names what may be done.",
      )
    : found(
        "error",
        "allows everything, so as a guardrail it limits nothing.",
        "Set a read-only policy of your own.",
      );
}

/** Guardrails that are left out: AWS then sets AdministratorAccess. */
export function missingGuardrail(property: string): Finding {
  return {
    rule: "no-broad-managed-policies",
    severity: "error",
    path: property,
    value: "",
    reason: "is left out, and AWS then sets AdministratorAccess.",
    remedy: "Set a read-only policy.",
    actions: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  };
}

type Found = (severity: Severity, reason: string, remedy: string) => Finding[];

/**
 * AWS writes its policies for every account and so names no resources: that alone is a warning. Powers to gain
 * more, and whole services with their permissions management, are errors.
 */
function permissions(findings: readonly Finding[], found: Found): Finding[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const remedy = "Write a policy of your own with the actions and resources that are needed.";
  if (errors.some(isAdministration))
    return found("error", "makes its holder an administrator of the account.", remedy);
  const escalation = errors.find(({ rule }) => rule === "no-privilege-escalation");
  if (escalation !== undefined)
    return found("error", `lets its holder gain more: ${escalation.reason}`, remedy);
  const service = errors.find(({ reason }) => /permissions management|every action but these/.test(reason));
  if (service !== undefined) return found("error", `${quoted(service.value)} ${service.reason}`, remedy);
  const broad = errors[0];
  if (broad === undefined) return [];
  return found("warning", `was written for every account: ${quoted(broad.value)} ${broad.reason}`, remedy);
}

function isAdministration({ reason, rule }: Finding): boolean {
  return rule === "no-privilege-escalation" && /administrator of the account/.test(reason);
}

function quoted(value: string): string {
  return JSON.stringify(value);
}

let loaded: ReadonlyMap<string, string> | undefined;

/** Path to line; unpacked when first asked for. */
function lines(): ReadonlyMap<string, string> {
  if (loaded !== undefined) return loaded;
  const text = gunzipSync(readFileSync(join(__dirname, "..", "data", "managed-policies.jsonl.gz"))).toString(
    "utf8",
  );
  const [, ...rest] = text.trimEnd().split("\n");
  loaded = new Map(rest.map((line) => [pathOf(line.slice(8, line.indexOf('"', 8))), line] as const));
  return loaded;
}

/** `service-role/Name` of `arn:aws:iam::aws:policy/service-role/Name`, the same in every partition. */
function pathOf(arn: string): string {
  return arn.slice(arn.indexOf("policy/") + "policy/".length);
}
