set -euo pipefail
# The Serverless Framework names the address of an HTTP API HttpApiUrl, that of a REST API ServiceEndpoint.
aws cloudformation describe-stacks --stack-name "$SLIPWAY_STACK_NAME" --output json >"$SLIPWAY_WORK/stack.json"
url=$(jq -r '[.Stacks[0].Outputs[]? | select(.OutputKey == "HttpApiUrl" or .OutputKey == "ServiceEndpoint") | .OutputValue][0] // ""' "$SLIPWAY_WORK/stack.json")
if [ -z "$url" ]; then
  echo "slipway: the stack $SLIPWAY_STACK_NAME has no output HttpApiUrl or ServiceEndpoint, so its API cannot be verified." >&2
  exit 1
fi
curl --fail --silent --show-error --proto '=https' --max-time 10 --retry 5 --retry-delay 5 --retry-all-errors \
  --output "$SLIPWAY_WORK/health" "${url%/}$SLIPWAY_HEALTH_PATH"
echo "slipway: ${url%/}$SLIPWAY_HEALTH_PATH answers."
