import type { PolicyDocument } from "../iam/document";

/** An IAM role as plain data: who may take it and what it may do are known before anything is deployed. */
export interface RolePlan {
  /** The role's name in Pulumi, its identity from one deployment to the next. */
  readonly key: string;
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly description: string;
  readonly trust: PolicyDocument;
  /** Inline policies by name. */
  readonly policies: Readonly<Record<string, PolicyDocument>>;
  /** ARN of the permissions boundary. */
  readonly boundary?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly maxSessionSeconds: number;
}

/**
 * A role that also uses the source connection. When the stack makes the connection itself, AWS picks its ARN, so this one
 * policy is completed while it is deployed (`connectionPolicy` in application-access.ts).
 */
export interface ConnectedRolePlan extends RolePlan {
  /** `owner/repository`: the only one that may be read through the connection. */
  readonly sourceRepository: string;
}

/** A managed policy as plain data. */
export interface PolicyPlan {
  /** The policy's name in Pulumi. */
  readonly key: string;
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly description: string;
  readonly document: PolicyDocument;
  readonly tags: Readonly<Record<string, string>>;
}

/** IAM's shortest limit for a role's sessions, which is also the longest that a chain of roles allows: one hour. */
export const shortestSession = 3600;
