set -euo pipefail
if [ "$SLIPWAY_DEPLOYMENT_KIND" = ecs ]; then
  cd "$CODEBUILD_SRC_DIR"
  digest=sha256:$(printf '0%.0s' {1..64})
  if [ -s "$SLIPWAY_WORK/digest" ]; then digest=$(cat "$SLIPWAY_WORK/digest"); fi
  problems=$(jq -c --arg name "$SLIPWAY_CONTAINER_NAME" '
    [.containerDefinitions[]] as $all
    | [$all[] | select(.name == $name)] as $own
    | [if ($own | length) != 1 then "has \($own | length) containers called \($name); there must be exactly one"
      elif $own[0].healthCheck == null then "container \($name) has no healthCheck, so ECS could not tell a broken release"
      else empty end,
      ($all[] | select(.name != $name and (.image | test("@sha256:[0-9a-f]{64}$") | not))
        | "container \(.name): image \(.image) is not named by digest"),
      ($all[] | select(.privileged == true) | "container \(.name) is privileged")]
  ' "$SLIPWAY_TASK_DEFINITION")
  if [ "$problems" != "[]" ]; then
    jq -r --arg file "$SLIPWAY_TASK_DEFINITION" '.[] | "slipway: \($file) \(.)"' <<<"$problems" >&2
    exit 1
  fi
  rm -rf .slipway
  mkdir .slipway
  cp "$SLIPWAY_TASK_DEFINITION" .slipway/task-definition.json
  jq -n --arg name "$SLIPWAY_CONTAINER_NAME" --arg image "$SLIPWAY_REPOSITORY_URI@$digest" \
    '[{name: $name, imageUri: $image}]' >.slipway/imagedefinitions.json
  jq -n --arg application "$SLIPWAY_APPLICATION" --arg repository "$SLIPWAY_REPOSITORY_URI" --arg digest "$digest" \
    --arg commit "$SLIPWAY_COMMIT_ID" '$ARGS.named' >.slipway/image.json
fi
