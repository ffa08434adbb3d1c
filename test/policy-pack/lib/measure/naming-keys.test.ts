import assert from "node:assert/strict";
import fc from "fast-check";
import { serviceByPrefix, servicePrefixes } from "../../../../policy-pack/lib/aws/action-table";
import { contextOf } from "../../../../policy-pack/lib/document/context";
import { judgeDocument } from "../../../../policy-pack/lib/judge/judge-document";
import { namesResource } from "../../../../policy-pack/lib/measure/naming-keys";
import { grant, messages, worst } from "../../support/documents";

describe("namesResource", () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ["rds:cluster-tag/stage", true],
    ["dms:endpoint-tag/team", true],
    ["aws:ResourceTag/Owner", true],
    ["ec2:ResourceTag/Role", true],
    ["ec2:Vpc", true],
    ["ec2:LaunchTemplate", true],
    ["eks:clusterName", true],
    ["elasticbeanstalk:InApplication", true],
    ["aoss:collection", true],
    ["kms:EncryptionContext:project", true],
    ["aws:PrincipalTag/Team", false],
    ["aws:SourceVpc", false],
    ["ec2:InstanceType", false],
    ["ec2:Owner", false],
    ["ec2:KmsKeyId", false],
    ["lambda:SubnetIds", false],
    ["lambda:Layer", false],
    ["rds:DatabaseEngine", false],
    ["aws:ResourceAccount", false],
  ];
  for (const [key, names] of cases) {
    it(`${key}: ${names ? "yes" : "no"}`, () => {
      assert.equal(namesResource(key), names);
    });
  }

  it("holds for every family of tags of every type, which no message says does not name the resource", () => {
    const carriers = servicePrefixes().flatMap((prefix) =>
      [...(serviceByPrefix(prefix)?.actions.values() ?? [])].flatMap((action) =>
        action.types.flatMap((type) =>
          type.keys
            .filter((key) => /tag\/\$\{TagKey\}$/i.test(key))
            .map((key) => ({ action: action.name, key: key.replace("${TagKey}", "Stage") })),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...carriers), ({ action, key }) => {
        const value = grant(action, "*", { StringEquals: { [key]: "test" } });
        const findings = judgeDocument(value, contextOf("identity")).findings;
        assert.deepEqual(
          findings.filter(({ rule }) => rule === "no-wildcard-grants").map(({ reason }) => reason),
          [],
        );
      }),
    );
  });
});

describe("conditions on keys that do not name the resource", () => {
  it("are told apart: what it is like, that a tag is there, and a key that is not carried", () => {
    const text = (action: string, condition: Readonly<Record<string, unknown>>): string =>
      messages(grant(action, "*", condition))[0] ?? "";
    assert.equal(
      text("rds:DeleteDBInstance", { StringEquals: { "rds:DatabaseEngine": "mysql" } }),
      'statement "Example", Statement[0].Resource: "*" reaches every resource for rds:DeleteDBInstance. The condition does not narrow it: StringEquals rds:DatabaseEngine: the key says what the resource is like and not which one is meant. Name the resources, as arn:aws:rds:<Region>:<Account>:db:<DbInstanceName>, or narrow by a condition such as aws:ResourceTag that the action carries. (docs/rules/no-wildcard-grants.md)',
    );
    assert.match(
      text("ec2:StopInstances", { Null: { "aws:ResourceTag/Team": "false" } }),
      /Null aws:ResourceTag\/Team: it says that the key must be there, whatever its value\./,
    );
    assert.match(
      text("dynamodb:GetItem", { StringEquals: { "rds:db-tag/stage": "test" } }),
      /StringEquals rds:db-tag\/stage: dynamodb:GetItem does not carry the key\./,
    );
    assert.equal(
      worst(grant("rds:ModifyDBCluster", "*", { StringEquals: { "rds:cluster-tag/stage": "test" } })),
      undefined,
    );
  });
});
