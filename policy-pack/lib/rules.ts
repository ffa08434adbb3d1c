/** The rules that findings belong to, in the words that people read. */
import type { RuleName } from "./findings";

export interface RuleInfo {
  readonly name: RuleName;
  /** A sentence. */
  readonly description: string;
  /** A sentence. */
  readonly remedy: string;
}

export const RULES: readonly RuleInfo[] = [
  {
    name: "readable-policies",
    description: "Every policy document can be read and judged; one that cannot is rejected.",
    remedy: "Write the document as the IAM JSON policy grammar has it.",
  },
  {
    name: "no-wildcard-grants",
    description:
      "Grants name their actions and resources; a wildcard that reaches beyond what is named is rejected.",
    remedy: "List the actions and name the resources of the statement that the message names.",
  },
  {
    name: "no-open-trust",
    description: "Trust and resource policies name who may come in; nobody else can.",
    remedy: "Name the principals, or confine them by a condition on the caller.",
  },
  {
    name: "no-privilege-escalation",
    description: "No grant lets its holder gain more than it was given.",
    remedy:
      "Name the roles that may be passed or assumed, and demand a permissions boundary on roles that are made.",
  },
  {
    name: "no-broad-managed-policies",
    description: "AWS managed policies are attached only if what they contain could be granted directly.",
    remedy: "Write a policy of your own with the actions and resources that are needed.",
  },
  {
    name: "role-reach",
    description:
      "What a role holds in all, over its policies and its trust, gives no more than each part shows.",
    remedy: "Take away one of the parts that the message names, or name the roles that may be passed.",
  },
];

/** A rule's words by its name. */
export function ruleInfo(name: RuleName): RuleInfo {
  const found = RULES.find((rule) => rule.name === name);
  if (found === undefined) throw new Error(`no rule is named ${name}`);
  return found;
}
