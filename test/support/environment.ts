/** What the publish job of each kind leaves for `dev`. */
const releasedFiles = {
  serverless: "package/dev/package.json",
  ecs: "image.json imagedefinitions.json task-definition.json",
  kubernetes: "image.json manifests/dev.json",
} as const;

/** What the platform gives to every deploy job, for application `shop` in `dev`. */
export function doorVariables(kind: "serverless" | "ecs" | "kubernetes"): Readonly<Record<string, string>> {
  return {
    SLIPWAY_APPLICATION: "shop",
    SLIPWAY_ENVIRONMENT: "dev",
    SLIPWAY_ENVIRONMENT_ACCOUNT: "222222222222",
    SLIPWAY_ENVIRONMENT_REGION: "eu-west-1",
    SLIPWAY_DOOR_ROLE_ARN: "arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole",
    SLIPWAY_DEPLOYMENT_KIND: kind,
    SLIPWAY_FILES: releasedFiles[kind],
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

/** What a publish job writes down of the image that it pushed. */
export const released = {
  application: "shop",
  repository: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/slipway/shop",
  digest: `sha256:${"a".repeat(64)}`,
  commit: "0123abcd",
} as const;

/** A registry that has the released image and lets it be marked as deployed. */
export const markedImage = {
  "ecr batch-get-image": `echo '{"images": [{"imageManifest": "{}", "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json"}]}'`,
  "ecr put-image": "echo '{}'",
} as const;
