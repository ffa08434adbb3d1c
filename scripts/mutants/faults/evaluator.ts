import type { Fault, TestName } from "../fault";

const test =
  (name: string, subject: string) =>
  (title: string): TestName => ({
    file: `test/evaluator/${name}.test.ts`,
    title: `evaluator: ${subject} ${title}`,
  });

const layers = test("layer", "layers of policies within an account");
const controls = test("control-policies", "service and resource control policies");
const conditions = test("condition", "conditions");
const roles = test("assume-role", "taking roles");

export const evaluatorFaults: readonly Fault[] = [
  {
    name: "the evaluator lets a Deny pass",
    file: "evaluator/evaluate.ts",
    find: "both(not(denied), controlled, granted)",
    replace: "both(controlled, granted)",
    killedBy: test(
      "properties",
      "what holds for all policies",
    )("denies whatever a Deny covers, in any layer that binds the caller"),
  },
  {
    name: "the evaluator asks one level of control policies alone",
    file: "evaluator/layer.ts",
    find: "all(this.levels, (level) => level.allows())",
    replace: "any(this.levels, (level) => level.allows())",
    killedBy: controls("One level that does not allow is enough to deny"),
  },
  {
    name: "the evaluator binds service-linked roles by control policies",
    file: "evaluator/evaluate.ts",
    find: '!(principal.kind === "role" && isServiceLinked(principal.arn))',
    replace: 'principal.kind !== "anonymous" || !isServiceLinked("")',
    killedBy: controls("A service control policy binds no service-linked role"),
  },
  {
    name: "the evaluator limits no grant to a role's name",
    file: "evaluator/evaluate.ts",
    find: 'principal.kind === "role" ? both(byName, limits) : byName',
    replace: "byName",
    killedBy: layers("A boundary limits what a resource grants a role by name"),
  },
  {
    name: "the evaluator limits a grant to everybody",
    file: "evaluator/evaluate.ts",
    find: ".map((naming) => owner.allowsNaming(naming))",
    replace: '.map((naming) => both(owner.allowsNaming(naming), naming === "everybody" ? limits : "yes"))',
    killedBy: layers("A boundary does not limit a grant to * for the role's aws:PrincipalArn"),
  },
  {
    name: "the evaluator takes one side for both between accounts",
    file: "evaluator/evaluate.ts",
    find: "return both(resource.allows(), ownSide,",
    replace: "return both(either(resource.allows(), identity.allows()), ownSide,",
    killedBy: test("cross-account", "access between accounts")("The own policies alone are not enough"),
  },
  {
    name: "the evaluator lets own policies use keys whose policy does not allow it",
    file: "evaluator/services.ts",
    find: "return isKmsKey(action, resource) || isRoleEntry(action);",
    replace: "return isRoleEntry(action);",
    killedBy: test(
      "services",
      "keys, whose own policy must allow",
    )("Without the key's policy the own policies have no effect"),
  },
  {
    name: "the evaluator lets a negated operator fail without its key",
    file: "evaluator/condition.ts",
    find: "(set === undefined && negated),",
    replace: "false,",
    killedBy: conditions("StringNotEquals holds without the key"),
  },
  {
    name: "the evaluator takes several values of a negated operator as alternatives",
    file: "evaluator/condition.ts",
    find: "const equal = any(comparisons,",
    replace: "const equal = (negated ? all : any)(comparisons,",
    killedBy: conditions("Several values of a negated operator: one is equal"),
  },
  {
    name: "the evaluator takes ForAnyValue for ForAllValues",
    file: "evaluator/condition.ts",
    find: 'set === "ForAllValues" ? all(values, one) : any(values, one)',
    replace: "any(values, one)",
    killedBy: conditions("ForAllValues does not hold when one value is none of them"),
  },
  {
    name: "the evaluator puts an empty text in for a variable without a value",
    file: "evaluator/pattern.ts",
    find: "const [text = token.fallback, ...more]",
    replace: 'const [text = token.fallback ?? "", ...more]',
    killedBy: test("variables", "variables")("A variable without a value is no empty text"),
  },
  {
    name: "the evaluator lets a wildcard of ArnLike go on over colons",
    file: "evaluator/pattern.ts",
    find: 'expression(tokens, () => "[^:]*", "[^:]", false)',
    replace: 'expression(tokens, () => ".*", "[^:]", false)',
    killedBy: test(
      "operators",
      "condition operators",
    )("ArnLike checks each part alone, so * matches no colon"),
  },
  {
    name: "the evaluator names callers without credentials as no service",
    file: "evaluator/keys.ts",
    find: '"aws:PrincipalIsAWSService": [],',
    replace: '"aws:PrincipalIsAWSService": "false",',
    killedBy: test(
      "keys",
      "keys that AWS sets from the caller",
    )("Callers without credentials have no aws:PrincipalIsAWSService"),
  },
  {
    name: "the evaluator names every session of a role for one",
    file: "evaluator/principal.ts",
    find: "truthOf(name === session)",
    replace: "truthOf(name !== undefined)",
    killedBy: test("principal", "principals")("Another session of the role is not named"),
  },
  {
    name: "the evaluator takes an unknown key for a missing one",
    file: "evaluator/condition.ts",
    find: 'if (actual === "unknown") return "unknown";\n    if (actual === undefined) return missing;',
    replace: 'if (actual === "unknown" || actual === undefined) return missing;',
    killedBy: test(
      "completions",
      "what unknown stands for",
    )("is unknown for keys that nobody knows exactly where one value of them says yes and another no"),
  },
  {
    name: "the evaluator asks no right for a source identity that is handed on",
    file: "evaluator/assume-role.ts",
    find: 'inherited === "unknown" ? unknownValue : inherited',
    replace: 'inherited === "unknown" ? unknownValue : undefined',
    killedBy: roles("A session hands its source identity on, which asks for the same right"),
  },
  {
    name: "the evaluator asks no right for session tags",
    file: "evaluator/assume-role.ts",
    find: "if (isTagged) actions.push",
    replace: "if (!isTagged) actions.push",
    killedBy: roles("A call with tags asks for sts:TagSession too"),
  },
];
