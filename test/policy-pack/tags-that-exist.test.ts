import assert from "node:assert/strict";
import { contextOf } from "../../policy-pack/lib/document/context";
import { judgeDocument } from "../../policy-pack/lib/judge/judge-document";
import { grant, worst } from "./support/documents";

const INSTANCES = "arn:aws:ec2:eu-west-1:123456789012:instance/*";

/** Why the condition of a grant on all instances does not narrow it, as the message says. */
function explained(condition: Readonly<Record<string, unknown>>): readonly string[] {
  return judgeDocument(
    grant("ec2:TerminateInstances", INSTANCES, condition),
    contextOf("identity"),
  ).findings.flatMap(({ reason }) => reason.split("The condition does not narrow it: ").slice(1));
}

describe("a condition that asks only for a tag", () => {
  it("is explained: any value of the tag meets it", () => {
    assert.deepEqual(explained({ Null: { "aws:ResourceTag/cluster": "false" } }), [
      "Null aws:ResourceTag/cluster: it says that the key must be there, whatever its value.",
    ]);
    assert.deepEqual(explained({ Null: { "ec2:ResourceTag/cluster": false } }), [
      "Null ec2:ResourceTag/cluster: it says that the key must be there, whatever its value.",
    ]);
  });

  it("does no harm beside one that asks for the value", () => {
    const named = {
      StringEquals: { "aws:ResourceTag/cluster": "orders" },
      Null: { "aws:ResourceTag/cluster": "false" },
    };
    assert.deepEqual(explained(named), []);
    assert.equal(worst(grant("ec2:TerminateInstances", INSTANCES, named)), undefined);
  });
});
