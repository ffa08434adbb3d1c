import assert from "node:assert/strict";
import type { Statement } from "../../iam/document";
import { documentAt, type File, files, readTemplate } from "./template";

describe("who may take the roles of bootstrap/", () => {
  it("lets one principal of the CI/CD account take its platform role, and the emergency role", () => {
    assert.deepEqual(trustOf("cicd-account.yaml", "PlatformRole"), [
      {
        Sid: "PlatformTeam",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: ["sts:AssumeRole"],
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-example1234" },
          ArnLike: {
            "aws:PrincipalArn":
              "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_SlipwayPlatform_????????????????",
          },
        },
      },
      {
        Sid: "Emergency",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: ["sts:AssumeRole"],
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-example1234" },
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway-break-glass" },
        },
      },
    ]);
  });

  for (const file of ["environment-account.yaml", "organization-account.yaml"] as const) {
    it(`lets the CI/CD account's platform role alone take the one of ${file}`, () => {
      assert.deepEqual(trustOf(file, "PlatformRole"), [
        {
          Sid: "PlatformRoleOfCicdAccount",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: ["sts:AssumeRole"],
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": "o-example1234" },
            ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway-platform" },
          },
        },
      ]);
    });
  }

  for (const file of ["cicd-account.yaml", "environment-account.yaml"] as const) {
    it(`asks for a second factor that is 15 minutes old at most before the glass breaks in ${file}`, () => {
      assert.deepEqual(trustOf(file, "BreakGlassRole"), [
        {
          Sid: "WithFreshSecondFactor",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: ["sts:AssumeRole"],
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": "o-example1234" },
            ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/break-glass" },
            Bool: { "aws:MultiFactorAuthPresent": "true" },
            NumericLessThan: { "aws:MultiFactorAuthAge": "900" },
          },
        },
      ]);
    });
  }

  it("ends every session after one hour", () => {
    const roles = files
      .flatMap((file) => Object.values(readTemplate(file).Resources))
      .filter(({ Type }) => Type === "AWS::IAM::Role");
    assert.deepEqual(
      roles.map(({ Properties }) => Properties["MaxSessionDuration"]),
      [3600, 3600, 3600, 3600, 3600],
    );
  });

  const principals: readonly (readonly [string, boolean])[] = [
    ["arn:aws:iam::111111111111:role/ci", true],
    [
      "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Platform_0123456789abcdef",
      true,
    ],
    [
      "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Platform_????????????????",
      true,
    ],
    ["arn:aws:iam::111111111111:role/c?", false],
    ["arn:aws:iam::111111111111:role/*", false],
    ["arn:aws:iam::111111111111:role/ci????????????????", false],
    ["arn:aws:iam::111111111111:root", false],
    ["*", false],
  ];
  for (const [arn, allowed] of principals) {
    it(`${allowed ? "takes" : "refuses"} ${arn} as the principal of the platform role`, () => {
      const { AllowedPattern } = readTemplate("cicd-account.yaml").Parameters["PlatformPrincipalArn"] ?? {};
      assert.equal(new RegExp(AllowedPattern ?? "(?!)").test(arn), allowed);
    });
  }
});

function trustOf(file: File, role: string): Statement[] {
  return documentAt(file, `${role}.AssumeRolePolicyDocument`).Statement;
}
