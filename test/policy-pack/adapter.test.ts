import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type {
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
} from "@pulumi/policy";
import { plainProperties, policyOf } from "../../policy-pack/adapter";
import { UNKNOWN_MARKS } from "../../policy-pack/lib/document/unknown";
import type { ResourceRule } from "../../policy-pack/rule";
import { noOpenTrust } from "../../policy-pack/rules/no-open-trust";
import { noWildcardGrants } from "../../policy-pack/rules/no-wildcard-grants";
import { readablePolicies } from "../../policy-pack/rules/readable-policies";
import { configure } from "../../policy-pack/settings";
import { UNKNOWN_TEXT } from "./support/analyzer";
import { ACCOUNT, OTHER_ACCOUNT, access } from "./support/documents";

// The typings of @pulumi/policy 1.21.0 name it and leave out what it is.
const { unknownCheckingProxy } = createRequire(__filename)("@pulumi/policy") as {
  readonly unknownCheckingProxy: (value: object) => object;
};

const KEY = "aws:kms/key:Key";

/** What the policy made of a rule reports about a resource. */
function reported(rule: ResourceRule, args: Partial<ResourceValidationArgs>): unknown[] {
  const violations: unknown[] = [];
  const report = ((violation: unknown) => violations.push(violation)) as ReportViolation;
  const whole = {
    type: KEY,
    urn: `urn:pulumi:prod::orders::${KEY}::key`,
    name: "key",
    props: {},
    stackTags: new Map(),
    ...args,
  };
  const { validateResource } = policyOf(rule) as ResourceValidationPolicy;
  assert.equal(typeof validateResource, "function");
  void (validateResource as ResourceValidation)(whole as unknown as ResourceValidationArgs, report);
  return violations;
}

describe("a rule about grants, as a policy", () => {
  const broken = {
    get policy(): string {
      throw new TypeError("hush-1f3a");
    },
  };

  it("makes an error in the analysis a violation of one rule, without its text", () => {
    assert.deepEqual(reported(readablePolicies, { props: broken }), [
      { message: "could not be judged: TypeError in the analysis." },
    ]);
    assert.deepEqual(reported(noWildcardGrants, { props: broken }), []);
  });

  it("does not look at resources that can grant nothing", () => {
    assert.deepEqual(
      reported(readablePolicies, { type: "aws:sqs/deadLetter:DeadLetter", props: broken }),
      [],
    );
  });

  it("takes the account from the provider that is held to one", () => {
    const props = { policy: access({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, "kms:PutKeyPolicy") };
    const provider = (allowedAccountIds: unknown): ResourceValidationArgs["provider"] => ({
      type: "pulumi:providers:aws",
      urn: "urn:pulumi:prod::orders::pulumi:providers:aws::aws",
      name: "aws",
      props: { allowedAccountIds },
    });
    const counts = [
      [ACCOUNT],
      JSON.stringify([ACCOUNT]),
      [OTHER_ACCOUNT],
      JSON.stringify([OTHER_ACCOUNT]),
      [ACCOUNT, OTHER_ACCOUNT],
      [OTHER_ACCOUNT, ACCOUNT],
      undefined,
    ].map((ids) => {
      const given = provider(ids);
      return reported(noOpenTrust, { props, ...(given === undefined ? {} : { provider: given }) }).length;
    });
    // Held to two accounts or to none, it may be any, and a key is taken to name its own.
    assert.deepEqual(counts, [0, 0, 1, 1, 0, 0, 0]);
  });

  it("takes it from the role that the provider assumes, the last of several", () => {
    const props = { policy: access({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, "kms:PutKeyPolicy") };
    const role = (account: string): string => `arn:aws:iam::${account}:role/deploy`;
    const counts = [
      { assumeRole: { roleArn: role(ACCOUNT) } },
      { assumeRole: { roleArn: role(OTHER_ACCOUNT) } },
      { assumeRole: JSON.stringify({ roleArn: role(OTHER_ACCOUNT) }) },
      { assumeRoles: [{ roleArn: role(OTHER_ACCOUNT) }, { roleArn: role(ACCOUNT) }] },
      { assumeRoles: [{ roleArn: role(ACCOUNT) }, { roleArn: role(OTHER_ACCOUNT) }] },
      { allowedAccountIds: [ACCOUNT], assumeRole: { roleArn: role(OTHER_ACCOUNT) } },
      {},
    ].map((settings) => {
      const provider = {
        type: "pulumi:providers:aws",
        urn: "urn:pulumi:prod::orders::pulumi:providers:aws::aws",
        name: "aws",
        props: settings,
      };
      return reported(noOpenTrust, { props, provider }).length;
    });
    assert.deepEqual(counts, [0, 1, 1, 0, 1, 0, 0]);
  });

  it("fails what is not known yet on a strict stack, by tag or by setting, and tells it on others", () => {
    const message = "not verifiable: policy cannot be known before the update, which will judge it.";
    const told = { message, enforcementLevel: "advisory", severity: "low" };
    const unknown = (tags: Readonly<Record<string, string>>): unknown[] =>
      reported(readablePolicies, {
        props: { policy: UNKNOWN_TEXT },
        stackTags: new Map(Object.entries(tags)),
      });
    try {
      assert.deepEqual(unknown({}), [told]);
      assert.deepEqual(unknown({ "slipway:strict": "false" }), [told]);
      assert.deepEqual(unknown({ "slipway:strict": "true" }), [{ message }]);
      configure({ strict: true });
      assert.deepEqual(unknown({}), [{ message }]);
      configure({ strictStackTag: "team:strict" });
      assert.deepEqual(
        [unknown({ "slipway:strict": "true" }), unknown({ "team:strict": "true" })],
        [[told], [{ message }]],
      );
    } finally {
      configure({});
    }
  });
});

describe("plainProperties", () => {
  it("reads through Pulumi's proxies and keeps the marks of what is not known yet", () => {
    const properties = (unknown: string | undefined): object => ({
      policy: { Statement: [{ Action: ["a:b", unknown], Resource: unknown }] },
      tags: unknown,
      count: 3,
      none: null,
    });
    assert.deepEqual(
      plainProperties(unknownCheckingProxy(properties(UNKNOWN_TEXT))),
      properties(UNKNOWN_MARKS[0]),
    );
  });
});
