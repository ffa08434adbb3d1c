set -euo pipefail
aws cloudformation describe-stacks --stack-name "$SLIPWAY_STACK_NAME" --output json >"$SLIPWAY_WORK/stack.json"
url=$(jq -r '.Stacks[0].Outputs[] | select(.OutputKey == "HttpApiUrl") | .OutputValue' "$SLIPWAY_WORK/stack.json")
curl --fail --silent --show-error --proto '=https' --max-time 10 --retry 5 --retry-delay 5 --retry-all-errors \
  --output "$SLIPWAY_WORK/health" "${url%/}$SLIPWAY_HEALTH_PATH"
echo "slipway: ${url%/}$SLIPWAY_HEALTH_PATH answers."
