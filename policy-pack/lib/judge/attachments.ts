/** Judges AWS managed policies where they are attached: by what they grant, as any other document, not by name. */
import type { AttachmentPlace } from "../aws/grant-places";
import { isAwsManaged, managedDocument } from "../aws/managed-policies";
import { contextOf } from "../document/context";
import { shortened, type Finding, type Severity } from "./findings";
import { judgeDocument } from "./judge-document";

/** Findings about one managed policy where it is attached. Policies of the account itself are judged where made. */
export function judgeAttachment(arn: string, property: string, use: AttachmentPlace["use"]): Finding[] {
  if (!isAwsManaged(arn)) return [];
  const verdict = (severity: Severity, reason: string, remedy: string): Finding[] => [
    {
      rule: "no-broad-managed-policies",
      severity,
      path: property,
      value: shortened(arn),
      reason,
      remedy,
      actions: [arn],
    },
  ];
  const document = managedDocument(arn);
  if (document === undefined) {
    return verdict(
      "warning",
      "is not among the AWS managed policies that are known here, so what it grants cannot be told.",
      "Write a policy of your own, or renew data/managed-policies.jsonl.gz.",
    );
  }
  const { findings } = judgeDocument(document, contextOf("identity"));
  if (use === "permissions") return permissions(findings, verdict);
  const everything = findings.some(isAdministration);
  if (!everything) return [];
  return use === "boundary"
    ? verdict(
        "error",
        "allows everything, so as a boundary it limits nothing.",
        "Set a boundary that names what may be done.",
      )
    : verdict(
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

type Verdict = (severity: Severity, reason: string, remedy: string) => Finding[];

/**
 * AWS writes its policies for every account and so names no resources: that alone is a warning. Powers to gain
 * more, and whole services with their permissions management, are errors.
 */
function permissions(findings: readonly Finding[], verdict: Verdict): Finding[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const remedy = "Write a policy of your own with the actions and resources that are needed.";
  if (errors.some(isAdministration))
    return verdict("error", "makes its holder an administrator of the account.", remedy);
  const escalation = errors.find(({ rule }) => rule === "no-privilege-escalation");
  if (escalation !== undefined)
    return verdict("error", `lets its holder gain more: ${escalation.reason}`, remedy);
  const service = errors.find(({ reason }) => /permissions management|every action but these/.test(reason));
  if (service !== undefined) return verdict("error", `${quoted(service.value)} ${service.reason}`, remedy);
  const broad = errors[0];
  if (broad === undefined) return [];
  return verdict("warning", `was written for every account: ${quoted(broad.value)} ${broad.reason}`, remedy);
}

function isAdministration({ reason, rule }: Finding): boolean {
  return rule === "no-privilege-escalation" && /administrator of the account/.test(reason);
}

function quoted(value: string): string {
  return JSON.stringify(value);
}
