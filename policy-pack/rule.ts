/** What a rule of the pack is. Plain data and functions: nothing of Pulumi is loaded by a rule. */
import type { PolicyConfigSchema, Severity } from "@pulumi/policy";

/** A resource as rules see it. Reading it may throw where the provider's input is malformed. */
export interface JudgedResource {
  readonly type: string;
  readonly urn: string;
  /** The input properties; what is not known yet is Pulumi's mark for it. */
  readonly properties: () => unknown;
  /** The account that the resource's provider is held to, if it is held to exactly one. */
  readonly account: () => string | undefined;
  /** The tags of the stack. */
  readonly stackTags: ReadonlyMap<string, string>;
  /** What the pack configuration sets for the rule that asks. */
  readonly ruleSettings: () => object;
}

/** A resource among all those of its stack. */
export interface StackResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly properties: () => Readonly<Record<string, unknown>>;
  /** The URNs of the resources that a property's value comes from. */
  readonly propertyDependencies: (property: string) => readonly string[];
}

export interface Violation {
  readonly message: string;
  /**
   * Absent: the violation has the level and the severity of its rule. Present: it never blocks, and has this lesser
   * severity.
   */
  readonly advisory?: "low" | "medium";
  /** The resource, where a rule about the whole stack means one. */
  readonly urn?: string;
}

interface RuleText {
  readonly name: string;
  /** What holds when the rule is kept, a sentence. */
  readonly description: string;
  /** How grave a violation is; advisories of the rule say their lesser severity themselves. */
  readonly severity: Severity;
  /** What to do about a violation, a sentence. */
  readonly remedy: string;
  /** The page about the rule. */
  readonly page: string;
}

/** A rule about each resource by itself. */
export interface ResourceRule extends RuleText {
  /** The settings that the pack configuration can give the rule. */
  readonly settingsSchema?: PolicyConfigSchema;
  readonly judgeResource: (resource: JudgedResource) => readonly Violation[];
}

/** A rule about all resources of a stack together. */
export interface StackRule extends RuleText {
  readonly judgeStack: (resources: readonly StackResource[]) => readonly Violation[];
}

export type Rule = ResourceRule | StackRule;
