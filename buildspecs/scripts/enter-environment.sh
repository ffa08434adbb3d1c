set -euo pipefail
# The only way into an environment's account. A session through a chain of roles lasts one hour at most, so the AWS CLI
# is given a command that fetches credentials whenever it needs them, always with the same tags and source identity.
# https://docs.aws.amazon.com/cli/v1/userguide/cli-configure-sourcing-external.html
mkdir -p "$SLIPWAY_WORK/door"
cat >"$SLIPWAY_WORK/door/environment" <<'DOOR'
#!/usr/bin/env bash
set -euo pipefail
unset AWS_PROFILE AWS_CONFIG_FILE
aws sts assume-role --role-arn "$SLIPWAY_DOOR_ROLE_ARN" \
  --role-session-name "${SLIPWAY_APPLICATION:0:31}-${SLIPWAY_ENVIRONMENT:0:31}" \
  --source-identity "$SLIPWAY_EXECUTION_ID" \
  --tags "Key=Application,Value=$SLIPWAY_APPLICATION" "Key=DeploymentKind,Value=$SLIPWAY_DEPLOYMENT_KIND" \
  --duration-seconds 3600 --output json |
  jq '{Version: 1} + (.Credentials | {AccessKeyId, SecretAccessKey, SessionToken, Expiration})'
DOOR
chmod 0700 "$SLIPWAY_WORK/door/environment"
cat >"$SLIPWAY_WORK/door/config" <<CONFIG
[profile slipway-environment]
credential_process = $SLIPWAY_WORK/door/environment
CONFIG
export AWS_CONFIG_FILE=$SLIPWAY_WORK/door/config
export AWS_REGION=$SLIPWAY_ENVIRONMENT_REGION AWS_DEFAULT_REGION=$SLIPWAY_ENVIRONMENT_REGION
export AWS_PROFILE=slipway-environment
account=$(aws sts get-caller-identity --query Account --output text)
if [ "$account" != "$SLIPWAY_ENVIRONMENT_ACCOUNT" ]; then
  echo "slipway: behind the door is account $account, not $SLIPWAY_ENVIRONMENT_ACCOUNT of $SLIPWAY_ENVIRONMENT." >&2
  exit 1
fi
