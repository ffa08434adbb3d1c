import assert from "node:assert/strict";
import type { ContextValue, ContextValues } from "../../evaluator/context";
import { readPolicy, type Policy } from "../../evaluator/document";
import { evaluate, type Policies, type Request } from "../../evaluator/evaluate";
import type { Principal } from "../../evaluator/principal";
import type { Truth } from "../../evaluator/truth";
import { pages, type Page } from "./pages";

export const ACCOUNT = "111111111111";
export const OTHER_ACCOUNT = "222222222222";

export const aliceArn = `arn:aws:iam::${ACCOUNT}:user/staff/alice`;
export const alice: Principal = {
  kind: "user",
  accountId: ACCOUNT,
  arn: aliceArn,
  id: "AIDAALICE",
};
export const deployerArn = `arn:aws:iam::${ACCOUNT}:role/ci/deployer`;
export const deployer: Principal = {
  kind: "role",
  accountId: ACCOUNT,
  arn: deployerArn,
  session: "build-7",
  id: "AROADEPLOYER",
};
export const deployerSession = `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/build-7`;
export const root: Principal = { kind: "root", accountId: ACCOUNT };
export const codebuild: Principal = { kind: "service", service: "codebuild.amazonaws.com" };
export const anonymous: Principal = { kind: "anonymous" };

export type Statement = Readonly<Record<string, unknown>>;
/** One statement or several in a document of the current version, or a whole document. */
export type Source = Statement | readonly Statement[];

/** The documents of a case as they are written. */
export interface Documents {
  readonly identity?: Source;
  readonly boundary?: Source;
  readonly session?: Source;
  readonly resource?: Source;
  /** One document for each level. */
  readonly serviceControl?: readonly Source[];
  readonly resourceControl?: readonly Source[];
}

/** One rule that AWS documents, and a question that shows it. */
export interface Case {
  /** The rule in a sentence; the name of the test. */
  readonly rule: string;
  /** The page that states it. */
  readonly page: Page;
  readonly answer: Truth;
  /** By default Alice reads `object`. */
  readonly request?: Partial<Request>;
  readonly policies: Documents;
}

export const object = "arn:aws:s3:::reports/2026/january.csv";

export const allow = (elements: Statement = {}): Statement => statement("Allow", elements);
export const deny = (elements: Statement = {}): Statement => statement("Deny", elements);
export const everything = allow({ Action: "*" });
export const reads = allow();
export const writes = allow({ Action: "s3:PutObject" });
/** Lets the principals read, in a resource's own policy. */
export const readsFor = (principal: unknown): Statement => allow({ Principal: principal });

function statement(effect: "Allow" | "Deny", elements: Statement): Statement {
  const action = "NotAction" in elements ? {} : { Action: "s3:GetObject" };
  const resource = "NotResource" in elements ? {} : { Resource: "*" };
  return { Effect: effect, ...action, ...resource, ...elements };
}

export function policyOf(source: Source): Policy {
  if (!Array.isArray(source) && "Statement" in source) return readPolicy(source);
  return readPolicy({ Version: "2012-10-17", Statement: source });
}

export function policiesOf(documents: Documents): Policies {
  const { identity, boundary, session, resource, serviceControl, resourceControl } = documents;
  const levels = (sources: readonly Source[]): Policy[][] => sources.map((source) => [policyOf(source)]);
  return {
    identity: identity === undefined ? [] : [policyOf(identity)],
    ...(boundary && { boundary: [policyOf(boundary)] }),
    ...(session && { session: [policyOf(session)] }),
    ...(resource && { resource: policyOf(resource) }),
    ...(serviceControl && { serviceControl: levels(serviceControl) }),
    ...(resourceControl && { resourceControl: levels(resourceControl) }),
  };
}

export function requestOf(request: Partial<Request> = {}): Request {
  return { principal: alice, action: "s3:GetObject", resource: object, ...request };
}

export type PolicyRow = readonly [
  rule: string,
  page: Page,
  who: Principal,
  policies: Documents,
  answer: Truth,
];

/** Cases that differ in who asks and in the policies. */
export function policyCases(rows: readonly PolicyRow[], request: Partial<Request>): Case[] {
  return rows.map(([rule, page, principal, policies, answer]) => ({
    rule,
    page,
    answer,
    request: { principal, ...request },
    policies,
  }));
}

/** A test for each case, named with its rule. */
export function testCases(cases: readonly Case[]): void {
  for (const { rule, page, answer, request, policies } of cases) {
    it(rule, () => {
      const given = evaluate(requestOf(request), policiesOf(policies)).answer;
      assert.equal(given, answer, `See ${pages[page]}`);
    });
  }
}

/** The rule, the operator, the policy's values, the request's value (undefined: none), and whether the condition holds. */
export type ConditionRow = readonly [
  rule: string,
  operator: string,
  wanted: unknown,
  actual: ContextValue | undefined,
  answer: Truth,
];

/** Cases about one condition: an Allow has no other, so that the answer is whether it holds. */
export function conditionCases(
  page: Page,
  rows: readonly ConditionRow[],
  context: ContextValues = {},
): Case[] {
  return rows.map(([rule, operator, wanted, actual, answer]) => ({
    rule,
    page,
    answer,
    request: { context: { ...context, "test:Key": actual ?? [] } },
    policies: { identity: allow({ Condition: { [operator]: { "test:Key": wanted } } }) },
  }));
}
