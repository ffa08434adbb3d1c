import assert from "node:assert/strict";
import { CALLER_KEYS, OWNER_KEYS, type Confinement } from "../../../../policy-pack/lib/measure/caller-keys";
import { ACCOUNT, ORGANIZATION } from "../../support/documents";

const ROLES = `arn:aws:iam::${ACCOUNT}:role`;

describe("how far a value of a caller's key confines", () => {
  const cases: readonly (readonly [string, string, Confinement])[] = [
    ["aws:PrincipalArn", `${ROLES}/app`, "principal"],
    ["aws:PrincipalArn", `${ROLES}/deploy/dev/*`, "principal"],
    ["aws:PrincipalArn", `${ROLES}/ap*`, "account"],
    ["aws:PrincipalArn", `${ROLES}/*`, "account"],
    ["aws:PrincipalArn", `arn:aws:iam::${ACCOUNT}:*`, "account"],
    ["aws:PrincipalArn", "arn:aws:iam::1234*:role/app", "none"],
    ["aws:PrincipalArn", "arn:aws:iam::*:role/app", "none"],
    ["aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:role/app", "none"],
    ["aws:PrincipalArn", "arn:aws:iam::${aws:ResourceAccount}:role/app", "principal"],
    ["aws:PrincipalArn", "app", "principal"],
    ["aws:PrincipalArn", "*", "none"],
    ["aws:SourceArn", "arn:aws:s3:::uploads", "principal"],
    ["aws:SourceArn", "arn:aws:s3:*:*:uploads", "principal"],
    ["aws:SourceArn", "arn:aws:s3:::uploads/*", "principal"],
    ["aws:SourceArn", "arn:aws:s3:::upl*", "none"],
    ["aws:SourceArn", "arn:aws:s3:*:*:accesspoint/uploads", "none"],
    ["aws:SourceArn", "arn:aws:route53:::hostedzone/Z0123456789", "principal"],
    ["aws:SourceArn", "arn:aws:sns:*:*:uploads", "none"],
    ["aws:SourceArn", `arn:aws:sns:*:${ACCOUNT}:*`, "account"],
    ["s3:DataAccessPointArn", `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/*`, "account"],
    ["kms:EncryptionContext:aws:logs:arn", `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/*`, "principal"],
    ["aws:PrincipalAccount", ACCOUNT, "account"],
    ["aws:PrincipalAccount", "1234*", "none"],
    ["aws:PrincipalAccount", "12345678901?", "none"],
    ["aws:PrincipalAccount", "", "none"],
    ["aws:PrincipalAccount", "${aws:PrincipalAccount}", "none"],
    ["aws:PrincipalAccount", "${aws:ResourceAccount}", "account"],
    ["aws:SourceAccount", "*", "none"],
    ["kms:CallerAccount", "12345678901*", "none"],
    ["s3:DataAccessPointAccount", ACCOUNT, "account"],
    ["aws:PrincipalOrgID", ORGANIZATION, "organization"],
    ["aws:PrincipalOrgID", "o-*", "none"],
    ["aws:PrincipalOrgID", "${aws:ResourceOrgID}", "organization"],
    ["aws:SourceOrgID", "o-exampleorg?", "none"],
    ["aws:PrincipalOrgPaths", `${ORGANIZATION}/*`, "organization"],
    ["aws:PrincipalOrgPaths", `${ORGANIZATION}/r-ab12/ou-ab12-11111111/*`, "organization"],
    ["aws:PrincipalOrgPaths", `${ORGANIZATION}*`, "none"],
    ["aws:SourceOrgPaths", "o-*/r-ab12/*", "none"],
    ["aws:userid", "AROADBQP57FF2AEXAMPLE:*", "principal"],
    ["aws:userid", "AROADBQP57FF2AEXAMPLE:i-0a1b2c3d", "principal"],
    ["aws:userid", "AIDADBQP57FF2AEXAMPLE", "principal"],
    ["aws:userid", `${ACCOUNT}:*`, "account"],
    ["aws:userid", "AROA*", "none"],
    ["aws:userid", "AIDADBQP57FF2AEXAMPL?", "none"],
    ["aws:userid", "*:session", "none"],
    ["aws:FederatedProvider", `arn:aws:iam::${ACCOUNT}:oidc-provider/example.com`, "principal"],
    ["aws:FederatedProvider", `arn:aws:iam::${ACCOUNT}:oidc-provider/*`, "account"],
    ["aws:FederatedProvider", "accounts.google.com", "none"],
    ["lambda:EventSourceToken", "c2b1-77aa", "principal"],
    ["lambda:EventSourceToken", "c2b1*", "none"],
    ["aws:SourceVpc", "vpc-0a1b2c3d", "network"],
    ["aws:SourceVpc", "vpc-*", "none"],
    ["aws:SourceVpce", "vpce-0a1b*", "none"],
    ["aws:SourceVpcArn", `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/*`, "network"],
    ["aws:SourceVpcArn", "arn:aws:ec2:eu-west-1:*:vpc/vpc-0a1b2c3d", "none"],
    ["aws:SourceIp", "192.0.2.0/24", "network"],
    ["aws:SourceIp", "192.0.2.7", "network"],
    ["aws:SourceIp", "2001:db8::/32", "network"],
    ["aws:SourceIp", "0.0.0.0/1", "none"],
    ["aws:SourceIp", "::/0", "none"],
    ["aws:SourceIp", "192.0.*", "none"],
    ["aws:SourceIp", "192.0.2.0/24*", "none"],
    ["elasticfilesystem:AccessedViaMountTarget", "true", "network"],
    ["elasticfilesystem:AccessedViaMountTarget", "false", "none"],
    ["aws:ResourceOrgID", ORGANIZATION, "organization"],
    ["aws:ResourceOrgID", "o-*", "none"],
    ["aws:ResourceOrgPaths", `${ORGANIZATION}/*`, "organization"],
    ["aws:ResourceAccount", ACCOUNT, "account"],
    ["s3:ResourceAccount", "1234*", "none"],
  ];
  for (const [key, value, expected] of cases) {
    it(`${key} ${JSON.stringify(value)}: ${expected}`, () => {
      const [found, ...others] = [...CALLER_KEYS, ...OWNER_KEYS].filter(({ pattern }) => pattern.test(key));
      assert.deepEqual(others, []);
      assert.equal(found?.level(value), expected);
    });
  }
});
