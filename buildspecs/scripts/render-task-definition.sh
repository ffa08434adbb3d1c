set -euo pipefail
# Roles, network, logs and name are the platform's, whatever the template says; the image is the one that was judged.
jq -r '.[0].imageUri | select(test("@sha256:[0-9a-f]{64}$"))' "$CODEBUILD_SRC_DIR/imagedefinitions.json" >"$SLIPWAY_WORK/image"
jq -r '.[0].name' "$CODEBUILD_SRC_DIR/imagedefinitions.json" >"$SLIPWAY_WORK/container"
jq --arg family "$SLIPWAY_SERVICE" --arg image "$(cat "$SLIPWAY_WORK/image")" --arg container "$(cat "$SLIPWAY_WORK/container")" \
  --arg taskRole "$SLIPWAY_TASK_ROLE_ARN" --arg executionRole "$SLIPWAY_TASK_EXECUTION_ROLE_ARN" \
  --arg logGroup "$SLIPWAY_LOG_GROUP" --arg region "$SLIPWAY_ENVIRONMENT_REGION" --arg application "$SLIPWAY_APPLICATION" '
    .family = $family | .taskRoleArn = $taskRole | .executionRoleArn = $executionRole
    | .networkMode = "awsvpc" | .requiresCompatibilities = ["FARGATE"]
    | .tags = [{key: "Application", value: $application}]
    | (.containerDefinitions[] | select(.name == $container) | .image) = $image
    | .containerDefinitions[] |= (.logConfiguration = {logDriver: "awslogs", options:
        {"awslogs-group": $logGroup, "awslogs-region": $region, "awslogs-stream-prefix": .name}})
  ' "$CODEBUILD_SRC_DIR/task-definition.json" >"$SLIPWAY_WORK/task-definition.json"
judged=$(jq --arg image "$(cat "$SLIPWAY_WORK/image")" 'all(.containerDefinitions[]; .image | test("@sha256:[0-9a-f]{64}$"))
  and any(.containerDefinitions[]; .image == $image)' "$SLIPWAY_WORK/task-definition.json")
if [ "$judged" != true ]; then
  echo "slipway: the task definition does not run the image that was judged, by digest. Nothing was deployed." >&2
  exit 1
fi
