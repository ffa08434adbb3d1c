import { unknownValue } from "../../evaluator/context";
import {
  ACCOUNT,
  alice,
  allow,
  conditionCases,
  deny,
  deployer,
  everything,
  root,
  testCases,
  type Case,
  type ConditionRow,
} from "./cases";

const team = { "aws:PrincipalTag/team": "yellow" };
const bucket = (name: string): string => `arn:aws:s3:::team-${name}/plan.txt`;
const ofTeam = "arn:aws:s3:::team-${aws:PrincipalTag/team}/*";
const withDefault = "arn:aws:s3:::team-${aws:PrincipalTag/team, 'everybody'}/*";

/** Alice, or who is named, asks for the resource; one Allow of hers names one. */
function resourceCase(
  rule: string,
  [written, asked]: readonly [string, string],
  answer: Case["answer"],
  request: Case["request"] = { context: team },
): Case {
  return {
    rule,
    page: "variables",
    answer,
    request: { ...request, resource: asked },
    policies: { identity: allow({ Resource: written }) },
  };
}

const inResources: readonly Case[] = [
  resourceCase("A variable in a resource is the request's value", [ofTeam, bucket("yellow")], "yes"),
  resourceCase("A variable in a resource is no other value", [ofTeam, bucket("blue")], "no"),
  resourceCase("A variable is no wildcard", [ofTeam, bucket("yellowish")], "no"),
  resourceCase("A variable without a value matches no resource", [ofTeam, bucket("yellow")], "no", {}),
  resourceCase("A variable without a value is no empty text", [ofTeam, bucket("")], "no", {}),
  resourceCase(
    "A variable without a value is not its own name",
    [ofTeam, bucket("${aws:PrincipalTag/team}")],
    "no",
    {},
  ),
  resourceCase("A default stands for a missing value", [withDefault, bucket("everybody")], "yes", {}),
  resourceCase("A default does not stand beside a value", [withDefault, bucket("everybody")], "no"),
  resourceCase("A value stands before the default", [withDefault, bucket("yellow")], "yes"),
  resourceCase("A variable that cannot be known may match", [ofTeam, bucket("yellow")], "unknown", {
    context: { "aws:PrincipalTag/team": unknownValue },
  }),
  resourceCase(
    "A variable's name is not case-sensitive",
    ["arn:aws:s3:::team-${AWS:principaltag/TEAM}/*", bucket("yellow")],
    "yes",
  ),
  resourceCase("${*} is an asterisk", ["arn:aws:s3:::a/${*}.txt", "arn:aws:s3:::a/*.txt"], "yes"),
  resourceCase("${*} is no wildcard", ["arn:aws:s3:::a/${*}.txt", "arn:aws:s3:::a/b.txt"], "no"),
  resourceCase("${?} is a question mark", ["arn:aws:s3:::a/${?}.txt", "arn:aws:s3:::a/?.txt"], "yes"),
  resourceCase("${?} is no wildcard", ["arn:aws:s3:::a/${?}.txt", "arn:aws:s3:::a/b.txt"], "no"),
  resourceCase("${$} is a dollar sign", ["arn:aws:s3:::a/${$}{b}", "arn:aws:s3:::a/${b}"], "yes"),
  resourceCase(
    "aws:username is a user's name without its path",
    ["arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/alice/x"],
    "yes",
    { principal: alice },
  ),
  resourceCase(
    "aws:username has no value for a role's session",
    ["arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/deployer/x"],
    "no",
    { principal: deployer },
  ),
  resourceCase(
    "aws:userid of a role's session is the role's id and the session's name",
    ["arn:aws:s3:::home/${aws:userid}/*", "arn:aws:s3:::home/AROADEPLOYER:build-7/x"],
    "yes",
    { principal: deployer },
  ),
  resourceCase(
    "aws:userid of a user is its unique id",
    ["arn:aws:s3:::home/${aws:userid}/*", "arn:aws:s3:::home/AIDAALICE/x"],
    "yes",
  ),
];

const inConditions: readonly ConditionRow[] = [
  [
    "A variable in StringEquals is the request's value",
    "StringEquals",
    "${aws:PrincipalTag/team}",
    "yellow",
    "yes",
  ],
  ["A variable in StringEquals is no other value", "StringEquals", "${aws:PrincipalTag/team}", "blue", "no"],
  [
    "A variable in StringLike stands beside wildcards",
    "StringLike",
    "${aws:PrincipalTag/team}/*",
    "yellow/a",
    "yes",
  ],
  [
    "A variable in ArnLike is the request's value",
    "ArnLike",
    "arn:aws:iam::1:role/${aws:PrincipalTag/team}",
    "arn:aws:iam::1:role/yellow",
    "yes",
  ],
  [
    "StringEquals does not match a variable without a value",
    "StringEquals",
    "${aws:PrincipalTag/unit}",
    "yellow",
    "no",
  ],
  [
    "StringLike does not match a variable without a value",
    "StringLike",
    "${aws:PrincipalTag/unit}*",
    "yellow",
    "no",
  ],
  [
    "StringNotEquals matches against a variable without a value",
    "StringNotEquals",
    "${aws:PrincipalTag/unit}",
    "yellow",
    "yes",
  ],
  [
    "StringNotLike matches against a variable without a value",
    "StringNotLike",
    "${aws:PrincipalTag/unit}",
    "yellow",
    "yes",
  ],
  ["A numeric operator has no variables", "NumericEquals", "${aws:PrincipalTag/team}", "1", "unknown"],
  ["An IP address operator has no variables", "IpAddress", "${aws:PrincipalTag/team}", "10.0.0.1", "unknown"],
];

const oldDocument = (resource: string): object => ({ Statement: allow({ Resource: resource }) });
const byVersion: readonly Case[] = [
  ["Without a Version a variable is plain text", "${aws:username}", "yes", {}],
  ["Without a Version a variable has no value", "alice", "no", {}],
  ["In version 2008-10-17 a variable is plain text", "${aws:username}", "yes", { Version: "2008-10-17" }],
  ["In version 2012-10-17 a variable has its value", "alice", "yes", { Version: "2012-10-17" }],
].map(([rule, name, answer, version]) => ({
  rule: rule as string,
  page: "variables",
  answer: answer as Case["answer"],
  request: { resource: `arn:aws:s3:::home/${name as string}` },
  policies: { identity: { ...(version as object), ...oldDocument("arn:aws:s3:::home/${aws:username}") } },
}));

const inDenials: readonly Case[] = [
  {
    rule: "A Deny of all but the own team's objects denies who has no team",
    page: "variables",
    answer: "no",
    request: { context: { "s3:ExistingObjectTag/team": "yellow" } },
    policies: {
      identity: [
        everything,
        deny({ Condition: { StringNotEquals: { "s3:ExistingObjectTag/team": "${aws:PrincipalTag/team}" } } }),
      ],
    },
  },
  {
    rule: "A Deny of all but the own team's objects leaves these",
    page: "variables",
    answer: "yes",
    request: { context: { ...team, "s3:ExistingObjectTag/team": "yellow" } },
    policies: {
      identity: [
        everything,
        deny({ Condition: { StringNotEquals: { "s3:ExistingObjectTag/team": "${aws:PrincipalTag/team}" } } }),
      ],
    },
  },
  {
    rule: "A variable without a value in NotResource leaves nothing out",
    page: "variables",
    answer: "no",
    request: { resource: bucket("yellow") },
    policies: { identity: [everything, deny({ NotResource: ofTeam })] },
  },
  {
    rule: "aws:userid of an account's root is the account",
    page: "variables",
    answer: "yes",
    request: { principal: root },
    policies: {
      serviceControl: [allow({ Condition: { StringEquals: { "aws:userid": ACCOUNT } } })],
    },
  },
];

describe("evaluator: variables", () => {
  testCases([...inResources, ...conditionCases("variables", inConditions, team), ...byVersion, ...inDenials]);
});
