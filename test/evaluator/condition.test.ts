import { unknownValue } from "../../evaluator/context";
import { allow, conditionCases, deny, everything, testCases, type Case, type ConditionRow } from "./cases";

const missing: readonly ConditionRow[] = [
  ["StringEquals does not hold without the key", "StringEquals", "red", undefined, "no"],
  ["StringLike * does not hold without the key", "StringLike", "*", undefined, "no"],
  ["ArnLike does not hold without the key", "ArnLike", "arn:aws:sns:*:*:*", undefined, "no"],
  ["NumericLessThan does not hold without the key", "NumericLessThan", "10", undefined, "no"],
  ["DateGreaterThan does not hold without the key", "DateGreaterThan", "2020-01-01", undefined, "no"],
  ["Bool false does not hold without the key", "Bool", "false", undefined, "no"],
  ["BinaryEquals does not hold without the key", "BinaryEquals", "QQ==", undefined, "no"],
  ["IpAddress does not hold without the key", "IpAddress", "0.0.0.0/0", undefined, "no"],
  ["StringNotEquals holds without the key", "StringNotEquals", "red", undefined, "yes"],
  ["StringNotLike * holds without the key", "StringNotLike", "*", undefined, "yes"],
  ["ArnNotLike holds without the key", "ArnNotLike", "arn:aws:sns:*:*:*", undefined, "yes"],
  ["NumericNotEquals holds without the key", "NumericNotEquals", "10", undefined, "yes"],
  ["NotIpAddress holds without the key", "NotIpAddress", "0.0.0.0/0", undefined, "yes"],
];

const ifExists: readonly ConditionRow[] = [
  ["StringEqualsIfExists holds without the key", "StringEqualsIfExists", "red", undefined, "yes"],
  ["StringLikeIfExists holds without the key", "StringLikeIfExists", "t1.*", undefined, "yes"],
  ["BoolIfExists holds without the key", "BoolIfExists", "false", undefined, "yes"],
  ["ArnLikeIfExists holds without the key", "ArnLikeIfExists", "arn:aws:sns:*:*:*", undefined, "yes"],
  ["IpAddressIfExists holds without the key", "IpAddressIfExists", "10.0.0.0/8", undefined, "yes"],
  ["NumericLessThanIfExists holds without the key", "NumericLessThanIfExists", "1", undefined, "yes"],
  [
    "A negated operator with IfExists holds without the key",
    "StringNotEqualsIfExists",
    "a",
    undefined,
    "yes",
  ],
  ["IfExists compares a key that is there: equal", "StringEqualsIfExists", "red", "red", "yes"],
  ["IfExists compares a key that is there: different", "StringEqualsIfExists", "red", "blue", "no"],
  ["IfExists keeps the wildcards of its operator", "StringLikeIfExists", "t1.*", "t1.micro", "yes"],
  ["A negated operator with IfExists compares too", "StringNotEqualsIfExists", "red", "red", "no"],
];

const nulls: readonly ConditionRow[] = [
  ["Null true holds without the key", "Null", "true", undefined, "yes"],
  ["Null true does not hold with it", "Null", "true", "red", "no"],
  ["Null false holds with the key", "Null", "false", "red", "yes"],
  ["Null false does not hold without it", "Null", "false", undefined, "no"],
  ["Null takes a truth value that is written as one", "Null", true, undefined, "yes"],
  ["Null false holds with each of several values", "Null", "false", ["red", "blue"], "yes"],
  ["Null has no form with IfExists", "NullIfExists", "true", undefined, "unknown"],
];

const several: readonly ConditionRow[] = [
  ["Several values of the policy are alternatives: the second", "StringEquals", ["a", "b"], "b", "yes"],
  ["Several values of the policy are alternatives: none of them", "StringEquals", ["a", "b"], "c", "no"],
  ["Several values of a negated operator must all differ", "StringNotEquals", ["a", "b"], "c", "yes"],
  ["Several values of a negated operator: one is equal", "StringNotEquals", ["a", "b"], "b", "no"],
  [
    "Several ranges of NotIpAddress: in one",
    "NotIpAddress",
    ["10.0.0.0/8", "192.0.2.0/24"],
    "10.1.1.1",
    "no",
  ],
  ["Several patterns of StringNotLike: none is like it", "StringNotLike", ["a*", "b*"], "c1", "yes"],
];

const ID = ["ID", "Message", "Tags"];
const sets: readonly ConditionRow[] = [
  [
    "ForAllValues holds when each value is one of the policy's",
    "ForAllValues:StringEquals",
    ID,
    ["Message", "Tags"],
    "yes",
  ],
  [
    "ForAllValues does not hold when one value is none of them",
    "ForAllValues:StringEquals",
    ID,
    ["ID", "UserName"],
    "no",
  ],
  ["ForAllValues holds for the single value", "ForAllValues:StringEquals", ID, "ID", "yes"],
  ["ForAllValues holds without the key", "ForAllValues:StringEquals", ID, undefined, "yes"],
  ["ForAllValues holds for an empty text, a null data set", "ForAllValues:StringEquals", ID, [""], "yes"],
  [
    "ForAllValues has the wildcards of its operator",
    "ForAllValues:StringLike",
    "Created*",
    ["CreatedBy", "CreatedAt"],
    "yes",
  ],
  [
    "ForAllValues of a negated operator: no value may match",
    "ForAllValues:StringNotEquals",
    ID,
    ["UserName", "ID"],
    "no",
  ],
  [
    "ForAllValues of a negated operator holds when none does",
    "ForAllValues:StringNotEquals",
    ID,
    ["UserName"],
    "yes",
  ],
  [
    "ForAnyValue holds when one value is one of the policy's",
    "ForAnyValue:StringEquals",
    ID,
    ["UserName", "ID"],
    "yes",
  ],
  ["ForAnyValue does not hold when no value is", "ForAnyValue:StringEquals", ID, ["UserName"], "no"],
  ["ForAnyValue does not hold without the key", "ForAnyValue:StringEquals", ID, undefined, "no"],
  ["ForAnyValue does not hold for an empty text", "ForAnyValue:StringEquals", ID, [""], "no"],
  ["ForAnyValue does not hold for an empty text, even if *", "ForAnyValue:StringLike", "*", [""], "no"],
  [
    "ForAnyValue with IfExists does not hold for an empty text",
    "ForAnyValue:StringEqualsIfExists",
    ID,
    [""],
    "no",
  ],
  [
    "ForAnyValue with IfExists holds without the key",
    "ForAnyValue:StringEqualsIfExists",
    ID,
    undefined,
    "yes",
  ],
  [
    "ForAnyValue of a negated operator needs one other value",
    "ForAnyValue:StringNotEquals",
    ID,
    ["ID", "UserName"],
    "yes",
  ],
  ["ForAnyValue of a negated operator needs a value", "ForAnyValue:StringNotEquals", ID, undefined, "no"],
  [
    "ForAnyValue has ARN operators too",
    "ForAnyValue:ArnLike",
    "arn:aws:iam::*:role/a",
    ["arn:aws:iam::1:role/a"],
    "yes",
  ],
  ["Several values without a set operator: AWS asks for one", "StringEquals", "a", ["a", "b"], "unknown"],
];

const notKnown: readonly ConditionRow[] = [
  ["A value that cannot be known may be equal or not", "StringEquals", "red", unknownValue, "unknown"],
  ["A key that may be there or not: IfExists", "StringEqualsIfExists", "red", unknownValue, "unknown"],
  ["A key that may be there or not: Null", "Null", "true", unknownValue, "unknown"],
  ["A key that may be there or not: ForAllValues", "ForAllValues:StringEquals", ID, unknownValue, "unknown"],
];

const tagged = { "aws:PrincipalTag/department": "hr", "aws:PrincipalTag/role": "audit" };
const tags = (department: string, role: string): object => ({
  StringEquals: { "aws:PrincipalTag/department": [department, "legal"], "aws:PrincipalTag/role": role },
});
const blocks: readonly Case[] = [
  {
    rule: "All keys of an operator must hold",
    page: "multipleValues",
    answer: "yes",
    request: { context: tagged },
    policies: { identity: allow({ Condition: tags("hr", "audit") }) },
  },
  {
    rule: "One key of an operator that does not hold is enough to fail",
    page: "multipleValues",
    answer: "no",
    request: { context: tagged },
    policies: { identity: allow({ Condition: tags("hr", "security") }) },
  },
  {
    rule: "All operators must hold",
    page: "multipleValues",
    answer: "no",
    request: { context: tagged },
    policies: {
      identity: allow({
        Condition: { ...tags("hr", "audit"), StringNotEquals: { "aws:PrincipalAccount": "111111111111" } },
      }),
    },
  },
  {
    rule: "Names of keys are not case-sensitive",
    page: "condition",
    answer: "yes",
    request: { context: { "AWS:principaltag/DEPARTMENT": "hr" } },
    policies: { identity: allow({ Condition: { StringEquals: { "aws:PrincipalTag/department": "hr" } } }) },
  },
  {
    rule: "A Deny with a negated operator denies when the key is missing, IfExists or not",
    page: "operators",
    answer: "no",
    policies: {
      identity: [
        everything,
        deny({ Condition: { StringNotEqualsIfExists: { "aws:PrincipalTag/team": "a" } } }),
      ],
    },
  },
  {
    rule: "A Deny with Bool does not deny when the key is missing",
    page: "operators",
    answer: "yes",
    policies: {
      identity: [everything, deny({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } })],
    },
  },
  {
    rule: "A Deny with BoolIfExists denies when the key is missing",
    page: "notAction",
    answer: "no",
    policies: {
      identity: [
        everything,
        deny({ Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } }),
      ],
    },
  },
];

describe("evaluator: conditions", () => {
  testCases([
    ...conditionCases("operators", [...missing, ...ifExists, ...nulls]),
    ...conditionCases("multipleValues", several),
    ...conditionCases("multivaluedKeys", sets),
    ...conditionCases("operators", notKnown),
    ...blocks,
  ]);
});
