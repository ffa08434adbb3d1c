set -euo pipefail
# From the environment on into the application's namespace. The source identity of the first session stays with every
# further one, so it is not sent again; the tags do not, and this role needs none.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
cat >"$SLIPWAY_WORK/door/namespace" <<'DOOR'
#!/usr/bin/env bash
set -euo pipefail
AWS_PROFILE=slipway-environment aws sts assume-role --role-arn "$SLIPWAY_NAMESPACE_ROLE_ARN" \
  --role-session-name "${SLIPWAY_APPLICATION:0:31}-${SLIPWAY_ENVIRONMENT:0:31}" --duration-seconds 3600 --output json |
  jq '{Version: 1} + (.Credentials | {AccessKeyId, SecretAccessKey, SessionToken, Expiration})'
DOOR
chmod 0700 "$SLIPWAY_WORK/door/namespace"
cat >>"$SLIPWAY_WORK/door/config" <<CONFIG
[profile slipway-namespace]
credential_process = $SLIPWAY_WORK/door/namespace
CONFIG
