import assert from "node:assert/strict";
import fc from "fast-check";
import { actionsMatching } from "../../../../policy-pack/lib/aws/action-table";
import { areMadeUnderNewId } from "../../../../policy-pack/lib/measure/made-resources";
import { ACCOUNT, grant, messages, worst } from "../../support/documents";

describe("areMadeUnderNewId", () => {
  const cases: readonly (readonly [string, string, "note" | "error"])[] = [
    ["ec2:CreateVpc", "*", "note"],
    ["ec2:AllocateAddress", "*", "note"],
    ["ec2:CreateSecurityGroup", "*", "note"],
    ["comprehend:StartTopicsDetectionJob", "*", "note"],
    ["ec2:RunInstances", `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`, "note"],
    ["ec2:RunInstances", "*", "error"],
    ["ec2:StartInstances", `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`, "error"],
    ["ec2:CreateVolume", "arn:aws:ec2:eu-west-1::snapshot/*", "error"],
    ["ec2:CreateVpcEndpoint", `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/*`, "error"],
    ["ec2:CreateNetworkInterfacePermission", `arn:aws:ec2:eu-west-1:${ACCOUNT}:network-interface/*`, "error"],
    ["secretsmanager:CreateSecret", "*", "error"],
    ["elasticloadbalancing:CreateTargetGroup", "*", "error"],
    ["acm:ImportCertificate", "*", "error"],
  ];
  for (const [action, resource, expected] of cases) {
    it(`${action} on ${resource}: ${expected}`, () => {
      assert.equal(worst(grant(action, resource)), expected);
    });
  }

  it("says why it cannot be named", () => {
    assert.deepEqual(messages(grant("ec2:CreateInternetGateway", "*")), [
      'statement "Example", Statement[0].Resource: "*" reaches every resource for ec2:CreateInternetGateway. AWS gives what is made its id, so it cannot be named; demand a tag of it by aws:RequestTag where the action carries it. (docs/rules/no-wildcard-grants.md)',
    ]);
  });

  it("is the same on * as on the one type that an action has", () => {
    const single = actionsMatching("*").filter(
      (action) => action.types.length === 1 && areMadeUnderNewId(action, action.types),
    );
    fc.assert(
      fc.property(fc.constantFrom(...single), ({ name, types }) => {
        const pattern = (types[0]?.arn ?? "")
          .replace("${Partition}", "aws")
          .replace("${Region}", "eu-west-1")
          .replace("${Account}", ACCOUNT)
          .replaceAll(/\$\{\w+\}/g, "*");
        assert.equal(worst(grant(name, "*")), worst(grant(name, pattern)));
      }),
    );
  });
});
