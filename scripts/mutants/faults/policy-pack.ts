import type { Fault } from "../fault";

/** A test of `policy-pack/lib/<file>.ts`. */
const lib = (file: string, title: string): Fault["killedBy"] => ({
  file: `test/policy-pack/lib/${file}.test.ts`,
  title,
});
const reviewer = (title: string): Fault["killedBy"] =>
  lib("judge/judge-document", `what a strict reviewer ${title}`);
const comparison = (row: string): Fault["killedBy"] => ({
  file: "test/policy-pack/comparison.test.ts",
  title: `docs/rules/comparison.md ${row}`,
});

/** How documents are read and how patterns match. */
const reading: readonly Fault[] = [
  {
    name: "a question mark in an action is a letter",
    file: "policy-pack/lib/document/wildcard.ts",
    find: '(p[at] === t[i] || (p[at] === "?" && (isPlain || t[i] !== "*")))',
    replace: "p[at] === t[i]",
    killedBy: lib("document/wildcard", 'matches iam:P?ssRole matches "iam:PassRole"'),
  },
  {
    name: "a star gives up after its first try",
    file: "policy-pack/lib/document/wildcard.ts",
    find: "i = ++retry;",
    replace: "i = ++retry + t.length;",
    killedBy: lib("document/wildcard", "matches agrees with a regular expression"),
  },
  {
    name: "two patterns with stars meet only where the first one is longer",
    file: "policy-pack/lib/document/wildcard.ts",
    find: '  if (left && y === "*") return true;\n',
    replace: "",
    killedBy: lib("document/wildcard", "matches overlaps whatever both patterns match"),
  },
  {
    name: "an effect in small letters takes away",
    file: "policy-pack/lib/document/read-document.ts",
    find: 'if (effect === "Allow" || effect === "Deny") return effect;',
    replace:
      'if (effect === "Allow" || effect === "Deny") return effect;\n    if (effect === "deny") return "Deny";',
    killedBy: lib("document/read-document", "readDocument takes everything but a plain Deny for a grant"),
  },
  {
    name: "an escape hides that a key stands twice",
    file: "policy-pack/lib/document/json.ts",
    find: "JSON.parse(text.slice(i, end)) as string;",
    replace: "text.slice(i + 1, end - 1);",
    killedBy: lib("document/read-document", "readDocument calls an escaped key twice a problem"),
  },
  {
    name: "an exception covers any condition",
    file: "policy-pack/lib/document/fingerprint.ts",
    find: "conditions.map((condition) => JSON.stringify(condition)).sort(),",
    replace: "conditions.length,",
    killedBy: lib("govern/exemptions", "statementHash tells every element of a statement from every other"),
  },
  {
    name: "an exception covers any principal of the same name",
    file: "policy-pack/lib/document/fingerprint.ts",
    find: "(kind === undefined ? value : `${kind} ${value}`)",
    replace: "(kind === undefined ? value : `${value}`)",
    killedBy: lib("govern/exemptions", "statementHash tells every element of a statement from every other"),
  },
];

/** What denials and conditions take away, and how far a pattern reaches. */
const measuring: readonly Fault[] = [
  {
    name: "a condition that holds without its key narrows",
    file: "policy-pack/lib/measure/conditions.ts",
    find: '  if (operator.ifExists) return "...IfExists is also true when the key is absent";\n',
    replace: "",
    killedBy: reviewer("sends back a tag condition that holds without the tag: an error"),
  },
  {
    name: "all values of nothing narrow",
    file: "policy-pack/lib/measure/conditions.ts",
    find: 'operator.set === "ForAllValues" && !presenceRequired(condition.key, statement)',
    replace: 'operator.set === "ForAllValues" && presenceRequired(condition.key, statement)',
    killedBy: reviewer("sends back all values of nothing: an error"),
  },
  {
    name: "a Null condition that demands the key's absence demands its presence",
    file: "policy-pack/lib/measure/conditions.ts",
    find: '      values.every((value) => value.toLowerCase() === "false"),',
    replace: '      values.every((value) => ["false", "true"].includes(value.toLowerCase())),',
    killedBy: lib(
      "measure/conditions",
      "presenceRequired is true only for a Null condition that is false for the key",
    ),
  },
  {
    name: "what a value must not be narrows",
    file: "policy-pack/lib/measure/conditions.ts",
    find: '"arnequals", "arnlike"]);',
    replace: '"arnequals", "arnlike", "stringnotequals"]);',
    killedBy: comparison('PassRole not fooled by IfExists, negated, weak or `"*"` value'),
  },
  {
    name: "one open value among named ones narrows",
    file: "policy-pack/lib/measure/conditions.ts",
    find: "condition.values.some((value) => isLooseValue(value))",
    replace: "condition.values.every((value) => isLooseValue(value))",
    killedBy: lib("measure/conditions", "weakness is told of a list in which one value is open"),
  },
  {
    name: "one letter tells names apart",
    file: "policy-pack/lib/measure/reach.ts",
    find: 'name.includes(VARIABLE) || name.length >= SHORTEST_BEGINNING ? "prefix" : "loose"',
    replace: 'name.includes(VARIABLE) || name.length >= 1 ? "prefix" : "loose"',
    killedBy: reviewer("sends back a prefix of one letter: an error"),
  },
];

/** Exceptions, the baseline, and what Pulumi is told. */
const governing: readonly Fault[] = [
  {
    name: "an exception ends a day early",
    file: "policy-pack/lib/govern/exemptions.ts",
    find: "exemption.expires < today",
    replace: "exemption.expires <= today",
    killedBy: lib("govern/exemptions", "an exception holds through its last day and no longer"),
  },
  {
    name: "an exception covers whatever is added to its statement",
    file: "policy-pack/lib/govern/exemptions.ts",
    find: "    exemption.statement === hash &&\n",
    replace: "",
    killedBy: lib(
      "govern/exemptions",
      "an exception does not cover a new action, even a harmless one, under the same statement",
    ),
  },
  {
    name: "an exception without an end is one",
    file: "policy-pack/lib/govern/exemptions.ts",
    find: "if (!isDay(exemption.expires))",
    replace: "if (!isDay(exemption.expires) && /^\\d/.test(exemption.expires))",
    killedBy: lib(
      "govern/exemptions",
      'an exception is refused: exemption 1 expires on "never", which is no date such as 2027-06-30',
    ),
  },
  {
    name: "an expired exception excepts on",
    file: "policy-pack/violation.ts",
    find: "if (isExpired(exemption, day))",
    replace: "if (isExpired(exemption, exemption.expires))",
    killedBy: {
      file: "test/policy-pack/violation.test.ts",
      title:
        "the violation of a finding is marked and never blocks until the last day of its exception, and is as grave as ever after it",
    },
  },
  {
    name: "the baseline covers what is broader",
    file: "policy-pack/lib/govern/baseline.ts",
    find: "matches(oldValue, finding.value)",
    replace: "matches(finding.value, oldValue)",
    killedBy: lib(
      "govern/baseline",
      "the baseline does not let pass a new action, a broader pattern or another resource",
    ),
  },
  {
    name: "the baseline covers what cannot be read",
    file: "policy-pack/lib/govern/baseline.ts",
    find: "    if (finding.actions.length === 0) return false;\n",
    replace: "",
    killedBy: lib("govern/baseline", "the baseline never covers a document that cannot be read"),
  },
  {
    name: "the baseline covers a statement for one of its actions",
    file: "policy-pack/lib/govern/baseline.ts",
    find: "return finding.actions.every((action) =>",
    replace: "return finding.actions.some((action) =>",
    killedBy: lib(
      "govern/baseline",
      "the baseline does not let pass a new action, a broader pattern or another resource",
    ),
  },
  {
    name: "a wrong exception leaves the others in force",
    file: "policy-pack/settings.ts",
    find: "exemptions: problems.length === 0 ? exemptions : [],",
    replace: "exemptions,",
    killedBy: {
      file: "test/policy-pack/settings.test.ts",
      title: "the pack's settings except nothing while one exception is wrong",
    },
  },
  {
    name: "a tag does not make a stack strict",
    file: "policy-pack/grant-violations.ts",
    find: 'strict || stackTags.get(strictStackTag) === "true"',
    replace: 'strict && stackTags.get(strictStackTag) === "true"',
    killedBy: {
      file: "test/policy-pack/adapter.test.ts",
      title:
        "a rule about grants, as a policy fails what is not known yet on a strict stack, by tag or by setting, and tells it on others",
    },
  },
  {
    name: "the first of several accounts is the account of a resource",
    file: "policy-pack/adapter.ts",
    find: "return ids.length === 1 ? ids[0] : undefined;",
    replace: "return ids[0];",
    killedBy: {
      file: "test/policy-pack/adapter.test.ts",
      title: "a rule about grants, as a policy takes the account from the provider that is held to one",
    },
  },
];

export const policyPackFaults: readonly Fault[] = [...reading, ...measuring, ...governing];
