/**
 * A policy document of plain, known values: every name and ARN in it follows from settings, so it can be judged, measured
 * and tested before anything is deployed. It fits `aws.iam.PolicyDocument`.
 */
export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: Statement[];
}

export interface Statement {
  /** States the statement's purpose. */
  Sid: string;
  Effect: "Allow" | "Deny";
  Principal?: Principal;
  Action: string[];
  Resource?: string[];
  Condition?: Conditions;
}

export type Principal = "*" | { AWS: string } | { Service: string };

export type Conditions = Record<string, Record<string, string | string[]>>;

export function document(...statements: Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

export function allow(Sid: string, Action: string[], Resource: string[], Condition?: Conditions): Statement {
  return { Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}

/** A Sid holds letters and digits only. */
export function sidPart(name: string): string {
  return name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
