set -euo pipefail
cd "${CODEBUILD_SRC_DIR_Source:-$CODEBUILD_SRC_DIR}"
# Before the push there is no digest yet; write-digest.sh puts it in the place of the zeros.
digest=sha256:$(printf '0%.0s' {1..64})
problems=$(jq -c --arg application "$SLIPWAY_APPLICATION" --arg secrets "$SLIPWAY_APPLICATION-" --arg name "$SLIPWAY_CONTAINER_NAME" \
  --arg image "$SLIPWAY_REPOSITORY_URI@$digest" --slurpfile allowed "$SLIPWAY_WORK/allowed-images.json" \
  --arg today "$(date -u +%F)" -f "$SLIPWAY_WORK/judge-task-definition.jq" "./$SLIPWAY_TASK_DEFINITION")
if [ "$problems" != "[]" ]; then
  jq -r --arg file "$SLIPWAY_TASK_DEFINITION" '.[] | "slipway: \($file) \(.)"' <<<"$problems" >&2
  exit 1
fi
release=$SLIPWAY_WORK/release
rm -rf "$release"
mkdir -p "$release"
cp "./$SLIPWAY_TASK_DEFINITION" "$release/task-definition.json"
jq -r --arg name "$SLIPWAY_CONTAINER_NAME" '[.containerDefinitions[] | select(.name != $name) | .image] | unique[]' \
  "$release/task-definition.json" >"$SLIPWAY_WORK/sidecars"
jq -n --arg name "$SLIPWAY_CONTAINER_NAME" --arg image "$SLIPWAY_REPOSITORY_URI@$digest" \
  '[{name: $name, imageUri: $image}]' >"$release/imagedefinitions.json"
