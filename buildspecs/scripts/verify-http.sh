set -euo pipefail
# The Serverless Framework names the address of an HTTP API HttpApiUrl, that of a REST API ServiceEndpoint. An output says
# whatever the application's template makes it say, so only the address of an API of this very stack is asked.
aws cloudformation describe-stacks --stack-name "$SLIPWAY_STACK_NAME" --output json >"$SLIPWAY_WORK/stack.json"
aws cloudformation list-stack-resources --stack-name "$SLIPWAY_STACK_NAME" --output json >"$SLIPWAY_WORK/resources.json"
suffix=amazonaws.com
case "$SLIPWAY_ENVIRONMENT_REGION" in cn-*) suffix=amazonaws.com.cn ;; esac
jq -r --slurpfile resources "$SLIPWAY_WORK/resources.json" --arg domain "execute-api.$SLIPWAY_ENVIRONMENT_REGION.$suffix" '
  [.Stacks[0].Outputs[]? | select(.OutputKey == "HttpApiUrl" or .OutputKey == "ServiceEndpoint") | .OutputValue] as $told
  | [$resources[0].StackResourceSummaries[]?
      | select(.ResourceType == "AWS::ApiGatewayV2::Api" or .ResourceType == "AWS::ApiGateway::RestApi")
      | .PhysicalResourceId | select(test("\\A[a-z0-9]{1,32}\\z")) | "https://\(.).\($domain)"] as $own
  | ($told[0] // "" | rtrimstr("/")) as $address
  # What stands behind the host is the stage: one plain segment, or none.
  | [$own[] as $host | select($address == $host or ($address | startswith("\($host)/")
      and (ltrimstr("\($host)/") | test("\\A[A-Za-z0-9_-]+\\z")))) | $address][0] // "",
    ($told[0] // "none" | @json), ($own | if . == [] then "none" else join(", ") end)
' "$SLIPWAY_WORK/stack.json" >"$SLIPWAY_WORK/address"
{ read -r address && read -r told && read -r own; } <"$SLIPWAY_WORK/address"
if [ -z "$address" ]; then
  echo "slipway: the stack's output HttpApiUrl or ServiceEndpoint is $told, which is no address of an API of $SLIPWAY_STACK_NAME." >&2
  echo "slipway: its APIs are: $own. Give the output the API's own address, as the framework does, with at most a stage behind it." >&2
  exit 1
fi
# No configuration, no credentials in the environment, no redirect, no proxy: 200 from this address or nothing.
status=$(env -i PATH="$PATH" curl -q --silent --show-error --proto =https --noproxy '*' --globoff --max-time 10 \
  --max-filesize 1048576 --retry 5 --retry-delay 5 --retry-all-errors --fail --output /dev/null \
  --write-out '%{http_code}' --url "$address$SLIPWAY_HEALTH_PATH") || true
if [ "${status: -3}" != 200 ]; then
  echo "slipway: $address$SLIPWAY_HEALTH_PATH answers ${status:-nothing}, not 200 (redirects are not followed)." >&2
  exit 1
fi
echo "slipway: $address$SLIPWAY_HEALTH_PATH answers."
