import assert from "node:assert/strict";
import { judgeAttachment } from "../../../../policy-pack/lib/judge/attachments";

function grade(
  name: string,
  use: "permissions" | "boundary" | "guardrail" = "permissions",
): string | undefined {
  return judgeAttachment(`arn:aws:iam::aws:policy/${name}`, "policyArn", use)[0]?.severity;
}

describe("AWS managed policies where they are attached", () => {
  it("are graded by what they contain", () => {
    const cases: readonly (readonly [string, string | undefined])[] = [
      ["AdministratorAccess", "error"],
      ["AWSMcpServiceActionsFullAccess", "error"],
      ["PowerUserAccess", "error"],
      ["IAMFullAccess", "error"],
      ["AmazonS3FullAccess", "error"],
      ["AmazonS3ReadOnlyAccess", "warning"],
      ["service-role/AWSLambdaBasicExecutionRole", "warning"],
      ["AWSDenyAll", undefined],
    ];
    for (const [name, expected] of cases) assert.equal(grade(name), expected, name);
  });

  it("say why, from the statement that is gravest", () => {
    const [finding] = judgeAttachment(
      "arn:aws:iam::aws:policy/AmazonS3FullAccess",
      "policyArn",
      "permissions",
    );
    assert.match(finding?.reason ?? "", /^"s3:\*" grants \d+ actions \(\d+ permissions management/);
  });

  it("are the same in every partition", () => {
    for (const partition of ["aws", "aws-cn", "aws-us-gov"]) {
      const [finding] = judgeAttachment(
        `arn:${partition}:iam::aws:policy/AdministratorAccess`,
        "policyArn",
        "permissions",
      );
      assert.equal(finding?.reason, "makes its holder an administrator of the account.");
    }
  });

  it("that allow everything limit nothing as a boundary or a guardrail; others do", () => {
    for (const use of ["boundary", "guardrail"] as const) {
      const [finding] = judgeAttachment("arn:aws:iam::aws:policy/AdministratorAccess", "policyArn", use);
      assert.equal(finding?.reason, `allows everything, so as a ${use} it limits nothing.`);
    }
    assert.equal(grade("PowerUserAccess", "boundary"), undefined);
    assert.equal(grade("ReadOnlyAccess", "guardrail"), undefined);
  });

  it("that are not known are a warning", () => {
    assert.equal(grade("OfTomorrow"), "warning");
  });

  it("that are not AWS's are judged where they are made", () => {
    assert.deepEqual(
      judgeAttachment("arn:aws:iam::123456789012:policy/AdministratorAccess", "policyArn", "permissions"),
      [],
    );
  });
});
