set -euo pipefail
cd "$CODEBUILD_SRC_DIR/$SLIPWAY_DIRECTORY"
first=
for environment in $SLIPWAY_ENVIRONMENTS; do
  folder=$SLIPWAY_WORK/package/$environment
  mkdir -p "$folder"
  SLS_NOTIFICATIONS_MODE=off SLS_TELEMETRY_DISABLED=1 ./node_modules/.bin/osls package --stage "$environment" --package "$folder"
  archives=("$folder"/*.zip)
  if [ ${#archives[@]} -ne 1 ] || [ ! -f "${archives[0]}" ]; then
    echo "slipway: the package for $environment must hold one archive of code, it holds: ${archives[*]##*/}" >&2
    echo "slipway: leave package.individually off; layers and custom resources are not supported." >&2
    exit 1
  fi
  sha256sum "${archives[0]}" | cut -c 1-64 >"$folder/code.sha256"
  mv "${archives[0]}" "$folder/code.zip"
  first=${first:-$environment}
  if ! cmp -s "$SLIPWAY_WORK/package/$first/code.sha256" "$folder/code.sha256"; then
    echo "slipway: the code for $environment differs from that for $first. What is tested must be what is released:" >&2
    echo "slipway: put what differs into environment variables." >&2
    exit 1
  fi
  problems=$(jq -c --arg application "$SLIPWAY_APPLICATION" --arg archive "${archives[0]##*/}" '
    [.Resources | to_entries[] | select(.key | startswith("ServerlessDeploymentBucket") | not) | .key as $name | .value
    | (select(.Type == "AWS::Lambda::Function" and (.Properties.Code.S3Key // "" | split("/") | last) != $archive)
        | "\($name) takes its code from elsewhere than \($archive)"),
      (select(.Type == "AWS::Lambda::LayerVersion") | "\($name) is a layer, which is not supported"),
      (select(.Type == "AWS::IAM::Role") | .Properties
        | (select(.PermissionsBoundary == null) | "\($name) has no permissions boundary, so the environment refuses it"),
          (select([.Tags[]? | select(.Key == "Application" and .Value == $application)] | length != 1)
            | "\($name) lacks the tag Application=\($application), so the environment refuses it"))]
  ' "$folder/cloudformation-template-update-stack.json")
  if [ "$problems" != "[]" ]; then
    jq -r --arg environment "$environment" '.[] | "slipway: in the package for \($environment): \(.)"' <<<"$problems" >&2
    exit 1
  fi
done
