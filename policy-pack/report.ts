import type { EnforcementLevel, ReportViolation, Severity } from "@pulumi/policy";

/** A violation with a level and severity of its own. */
export interface Violation {
  readonly message: string;
  /** Absent: the level of the rule, which pack configuration may set. */
  readonly enforcementLevel?: EnforcementLevel;
  readonly severity: Severity;
  /** The resource, where a rule about the whole stack means one. */
  readonly urn?: string;
}

/**
 * Reports a violation. The server of @pulumi/policy takes an object so that one rule can vary level and severity
 * (`makeReportViolationFun` in its server.ts), which the typings of 1.21.0 leave out.
 */
export function send(report: ReportViolation, violation: Violation): void {
  (report as (violation: unknown) => void)(violation);
}
