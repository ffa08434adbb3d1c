import assert from "node:assert/strict";
import { parse } from "../../../../policy-pack/check/files";
import { ANY_ACCOUNT, Intrinsics } from "../../../../policy-pack/lib/check/intrinsics";
import { Lines } from "../../../../policy-pack/lib/check/source";
import { UNKNOWN_MARKS } from "../../../../policy-pack/lib/document/unknown";

const UNKNOWN = UNKNOWN_MARKS[0];

/** What a piece of a template in YAML stands for. */
function resolved(yaml: string, account?: string): unknown {
  const source = parse(yaml, "template.yaml");
  assert.ok("value" in source, yaml);
  return new Intrinsics(source.lines, account).resolve(source.value);
}

describe("intrinsic functions", () => {
  const cases: readonly [string, string, unknown][] = [
    ["a resource's ARN is unknown", "Resource: !GetAtt Bucket.Arn", { Resource: UNKNOWN }],
    ["so is what begins with one", 'Resource: !Sub "${Bucket.Arn}/*"', { Resource: UNKNOWN }],
    [
      "a name within a pattern is a variable",
      'Resource: !Sub "arn:${AWS::Partition}:s3:::${Bucket}/*"',
      { Resource: "arn:aws:s3:::${Bucket}/*" },
    ],
    [
      "and so are an account and a region",
      'Resource: !Join [":", ["arn:aws:sns", !Ref AWS::Region, !Ref AWS::AccountId, !ImportValue Topic]]',
      { Resource: `arn:aws:sns:\${AWS::Region}:${ANY_ACCOUNT}:\${unknown}` },
    ],
    [
      "a policy variable stays one",
      'Resource: !Sub "arn:aws:s3:::${Bucket}/${!aws:username}/*"',
      { Resource: "arn:aws:s3:::${Bucket}/${aws:username}/*" },
    ],
    [
      "values of Sub go first",
      'Resource: !Sub ["arn:aws:s3:::${Name}/*", { Name: reports }]',
      { Resource: "arn:aws:s3:::reports/*" },
    ],
    [
      "a principal with a variable is unknown",
      'Principal: { AWS: !Sub "arn:aws:iam::${Account}:root" }',
      { Principal: { AWS: UNKNOWN } },
    ],
    [
      "a service of the region is one of its kind",
      'Principal: { Service: !Sub "logs.${AWS::Region}.${AWS::URLSuffix}" }',
      { Principal: { Service: "logs.us-east-1.amazonaws.com" } },
    ],
    [
      "a policy variable stays one in a condition too",
      'Condition: { StringEquals: { "aws:x": !Sub "${!aws:PrincipalTag/team}" } }',
      { Condition: { StringEquals: { "aws:x": "${aws:PrincipalTag/team}" } } },
    ],
    [
      "both branches of If are judged",
      'Action: !If [Full, "s3:*", [s3:GetObject, s3:PutObject]]',
      { Action: ["s3:*", "s3:GetObject", "s3:PutObject"] },
    ],
    [
      "also in a list, where nothing adds nothing",
      "Statement: [!If [Full, { Effect: Allow }, !Ref AWS::NoValue], { Effect: Deny }]",
      { Statement: [{ Effect: "Allow" }, { Effect: "Deny" }] },
    ],
    ["a property without value is not there", "Condition: !Ref AWS::NoValue", {}],
    ["a choice between documents is unknown", "Policy: !If [Full, { A: 1 }, { A: 2 }]", { Policy: UNKNOWN }],
    [
      "a document as text is a document",
      "Policy: { Fn::ToJsonString: { Statement: [{ Effect: Allow }] } }",
      { Policy: { Statement: [{ Effect: "Allow" }] } },
    ],
    ["what has one key beside others is no function", "A: { Ref: x, B: 1 }", { A: { Ref: "x", B: 1 } }],
  ];
  for (const [title, yaml, expected] of cases)
    it(title, () => {
      assert.deepEqual(resolved(yaml), expected);
    });

  it("know the account that was told", () => {
    assert.deepEqual(resolved("A: !Ref AWS::AccountId", "123456789012"), { A: "123456789012" });
  });

  it("keep the line of what moves", () => {
    const source = parse("A:\n  - !If\n    - C\n    - first\n    - second\n  - third\n", "t.yaml");
    assert.ok("value" in source);
    const value = new Intrinsics(source.lines, undefined).resolve(source.value);
    assert.deepEqual(value, { A: ["first", "second", "third"] });
    assert.equal(source.lines.at(value, ["A", "2"]), 6);
    assert.equal(new Lines().at(value, ["A", "2"]), 1);
  });
});
