import assert from "node:assert/strict";
import { assumeRole, type Assumption } from "../../evaluator/assume-role";
import { unknownValue } from "../../evaluator/context";
import type { Principal } from "../../evaluator/principal";
import {
  ACCOUNT,
  alice,
  aliceArn,
  allow,
  deployer,
  OTHER_ACCOUNT,
  policiesOf,
  type Case,
  type Documents,
  type Statement,
} from "./cases";
import { pages, type Page } from "./pages";

const role = `arn:aws:iam::${ACCOUNT}:role/target`;
const otherRole = `arn:aws:iam::${OTHER_ACCOUNT}:role/target`;
const takes = allow({ Action: "sts:AssumeRole" });
const tags = allow({ Action: "sts:TagSession" });
const names = allow({ Action: "sts:SetSourceIdentity" });
/** A statement of a trust policy about Alice. */
const trust = (actions: unknown, condition: Statement = {}): Statement =>
  allow({ Action: actions, Principal: { AWS: aliceArn }, Condition: condition });
const trusts = trust("sts:AssumeRole");
const all = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

interface Row {
  readonly rule: string;
  readonly page: Page;
  readonly answer: Case["answer"];
  readonly call?: Partial<Assumption>;
  readonly policies: Documents;
}

const entries: readonly Row[] = [
  {
    rule: "Within an account a trust policy that names the caller is enough",
    page: "evaluation",
    answer: "yes",
    policies: { resource: trusts },
  },
  {
    rule: "Without the role's trust the caller's policies do not let it in",
    page: "evaluation",
    answer: "no",
    policies: { identity: takes },
  },
  {
    rule: "A trust policy that names the account asks for the caller's policies: none",
    page: "principal",
    answer: "no",
    policies: { resource: { ...trusts, Principal: { AWS: ACCOUNT } } },
  },
  {
    rule: "A trust policy that names the account asks for the caller's policies: one that allows",
    page: "principal",
    answer: "yes",
    policies: { identity: takes, resource: { ...trusts, Principal: { AWS: ACCOUNT } } },
  },
  {
    rule: "Across accounts trust and the caller's policies must allow: the trust alone",
    page: "crossAccount",
    answer: "no",
    call: { role: otherRole },
    policies: { resource: trusts },
  },
  {
    rule: "Across accounts trust and the caller's policies must allow: both",
    page: "crossAccount",
    answer: "yes",
    call: { role: otherRole },
    policies: { identity: takes, resource: trusts },
  },
  {
    rule: "A trust that asks for an external ID takes the right one",
    page: "externalId",
    answer: "yes",
    call: { externalId: "12345" },
    policies: { resource: trust("sts:AssumeRole", { StringEquals: { "sts:ExternalId": "12345" } }) },
  },
  {
    rule: "A trust that asks for an external ID does not take a call without",
    page: "externalId",
    answer: "no",
    policies: { resource: trust("sts:AssumeRole", { StringEquals: { "sts:ExternalId": "12345" } }) },
  },
  {
    rule: "A trust may ask that the session has the user's name",
    page: "stsKeys",
    answer: "yes",
    call: { sessionName: "alice" },
    policies: {
      resource: trust("sts:AssumeRole", { StringLike: { "sts:RoleSessionName": "${aws:username}" } }),
    },
  },
  {
    rule: "A session of another name than the user's is not taken",
    page: "stsKeys",
    answer: "no",
    call: { sessionName: "bob" },
    policies: {
      resource: trust("sts:AssumeRole", { StringLike: { "sts:RoleSessionName": "${aws:username}" } }),
    },
  },
  {
    rule: "A session's name that nobody knows may be the one asked for",
    page: "stsKeys",
    answer: "unknown",
    policies: { resource: trust("sts:AssumeRole", { StringEquals: { "sts:RoleSessionName": "x" } }) },
  },
];

const engineering = { Project: "Automation", CostCenter: "12345", Department: "Engineering" };
/** The trust policy of the page's example. */
const required = { "aws:RequestTag/Project": "*", "aws:RequestTag/CostCenter": "*" };
const example: Documents = {
  resource: [
    trust("sts:AssumeRole", {
      StringLike: { ...required, "aws:RequestTag/Department": "*" },
      StringEquals: { "sts:ExternalId": "Example987" },
    }),
    trust("sts:TagSession", {
      StringLike: required,
      StringEquals: { "aws:RequestTag/Department": ["Engineering", "Marketing"] },
      "ForAllValues:StringEquals": { "sts:TransitiveTagKeys": ["Project", "Department"] },
    }),
  ],
};
const exampleRow = (rule: string, answer: Row["answer"], call: Partial<Assumption>): Row => ({
  rule,
  page: "sessionTags",
  answer,
  call: { externalId: "Example987", ...call },
  policies: example,
});

const sessionTags: readonly Row[] = [
  exampleRow("The tags that a trust asks for let the caller in", "yes", { tags: engineering }),
  exampleRow("A caller may bring further tags", "yes", { tags: { ...engineering, Team: "a" } }),
  exampleRow("A tag that is asked for must be there", "no", { tags: { Project: "a", CostCenter: "1" } }),
  exampleRow("A tag must have one of the values", "no", { tags: { ...engineering, Department: "Law" } }),
  exampleRow("Right tags do not replace the external ID", "no", { tags: engineering, externalId: "x" }),
  {
    rule: "A call with tags asks for sts:TagSession too",
    page: "sessionTags",
    answer: "no",
    call: { tags: engineering },
    policies: { resource: trusts },
  },
  {
    rule: "A call without tags asks for no sts:TagSession",
    page: "sessionTags",
    answer: "yes",
    policies: { resource: trusts },
  },
  {
    rule: "Across accounts the caller's policies must allow sts:TagSession too",
    page: "sessionTags",
    answer: "no",
    call: { role: otherRole, tags: engineering },
    policies: { identity: takes, resource: trust(all) },
  },
  {
    rule: "Across accounts sts:TagSession on both sides lets the caller in",
    page: "sessionTags",
    answer: "yes",
    call: { role: otherRole, tags: engineering },
    policies: { identity: [takes, tags], resource: trust(all) },
  },
  {
    rule: "aws:TagKeys limits the keys that may be brought",
    page: "sessionTags",
    answer: "no",
    call: { tags: engineering },
    policies: { resource: trust(all, { "ForAllValues:StringEquals": { "aws:TagKeys": ["Project"] } }) },
  },
  {
    rule: "aws:PrincipalTag is the caller's tag, not the one that it brings",
    page: "sessionTags",
    answer: "no",
    call: { tags: engineering },
    policies: { resource: trust(all, { StringEquals: { "aws:PrincipalTag/Project": "Automation" } }) },
  },
  {
    rule: "A trust may ask that a brought tag is the caller's own",
    page: "sessionTags",
    answer: "yes",
    call: { tags: engineering, context: [{ "aws:PrincipalTag/Project": "Automation" }] },
    policies: {
      resource: trust(all, { StringEquals: { "aws:RequestTag/Project": "${aws:PrincipalTag/Project}" } }),
    },
  },
  {
    rule: "A trust that asks for a transitive tag takes no call without one",
    page: "sessionTags",
    answer: "no",
    call: { tags: engineering },
    policies: { resource: trust(all, { Null: { "sts:TransitiveTagKeys": "false" } }) },
  },
];

const isDevUser = { StringEquals: { "sts:SourceIdentity": "DevUser" } };
const sourceIdentities: readonly Row[] = [
  {
    rule: "A call with a source identity asks for sts:SetSourceIdentity too",
    page: "sourceIdentity",
    answer: "no",
    call: { sourceIdentity: "DevUser" },
    policies: { resource: trusts },
  },
  {
    rule: "A trust lets a caller set the source identity that it asks for",
    page: "sourceIdentity",
    answer: "yes",
    call: { sourceIdentity: "DevUser" },
    policies: { resource: trust(all, isDevUser) },
  },
  {
    rule: "Another source identity is not taken",
    page: "sourceIdentity",
    answer: "no",
    call: { sourceIdentity: "Admin" },
    policies: { resource: trust(all, isDevUser) },
  },
  {
    rule: "A trust that asks for a source identity takes no call without one",
    page: "sourceIdentity",
    answer: "no",
    policies: { resource: trust(all, isDevUser) },
  },
  {
    rule: "A source identity may have to be the user's name",
    page: "sourceIdentity",
    answer: "yes",
    call: { sourceIdentity: "alice", role: otherRole },
    policies: {
      identity: [takes, { ...names, Condition: { StringLike: { "sts:SourceIdentity": "${aws:username}" } } }],
      resource: trust(all),
    },
  },
  {
    rule: "Across accounts sts:SetSourceIdentity is needed in both places: only the trust",
    page: "sourceIdentity",
    answer: "no",
    call: { sourceIdentity: "DevUser", role: otherRole },
    policies: { identity: takes, resource: trust(all) },
  },
  {
    rule: "Across accounts sts:SetSourceIdentity is needed in both places: only the caller",
    page: "sourceIdentity",
    answer: "no",
    call: { sourceIdentity: "DevUser", role: otherRole },
    policies: { identity: [takes, names], resource: trusts },
  },
  {
    rule: "A session hands its source identity on, which asks for the same right",
    page: "sourceIdentity",
    answer: "no",
    call: { context: [{ "aws:SourceIdentity": "DevUser" }] },
    policies: { resource: trusts },
  },
  {
    rule: "Names of keys are not case-sensitive for a source identity either",
    page: "condition",
    answer: "no",
    call: { context: [{ "AWS:sourceidentity": "DevUser" }] },
    policies: { resource: trusts },
  },
  {
    rule: "A source identity that is handed on is sts:SourceIdentity of the call",
    page: "conditionKeys",
    answer: "yes",
    call: { context: [{ "aws:SourceIdentity": "DevUser" }] },
    policies: { resource: trust(all, isDevUser) },
  },
  {
    rule: "Whether a session that may have a source identity needs the right cannot be known",
    page: "sourceIdentity",
    answer: "unknown",
    call: { context: [{ "aws:SourceIdentity": unknownValue }] },
    policies: { resource: trusts },
  },
  {
    rule: "A session that may have a source identity is let in where it has the right",
    page: "sourceIdentity",
    answer: "yes",
    call: { context: [{ "aws:SourceIdentity": unknownValue }] },
    policies: { resource: trust(all) },
  },
];

describe("evaluator: taking roles", () => {
  for (const { rule, page, answer, call, policies } of [...entries, ...sessionTags, ...sourceIdentities]) {
    it(rule, () => {
      const decision = assumeRole({ principal: alice, role, ...call }, policiesOf(policies));
      assert.equal(decision.answer, answer, `See ${pages[page]}`);
    });
  }

  it("lists a part for each action that the call is", () => {
    const actionsOf = (call: Partial<Assumption>, principal: Principal = deployer): string[] =>
      assumeRole({ principal, role, ...call }, { identity: [] }).parts.map(({ action }) => action);
    assert.deepEqual(actionsOf({}), ["sts:AssumeRole"]);
    assert.deepEqual(actionsOf({ tags: engineering, sourceIdentity: "DevUser" }), all);
  });
});
