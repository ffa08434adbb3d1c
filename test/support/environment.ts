/** What the platform gives to every deploy job, for application `shop` in `dev`. */
export function doorVariables(kind: "serverless" | "ecs" | "kubernetes"): Readonly<Record<string, string>> {
  return {
    SLIPWAY_APPLICATION: "shop",
    SLIPWAY_ENVIRONMENT: "dev",
    SLIPWAY_ENVIRONMENT_ACCOUNT: "222222222222",
    SLIPWAY_ENVIRONMENT_REGION: "eu-west-1",
    SLIPWAY_DOOR_ROLE_ARN: "arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole",
    SLIPWAY_DEPLOYMENT_KIND: kind,
    SLIPWAY_EXECUTION_ID: "7d0c1f6e-5b1a-4c3d-9e8f-0123456789ab",
    SLIPWAY_PIPELINE: "shop-main",
    SLIPWAY_APPROVAL_STAGE: "none",
  };
}

/** The fake AWS CLI's answer to `sts assume-role`: credentials whose key is the role's name. */
export const assumeRole = `for argument in "$@"; do case "$argument" in arn:*) key=\${argument##*/} ;; esac; done
echo "{\\"Credentials\\": {\\"AccessKeyId\\": \\"$key\\", \\"SecretAccessKey\\": \\"s\\", \\"SessionToken\\": \\"t\\", \\"Expiration\\": \\"2026-11-21T00:00:00Z\\"}}"`;

/** What opens the door in a fake AWS CLI. */
export const openDoor = {
  "sts assume-role": assumeRole,
  "sts get-caller-identity": "echo 222222222222",
} as const;
