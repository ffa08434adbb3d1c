import assert from "node:assert/strict";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import { decidingTags, letsChooseTag } from "../../../../policy-pack/lib/judge/session-tags";
import { ACCOUNT, document, grant } from "../../support/documents";

type Elements = Readonly<Record<string, unknown>>;

const JOBS = `arn:aws:iam::${ACCOUNT}:role/jobs`;
const OWN = "${aws:PrincipalTag/Application}";

describe("the tags by which a policy decides", () => {
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    ["none", grant("s3:GetObject", "arn:aws:s3:::reports/*"), []],
    ["a part of a resource", grant("s3:GetObject", `arn:aws:s3:::data/${OWN}/*`), ["Application"]],
    [
      "a part of a resource, with a default",
      grant("s3:GetObject", "arn:aws:s3:::data/${aws:PrincipalTag/Team, 'none'}/*"),
      ["Team"],
    ],
    [
      "a value of a condition",
      grant("dynamodb:GetItem", "*", { StringEquals: { "aws:ResourceTag/Application": OWN } }),
      ["Application"],
    ],
    [
      "the key of a condition",
      grant("dynamodb:GetItem", "*", { StringEquals: { "aws:PrincipalTag/cost:Center": "7" } }),
      ["cost:Center"],
    ],
    ["a user's name, which is no tag", grant("s3:GetObject", "arn:aws:s3:::data/${aws:username}/*"), []],
    [
      "a tag that the role's ARN must carry too",
      grant("s3:GetObject", `arn:aws:s3:::data/${OWN}/*`, {
        ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/${OWN}-*` },
      }),
      [],
    ],
    [
      "a tag beside one that the role's ARN carries",
      grant("s3:GetObject", `arn:aws:s3:::data/${OWN}/\${aws:PrincipalTag/Team}/*`, {
        ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/${OWN}-*` },
      }),
      ["Team"],
    ],
  ];
  for (const [name, value, expected] of cases) {
    it(name, () => {
      assert.deepEqual([...decidingTags(readDocument(value).statements).values()], expected);
    });
  }
});

describe("a trust that lets choose the tag Application", () => {
  const allow = (Action: unknown, Condition?: Elements, Principal: unknown = { AWS: JOBS }): Elements => ({
    Effect: "Allow",
    Principal,
    Action,
    ...(Condition === undefined ? {} : { Condition }),
  });
  const deny = (Action: unknown, Condition: Elements, Principal: unknown = "*"): Elements => ({
    ...allow(Action, Condition, Principal),
    Effect: "Deny",
  });
  const both = ["sts:AssumeRole", "sts:TagSession"];
  const tag = (value: unknown): Elements => ({ "aws:RequestTag/Application": value });
  const free = allow(both);
  const cases: readonly (readonly [string, readonly Elements[], boolean])[] = [
    ["without a condition", [free], true],
    ["by every action of STS", [allow("sts:*")], true],
    ["by all actions but one", [{ ...allow(undefined), NotAction: "sts:AssumeRoot" }], true],
    ["in two statements", [allow("sts:AssumeRole"), allow("sts:TagSession")], true],
    ["to an account", [allow(both, undefined, { AWS: ACCOUNT })], true],
    ["to nobody who may assume the role", [allow("sts:TagSession")], false],
    ["to nobody, since no tags are taken", [allow("sts:AssumeRole")], false],
    ["the caller's own", [allow(both, { StringEquals: tag(OWN) })], false],
    ["one of two, said by the author", [allow(both, { StringEquals: tag(["orders", "billing"]) })], false],
    ["none, or the caller's own", [allow(both, { StringEqualsIfExists: tag(OWN) })], false],
    ["in another case", [allow(both, { StringEquals: { "AWS:requestTag/application": OWN } })], false],
    ["whichever", [allow(both, { StringLike: tag("*") })], true],
    ["all but one", [allow(both, { StringNotEquals: tag("orders") })], true],
    ["as long as there is one", [allow(both, { Null: { ...tag("false") } })], true],
    ["only that there be none", [allow(both, { Null: { ...tag("true") } })], false],
    ["the value of another tag", [allow(both, { StringEquals: { "aws:RequestTag/Team": "a" } })], true],
    [
      "bound where the role is assumed",
      [allow("sts:AssumeRole", { StringEquals: tag(OWN) }), allow("sts:TagSession")],
      false,
    ],
    [
      "bound where the session is tagged",
      [allow("sts:AssumeRole"), allow("sts:TagSession", { StringEquals: tag(OWN) })],
      false,
    ],
    ["bound in one statement and free in another", [allow(both, { StringEquals: tag(OWN) }), free], true],
    [
      "of other keys only",
      [allow(both, { "ForAllValues:StringEquals": { "aws:TagKeys": ["Team"] } })],
      false,
    ],
    [
      "of this key among others",
      [allow(both, { "ForAllValues:StringEquals": { "aws:TagKeys": ["application", "Team"] } })],
      true,
    ],
    ["of keys by pattern", [allow(both, { "ForAllValues:StringLike": { "aws:TagKeys": ["App*"] } })], true],
    ["with one other key", [allow(both, { "ForAnyValue:StringEquals": { "aws:TagKeys": ["Team"] } })], true],
    ["which is denied", [free, deny("sts:TagSession", {})], false],
    ["which is denied to a stranger", [free, deny("sts:TagSession", {}, { AWS: ACCOUNT })], true],
    ["of other values denied", [free, deny("sts:TagSession", { StringNotEquals: tag(OWN) })], false],
    ["of one value denied", [free, deny("sts:TagSession", { StringEquals: tag("orders") })], true],
    ["with the tag denied", [free, deny(both, { Null: tag("false") })], false],
    [
      "with the key denied",
      [free, deny("sts:TagSession", { "ForAnyValue:StringEquals": { "aws:TagKeys": "Application" } })],
      false,
    ],
    [
      "with another key denied",
      [free, deny("sts:TagSession", { "ForAnyValue:StringEquals": { "aws:TagKeys": "Team" } })],
      true,
    ],
    [
      "with two things to hold for the denial",
      [free, deny("sts:TagSession", { StringNotEquals: tag(OWN), Bool: { "aws:ViaAWSService": "true" } })],
      true,
    ],
    [
      "to a service of AWS, which sets its own",
      [allow(both, undefined, { Service: "pods.eks.amazonaws.com" })],
      false,
    ],
    [
      "to an identity provider, which sets its own",
      [
        allow(["sts:AssumeRoleWithSAML", "sts:TagSession"], undefined, {
          Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/people`,
        }),
      ],
      false,
    ],
  ];
  for (const [name, statements, expected] of cases) {
    it(`${name}: ${expected ? "yes" : "no"}`, () => {
      assert.equal(letsChooseTag(readDocument(document(...statements)).statements, "Application"), expected);
    });
  }
});
