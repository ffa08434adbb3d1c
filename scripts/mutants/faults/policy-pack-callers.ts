import type { Fault } from "../fault";

/** A test of `policy-pack/lib/<file>.ts`. */
const lib = (file: string, title: string): Fault["killedBy"] => ({
  file: `test/policy-pack/lib/${file}.test.ts`,
  title,
});
const measure = (file: string, title: string): Fault["killedBy"] => lib(`measure/${file}`, title);
const confined = (title: string): Fault["killedBy"] => ({
  file: "test/policy-pack/confined-callers.test.ts",
  title,
});
const perimeter = (title: string): Fault["killedBy"] => ({
  file: "test/policy-pack/perimeters.test.ts",
  title,
});
const stranger: Fault["killedBy"] = {
  file: "test/policy-pack/access-properties.test.ts",
  title:
    "the judgement of who is let in tells of every object that a stranger reaches, whatever is denied beside it",
};

/** Who is let in, what denials cover, and what limits. */
export const policyPackCallerFaults: readonly Fault[] = [
  {
    name: "a denial under several conditions counts as one under the first",
    file: "policy-pack/lib/measure/callers.ts",
    find: "...denial.conditions.map((condition) =>",
    replace: "...denial.conditions.slice(0, 1).map((condition) =>",
    killedBy: confined("resource policies everybody, but denied only if two things hold (s3): error"),
  },
  {
    name: "a denial of some actions confines all",
    file: "policy-pack/lib/measure/callers.ts",
    find: "  return widest(\n    shares.map(",
    replace: "  return narrowest(\n    shares.map(",
    killedBy: measure(
      "callers",
      "confinedByDenial confines only where every action that is allowed is denied",
    ),
  },
  {
    name: "a denial of one folder covers the whole bucket",
    file: "policy-pack/lib/measure/denied.ts",
    find: '(!value.includes("${") && includesPattern(value,',
    replace: '(!value.includes("${") && overlaps(value,',
    killedBy: stranger,
  },
  {
    name: "a denial under a condition takes away",
    file: "policy-pack/lib/measure/denied.ts",
    find: 'effect === "Deny" && conditions.length === 0 &&',
    replace: 'effect === "Deny" &&',
    killedBy: measure(
      "denied-outright",
      "what is allowed and denied outright a denial with a condition takes nothing: error",
    ),
  },
  {
    name: "a denial to every service is one to everybody",
    file: "policy-pack/lib/measure/denied.ts",
    find: 'return value === "*" && (kind === "*" || kind === "AWS");',
    replace: 'return value === "*" && kind !== "Federated";',
    killedBy: measure("denied", "coversShare every service only: not covered"),
  },
  {
    name: "a question mark takes a run of characters",
    file: "policy-pack/lib/document/wildcard.ts",
    find: '(p[at] === "?" && (isPlain || t[i] !== "*"))',
    replace: 'p[at] === "?"',
    killedBy: measure("denied", "includesPattern a? takes not all that a* takes"),
  },
  {
    name: "a denial without IfExists reaches requests without a signature",
    file: "policy-pack/lib/measure/callers.ts",
    find: 'return callers === "customers" && ifExists ?',
    replace: 'return callers === "customers" ?',
    killedBy: perimeter("a bucket that only a perimeter closes callers, if their request is signed: error"),
  },
  {
    name: "one open ARN among named callers confines to a principal",
    file: "policy-pack/lib/measure/callers.ts",
    find: "return widest([key.full, ...values.map((value) => key.level(value))]);",
    replace: "return narrowest([key.full, ...values.map((value) => key.level(value))]);",
    killedBy: measure("callers", "confinement is as wide as the widest value of a condition"),
  },
  {
    name: "one organization of ours makes the others ours",
    file: "policy-pack/lib/measure/callers.ts",
    find: "return values.some((value) => !organizations.includes(value))",
    replace: "return values.every((value) => !organizations.includes(value))",
    killedBy: measure("callers", "confinement is as wide as the widest value of a condition"),
  },
  {
    name: "half of the Internet is a network",
    file: "policy-pack/lib/measure/caller-keys.ts",
    find: "const SHORTEST_MASK_V4 = 8;",
    replace: "const SHORTEST_MASK_V4 = 1;",
    killedBy: confined("resource policies the Internet in two halves (s3): error"),
  },
  {
    name: "the beginning of an id names somebody",
    file: "policy-pack/lib/measure/caller-keys.ts",
    find: '  if (isOpen(id)) return "none";\n',
    replace: "",
    killedBy: confined("trust policies an account's roles, by their ids' beginning: error"),
  },
  {
    name: "an account number cut short is an account",
    file: "policy-pack/lib/measure/caller-keys.ts",
    find: 'text === "" || /[*?]/.test(withoutVariables(text))',
    replace: 'text === "" || text.startsWith("*")',
    killedBy: measure(
      "caller-keys",
      'how far a value of a caller\'s key confines aws:PrincipalAccount "1234*": none',
    ),
  },
  {
    name: "buckets may be named by the beginning of their name",
    file: "policy-pack/lib/measure/reach.ts",
    find: '(reached.breadth !== "exact" && reached.breadth !== "tail")',
    replace: "!isNarrow(reached.breadth)",
    killedBy: measure(
      "caller-keys",
      'how far a value of a caller\'s key confines aws:SourceArn "arn:aws:s3:::upl*": none',
    ),
  },
  {
    name: "every account's key is the account's own",
    file: "policy-pack/lib/measure/callers.ts",
    find: "    accountNamedIn(principal.value) === account\n",
    replace: "    accountNamedIn(principal.value) !== undefined\n",
    killedBy: {
      file: "test/policy-pack/lib/judge/principals.test.ts",
      title: "a key in a known account may leave everything to its own account and nothing to another",
    },
  },
  {
    name: "a network limits what passes through its endpoint",
    file: "policy-pack/lib/judge/endpoints.ts",
    find: 'confinesAtLeast(level, "organization")',
    replace: 'confinesAtLeast(level, "network")',
    killedBy: perimeter("the policies of VPC endpoints whoever is in the network: warning"),
  },
  {
    name: "one bound way in makes a session's tag bound",
    file: "policy-pack/lib/judge/session-tags.ts",
    find: "    return trust.some(\n      (statement) =>\n        statement.effect",
    replace: "    return trust.every(\n      (statement) =>\n        statement.effect",
    killedBy: lib(
      "judge/session-tags",
      "a trust that lets choose the tag Application bound in one statement and free in another: yes",
    ),
  },
  {
    name: "a boundary decides by no tag",
    file: "policy-pack/lib/judge/role-reach.ts",
    find: "[...policies, ...(boundary === undefined ? [] : [boundary])]",
    replace: "[...policies]",
    killedBy: lib(
      "judge/role-reach",
      "judgeRole tells of a trust that lets choose the tags by which a policy or the boundary decides",
    ),
  },
  {
    name: "a policy that asks for a tag in the role's ARN excuses the others",
    file: "policy-pack/lib/judge/session-tags.ts",
    find: "!boundByArn.some((bound) => bound.toLowerCase() === key.toLowerCase())",
    replace: 'boundByArn.length === 0 || key === ""',
    killedBy: lib(
      "judge/session-tags",
      "the tags by which a policy decides a tag beside one that the role's ARN carries",
    ),
  },
];
