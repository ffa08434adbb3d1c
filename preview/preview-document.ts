import type { Problem } from "../input/problem";

/** The public result of `slipway preview --json`, version 1. Fields are only ever added, never renamed. */

/** A JSON value. Unknown values are {@link UNKNOWN}, secret values are {@link SECRET}. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What stands in the document for a value that is known only after deployment: the Pulumi engine's own marker. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What stands in the document for a secret value, as in `pulumi preview --json`. */
export const SECRET = "[secret]";

export interface PreviewDocument {
  readonly version: 1;
  readonly stacks: readonly StackPreview[];
  /** Empty unless the input is wrong; then `stacks` is empty. */
  readonly problems: readonly StackProblem[];
  /** What looks forgotten in the input, although the stacks can be built; left out when there is nothing. */
  readonly warnings?: readonly Problem[];
}

export interface StackPreview {
  readonly name: string;
  /** The value of the config key `<project>:stack`, or "" when the stack does not say what it is. */
  readonly kind: string;
  /** The one account that `aws:allowedAccountIds` lets the stack be deployed to, or "" when there is not one. */
  readonly accountId: string;
  /** The value of `aws:region`, or "". */
  readonly region: string;
  /** The stack first, parents before their children, siblings in the order of their URNs. */
  readonly resources: readonly PreviewedResource[];
  readonly outputs: Readonly<Record<string, Json>>;
  /** Every input and every stack output that is known only after deployment. */
  readonly unknowns: readonly UnknownValue[];
  readonly policy: PolicyResult;
}

export interface PreviewedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent, "" for the stack itself and for default providers. */
  readonly parent: string;
  /** `<URN>::<id>` of the provider, "" for components and providers. */
  readonly provider: string;
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly outputs: Readonly<Record<string, Json>>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  /** Whether it stays in the account when the program no longer has it; left out when not. */
  readonly retainOnDelete?: true;
  /** Former URNs of the resource; left out when there are none. */
  readonly aliases?: readonly string[];
}

export interface UnknownValue {
  readonly urn: string;
  /** Property path, such as `policy` or `stages[0].actions[1].roleArn`. */
  readonly path: string;
}

export interface PolicyResult {
  /** Name and version of the pack that judged the stack, or "" when there is no pack. */
  readonly pack: string;
  /** How many resources the pack was shown. */
  readonly judged: number;
  readonly violations: readonly PolicyFinding[];
  /** Rules that could not be applied because a value is known only after deployment. */
  readonly notVerifiable: readonly PolicyFinding[];
  /** Findings for which the pack holds an exemption. */
  readonly exempted: readonly PolicyFinding[];
}

export interface PolicyFinding {
  readonly rule: string;
  readonly level: "advisory" | "mandatory";
  readonly severity: "" | "low" | "medium" | "high" | "critical";
  readonly urn: string;
  /** Property that the finding is about, "" when the rule does not name one. */
  readonly path: string;
  readonly message: string;
}

/** Something that must be put right, its file relative to the project directory. */
export interface StackProblem extends Problem {
  /** The stacks that have the problem; left out when it belongs to none in particular. */
  readonly stacks?: readonly string[];
}
