/** Between Pulumi and the rules: makes a policy of a rule, and plain values of what Pulumi hands over. */
import {
  UnknownValueError,
  type PolicyResource,
  type ReportViolation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { UNKNOWN_MARKS } from "./lib/document/unknown";
import type { JudgedResource, Rule, StackResource, Violation } from "./rule";

/** The rule as Pulumi wants it. It blocks, unless pack configuration sets another level. */
export function policyOf(rule: Rule): ResourceValidationPolicy | StackValidationPolicy {
  const { name, description, severity, remedy, page } = rule;
  const shared = {
    name,
    description,
    severity,
    remediationSteps: remedy,
    url: page,
    enforcementLevel: "mandatory",
  } as const;
  if ("judgeStack" in rule) {
    return {
      ...shared,
      validateStack: ({ resources }, report) => {
        for (const violation of rule.judgeStack(resources.map(stackResource))) send(report, violation);
      },
    };
  }
  return {
    ...shared,
    ...(rule.settingsSchema === undefined ? {} : { configSchema: rule.settingsSchema }),
    validateResource: (args, report) => {
      for (const violation of rule.judgeResource(judgedResource(args))) send(report, violation);
    },
  };
}

/**
 * Reports a violation. The server of @pulumi/policy takes an object so that one rule can vary level and severity, and
 * takes those of the rule where the object has none (`makeReportViolationFun` in its server.ts); the typings of 1.21.0
 * leave that out.
 */
function send(report: ReportViolation, { message, urn, advisory }: Violation): void {
  (report as (violation: unknown) => void)({
    message,
    ...(urn === undefined ? {} : { urn }),
    ...(advisory === undefined ? {} : { enforcementLevel: "advisory", severity: advisory }),
  });
}

function judgedResource(args: ResourceValidationArgs): JudgedResource {
  return {
    type: args.type,
    urn: args.urn,
    properties: () => plainProperties(args.props),
    account: () => accountOf(args),
    stackTags: args.stackTags,
    ruleSettings: () => args.getConfig(),
  };
}

function stackResource({ type, urn, name, props, propertyDependencies }: PolicyResource): StackResource {
  return {
    type,
    urn,
    name,
    properties: () => plainProperties(props) as Record<string, unknown>,
    propertyDependencies: (property) => (propertyDependencies[property] ?? []).map((on) => on.urn),
  };
}

/** The account that the provider is held to, if it is held to exactly one, or that of the role that it assumes. */
function accountOf({ provider }: ResourceValidationArgs): string | undefined {
  if (provider === undefined) return undefined;
  const { allowedAccountIds, assumeRole, assumeRoles } = plainProperties(provider.props) as {
    readonly allowedAccountIds?: unknown;
    readonly assumeRole?: unknown;
    readonly assumeRoles?: unknown;
  };
  const ids = [...asText(allowedAccountIds).matchAll(/"(\d{12})"/g)].map(([, id]) => id);
  if (ids.length > 0) return ids.length === 1 ? ids[0] : undefined;
  // Roles are assumed one after another: the last is the one that acts.
  const roles = asText([assumeRoles, assumeRole]).matchAll(/arn:[^:"]*:iam::(\d{12}):role\//g);
  return [...roles].at(-1)?.[1];
}

/** Lists and objects of a provider are such, or JSON text of them. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? []);
}

/**
 * The properties without Pulumi's proxies, which throw at every value that is not known yet. Such a value
 * becomes Pulumi's own mark for it, so that the rest of the document can still be judged.
 */
export function plainProperties(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.keys(value).map((key) => plainProperties(read(value, key)));
  return Object.fromEntries(Object.keys(value).map((key) => [key, plainProperties(read(value, key))]));
}

function read(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN_MARKS[0];
    throw error;
  }
}
