import { contextOf, type Context, type DocumentKind } from "../../../policy-pack/lib/document/context";
import { messageOf, type Severity } from "../../../policy-pack/lib/judge/findings";
import { judgeDocument } from "../../../policy-pack/lib/judge/judge-document";

/** The account of the examples; 123456789012 is AWS's own for documentation. */
export const ACCOUNT = "123456789012";
export const OTHER_ACCOUNT = "210987654321";
export const ORGANIZATION = "o-exampleorg1";

type Elements = Readonly<Record<string, unknown>>;

/** A document of the statements. */
export function document(...statements: readonly Elements[]): object {
  return { Version: "2012-10-17", Statement: statements };
}

/** An identity policy of one Allow statement. */
export function grant(action: unknown, resource: unknown, condition?: Elements): object {
  return document({
    Sid: "Example",
    Effect: "Allow",
    Action: action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  });
}

/** A trust policy of one Allow statement. */
export function trust(principal: unknown, condition?: Elements, action: unknown = "sts:AssumeRole"): object {
  return document({
    Sid: "Example",
    Effect: "Allow",
    Principal: principal,
    Action: action,
    ...(condition === undefined ? {} : { Condition: condition }),
  });
}

/** A resource policy of one Allow statement. */
export function access(principal: unknown, action: unknown, condition?: Elements): object {
  return document({
    Sid: "Example",
    Effect: "Allow",
    Principal: principal,
    Action: action,
    Resource: "*",
    ...(condition === undefined ? {} : { Condition: condition }),
  });
}

/** `severity rule path` of every finding, in order. */
export function findings(value: unknown, context: Context = contextOf("identity")): string[] {
  return judgeDocument(value, context).findings.map(
    ({ severity, rule, path }) => `${severity} ${rule} ${path}`,
  );
}

/** The whole messages of every finding. */
export function messages(value: unknown, context: Context = contextOf("identity")): string[] {
  return judgeDocument(value, context).findings.map(messageOf);
}

/** The gravest severity, or undefined if there is no finding. */
export function worst(
  value: unknown,
  kind: DocumentKind = "identity",
  service?: string,
): Severity | undefined {
  const found = judgeDocument(value, contextOf(kind, service)).findings.map(({ severity }) => severity);
  return (["error", "warning", "note"] as const).find((severity) => found.includes(severity));
}
