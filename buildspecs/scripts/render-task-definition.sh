set -euo pipefail
# Judged again here, where no code of the application ran. Roles, network, logs and name are the platform's; the image is
# the application's own one that was judged, and runs in the container that the build named.
artifact=$SLIPWAY_WORK/artifact
named=$(jq --arg repository "/slipway/$SLIPWAY_APPLICATION@sha256:" 'length == 1 and (.[0] | (.name | type == "string"
  and test("\\A[A-Za-z0-9_-]{1,255}\\z")) and (.imageUri | type == "string" and (split("@")[0] + "@sha256:" | endswith($repository))
  and test("\\A[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/[a-z0-9/_-]+@sha256:[0-9a-f]{64}\\z")))' \
  "$artifact/imagedefinitions.json")
if [ "$named" != true ]; then
  echo "slipway: the build names no image of $SLIPWAY_APPLICATION by digest. Nothing was deployed; release again from a new build." >&2
  exit 1
fi
jq -r '.[0].imageUri' "$artifact/imagedefinitions.json" >"$SLIPWAY_WORK/image"
jq -r '.[0].name' "$artifact/imagedefinitions.json" >"$SLIPWAY_WORK/container"
problems=$(jq -c --arg application "$SLIPWAY_APPLICATION" --arg secrets "$SLIPWAY_SERVICE/" --arg name "$(cat "$SLIPWAY_WORK/container")" \
  --arg image "$(cat "$SLIPWAY_WORK/image")" --slurpfile allowed "$SLIPWAY_WORK/allowed-images.json" \
  --arg today "$(date -u +%F)" -f "$SLIPWAY_WORK/judge-task-definition.jq" "$artifact/task-definition.json")
if [ "$problems" != "[]" ]; then
  jq -r '.[] | "slipway: the task definition \(.)"' <<<"$problems" >&2
  exit 1
fi
jq --arg family "$SLIPWAY_SERVICE" --arg image "$(cat "$SLIPWAY_WORK/image")" --arg container "$(cat "$SLIPWAY_WORK/container")" \
  --arg taskRole "$SLIPWAY_TASK_ROLE_ARN" --arg executionRole "$SLIPWAY_TASK_EXECUTION_ROLE_ARN" \
  --arg logGroup "$SLIPWAY_LOG_GROUP" --arg region "$SLIPWAY_ENVIRONMENT_REGION" --arg application "$SLIPWAY_APPLICATION" '
    .family = $family | .taskRoleArn = $taskRole | .executionRoleArn = $executionRole
    | .networkMode = "awsvpc" | .requiresCompatibilities = ["FARGATE"]
    | .tags = [{key: "Application", value: $application}]
    | (.containerDefinitions[] | select(.name == $container) | .image) = $image
    | .containerDefinitions[] |= (.logConfiguration = {logDriver: "awslogs", options:
        {"awslogs-group": $logGroup, "awslogs-region": $region, "awslogs-stream-prefix": .name}})
  ' "$artifact/task-definition.json" >"$SLIPWAY_WORK/task-definition.json"
