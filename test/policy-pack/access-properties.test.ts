import assert from "node:assert/strict";
import fc from "fast-check";
import { contextOf, type Context, type DocumentKind } from "../../policy-pack/lib/document/context";
import { SEVERITIES } from "../../policy-pack/lib/judge/findings";
import { matches } from "../../policy-pack/lib/document/wildcard";
import { judgeDocument } from "../../policy-pack/lib/judge/judge-document";
import { ACCOUNT, document, ORGANIZATION, OTHER_ACCOUNT } from "./support/documents";

type Elements = Readonly<Record<string, unknown>>;

/** The gravest severity as a number; -1 when there is none. */
function worst(value: unknown, context: Context): number {
  return Math.max(
    -1,
    ...judgeDocument(value, context).findings.map(({ severity }) => SEVERITIES.indexOf(severity)),
  );
}

const BUCKET = contextOf("resource", "s3");
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;

const principal = fc.constantFrom<unknown>(
  "*",
  { AWS: "*" },
  { AWS: ROLE },
  { AWS: [ROLE, OTHER_ACCOUNT] },
  { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  { Service: "cloudtrail.amazonaws.com" },
);
const action = fc.constantFrom("*", "s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "s3:PutBucketPolicy");
const resource = fc.constantFrom(
  "*",
  "arn:aws:s3:::reports*",
  "arn:aws:s3:::reports/*",
  "arn:aws:s3:::reports/open/*",
  "arn:aws:s3:::reports/open/${aws:username}/*",
);
const denying = fc.constantFrom<Elements | undefined>(
  undefined,
  { StringNotEquals: { "aws:PrincipalOrgID": ORGANIZATION } },
  { StringNotEqualsIfExists: { "aws:PrincipalAccount": [ACCOUNT, OTHER_ACCOUNT] } },
  { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
  { ArnNotLike: { "aws:PrincipalArn": ROLE } },
  {
    StringNotEqualsIfExists: { "aws:PrincipalOrgID": ORGANIZATION },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
);
const list = (values: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.uniqueArray(values, { minLength: 1, maxLength: 3 });
const denial = fc
  .record({ principal, actions: list(action), resources: list(resource), condition: denying })
  .map(({ principal: to, actions, resources, condition }) => ({
    Effect: "Deny",
    Principal: to,
    Action: actions,
    Resource: resources,
    ...(condition === undefined ? {} : { Condition: condition }),
  }));
const grants = fc
  .record({ principal, actions: list(action), resources: list(resource) })
  .map(({ principal: to, actions, resources }) => ({
    Effect: "Allow",
    Principal: to,
    Action: actions,
    Resource: resources,
  }));

type Denial = Elements & { readonly Action: readonly string[]; readonly Resource: readonly string[] };

/** Ways to make a denial deny less. */
const narrowings: readonly ((denied: Denial) => Elements)[] = [
  (denied) => ({ ...denied, Action: denied.Action.slice(1) }),
  (denied) => ({ ...denied, Action: denied.Action.map((name) => name.replace(/\*?$/, "Tagging*")) }),
  (denied) => ({ ...denied, Resource: denied.Resource.slice(1) }),
  (denied) => ({ ...denied, Resource: denied.Resource.map((name) => name.replace(/\*?$/, "secret/*")) }),
  (denied) => ({ ...denied, Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:role/stranger` } }),
  (denied) => ({ ...denied, Principal: { Service: "*" } }),
  (denied) => withCondition(denied, { Bool: { "aws:SecureTransport": "false" } }),
  (denied) => withCondition(denied, { StringEquals: { "aws:PrincipalTag/Team": "orders" } }),
  (denied) => withCondition(denied, { StringNotEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } }),
  (denied) => ({ ...denied, Action: undefined, NotAction: ["s3:Get*", "s3:PutObject"] }),
  (denied) => ({ ...denied, Resource: undefined, NotResource: ["arn:aws:s3:::reports/open/*"] }),
];

function withCondition(denied: Denial, more: Elements): Elements {
  return { ...denied, Condition: { ...(denied["Condition"] as Elements | undefined), ...more } };
}

/** What a request without signature, from outside, carries. */
const STRANGER: ReadonlyMap<string, string> = new Map([
  ["aws:SecureTransport", "true"],
  ["aws:SourceIp", "198.51.100.7"],
]);

/** Whether the stranger may do it, as IAM evaluates a bucket's policy. */
function letsStranger(statements: readonly Elements[], name: string, object: string): boolean {
  const applies = (one: Elements): boolean =>
    (one["Principal"] === "*" || (one["Principal"] as Elements)["AWS"] === "*") &&
    listed(one["Action"]).some((pattern) => matches(pattern, name)) &&
    listed(one["Resource"]).some((pattern) => matches(pattern, object)) &&
    Object.entries((one["Condition"] ?? {}) as Readonly<Record<string, Elements>>).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, STRANGER.get(key), listed(values))),
    );
  const effects = statements.filter(applies).map((one) => one["Effect"]);
  return effects.includes("Allow") && !effects.includes("Deny");
}

const listed = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : [String(value)]);

/** The addresses and ids of the conditions here are never the stranger's. */
function holds(operator: string, value: string | undefined, values: readonly string[]): boolean {
  if (operator.endsWith("IfExists") && value === undefined) return true;
  if (/^(String|Arn)Not|^Not/.test(operator)) return true;
  return operator.startsWith("Bool") && value !== undefined && values.includes(value);
}

describe("the judgement of who is let in", () => {
  it("tells of every object that a stranger reaches, whatever is denied beside it", () => {
    const insecure = fc.constantFrom<Elements | undefined>(
      undefined,
      { Bool: { "aws:SecureTransport": "false" } },
      { Bool: { "aws:PrincipalIsAWSService": "false" } },
      { StringEquals: { "aws:PrincipalTag/Team": "orders" } },
    );
    const denials = fc.array(
      fc
        .tuple(denial, insecure)
        .map(([denied, more]) => (more === undefined ? denied : withCondition(denied, more))),
      { maxLength: 3 },
    );
    const names = ["s3:GetObject", "s3:PutObject", "s3:PutBucketPolicy"];
    const objects = ["arn:aws:s3:::reports/x", "arn:aws:s3:::reports/open/x", "arn:aws:s3:::reports-2/x"];
    let open = 0;
    fc.assert(
      fc.property(grants, denials, (granted, denied) => {
        const reached = names.some((name) =>
          objects.some((object) => letsStranger([granted, ...denied], name, object)),
        );
        if (!reached) return;
        open++;
        assert.equal(worst(document(granted, ...denied), BUCKET), SEVERITIES.indexOf("error"));
      }),
      { numRuns: 2_000 },
    );
    assert.ok(open > 100, "too few documents were open to prove anything");
  });

  it("is never milder for a denial that denies less", () => {
    fc.assert(
      fc.property(grants, denial, fc.constantFrom(...narrowings), (granted, denied, narrowed) => {
        const less = narrowed(denied);
        const isEmpty = [less["Action"], less["Resource"]].some(
          (value) => Array.isArray(value) && value.length === 0,
        );
        // NotAction and NotResource deny more than what was denied only of some actions and resources.
        const widens =
          ("NotAction" in less && !denied.Action.some((name) => name === "*" || name === "s3:*")) ||
          ("NotResource" in less && !denied.Resource.includes("*"));
        fc.pre(!isEmpty && !widens);
        const before = worst(document(granted, denied), BUCKET);
        assert.ok(worst(document(granted, less), BUCKET) >= before, JSON.stringify([granted, denied, less]));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is never graver for a denial more", () => {
    fc.assert(
      fc.property(grants, denial, (granted, denied) => {
        assert.ok(worst(document(granted, denied), BUCKET) <= worst(document(granted), BUCKET));
      }),
      { numRuns: 500 },
    );
  });

  it("does not depend on the order of the statements", () => {
    fc.assert(
      fc.property(grants, denial, denial, (granted, denied, other) => {
        const expected = worst(document(granted, denied, other), BUCKET);
        assert.equal(worst(document(other, denied, granted), BUCKET), expected);
      }),
      { numRuns: 500 },
    );
  });

  const values: readonly (readonly [string, string, string])[] = [
    ["StringLike", "aws:PrincipalAccount", ACCOUNT],
    ["StringLike", "aws:SourceAccount", ACCOUNT],
    ["StringLike", "kms:CallerAccount", ACCOUNT],
    ["StringLike", "aws:PrincipalOrgID", ORGANIZATION],
    ["StringLike", "aws:SourceOrgID", ORGANIZATION],
    ["StringLike", "aws:ResourceOrgID", ORGANIZATION],
    ["StringLike", "aws:ResourceAccount", ACCOUNT],
    ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", `${ORGANIZATION}/r-ab12/ou-ab12-11111111/`],
    ["StringLike", "aws:userid", "AROADBQP57FF2AEXAMPLE:session"],
    ["StringLike", "aws:SourceVpc", "vpc-0a1b2c3d"],
    ["StringLike", "aws:SourceVpce", "vpce-0a1b2c3d"],
    ["StringLike", "sts:ExternalId", "c2b1-77aa"],
    ["StringLike", "aws:PrincipalTag/Team", "orders"],
    ["ArnLike", "aws:PrincipalArn", ROLE],
    ["ArnLike", "aws:SourceArn", `arn:aws:sns:eu-west-1:${ACCOUNT}:orders`],
    ["ArnLike", "aws:SourceArn", "arn:aws:s3:::uploads"],
    ["ArnLike", "s3:DataAccessPointArn", `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/reports`],
    ["IpAddress", "aws:SourceIp", "192.0.2.0/24"],
  ];
  const documents: readonly (readonly [string, DocumentKind, string | undefined, unknown, string])[] = [
    ["a bucket's policy", "resource", "s3", "*", "s3:GetObject"],
    ["an account in a queue's policy", "resource", "sqs", { AWS: ACCOUNT }, "sqs:SendMessage"],
    ["a service in a topic's policy", "resource", "sns", { Service: "s3.amazonaws.com" }, "sns:Publish"],
    ["an endpoint's policy", "resource", "vpce", "*", "s3:GetObject"],
    ["the trust of everybody", "trust", undefined, "*", "sts:AssumeRole"],
    ["the trust of an account", "trust", undefined, { AWS: ACCOUNT }, "sts:AssumeRole"],
    ["the trust of a service", "trust", undefined, { Service: "codebuild.amazonaws.com" }, "sts:AssumeRole"],
  ];
  const turned = (operator: string): string =>
    operator
      .replace("ForAnyValue", "ForAllValues")
      .replace(/(String|Arn)Like/, "$1NotLike")
      .replace("Ip", "NotIp");

  for (const [name, kind, service, to, granted] of documents) {
    it(`is never milder for a value cut short: ${name}`, () => {
      const place = kind === "resource" ? { Resource: "*" } : {};
      const allowed = { Effect: "Allow", Principal: to, Action: granted, ...place };
      const asked = (value: string, operator: string, key: string): number[] => {
        const context = contextOf(kind, service);
        const denied = { ...allowed, Effect: "Deny", Principal: "*" };
        return [
          worst(document({ ...allowed, Condition: { [operator]: { [key]: value } } }), context),
          worst(
            document(allowed, { ...denied, Condition: { [turned(operator)]: { [key]: value } } }),
            context,
          ),
        ];
      };
      for (const [operator, key, value] of values) {
        const full = asked(value, operator, key);
        for (let length = 0; length <= value.length; length++) {
          const cut = asked(`${value.slice(0, length)}*`, operator, key);
          cut.forEach((severity, index) => {
            assert.ok(severity >= (full[index] ?? 0), `${key} ${value.slice(0, length)}*`);
          });
        }
      }
    });
  }
});
