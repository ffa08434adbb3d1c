set -euo pipefail
task=$(aws ecs register-task-definition --cli-input-json "file://$SLIPWAY_WORK/task-definition.json" \
  --query taskDefinition.taskDefinitionArn --output text)
settings=(--cluster "$SLIPWAY_CLUSTER" --task-definition "$task" --desired-count "$SLIPWAY_DESIRED_COUNT"
  --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true},minimumHealthyPercent=100,maximumPercent=200'
  --network-configuration "awsvpcConfiguration={subnets=[$SLIPWAY_SUBNETS],securityGroups=[$SLIPWAY_SECURITY_GROUPS],assignPublicIp=DISABLED}"
  --propagate-tags SERVICE)
describe=(aws ecs describe-services --cluster "$SLIPWAY_CLUSTER" --services "$SLIPWAY_SERVICE" --output json)
"${describe[@]}" >"$SLIPWAY_WORK/service.json"
status=$(jq -r '.services[0].status // .failures[0].reason' "$SLIPWAY_WORK/service.json")
if [ "$status" = ACTIVE ]; then
  aws ecs update-service --service "$SLIPWAY_SERVICE" "${settings[@]}" >"$SLIPWAY_WORK/deployed.json"
elif [ "$status" = INACTIVE ] || [ "$status" = MISSING ]; then
  aws ecs create-service --service-name "$SLIPWAY_SERVICE" --launch-type FARGATE "${settings[@]}" \
    --tags "key=Application,value=$SLIPWAY_APPLICATION" >"$SLIPWAY_WORK/deployed.json"
else
  echo "slipway: service $SLIPWAY_SERVICE is $status and can neither be made nor changed now." >&2
  exit 1
fi
stable=no
# One wait lasts ten minutes.
for _ in 1 2 3; do
  if aws ecs wait services-stable --cluster "$SLIPWAY_CLUSTER" --services "$SLIPWAY_SERVICE"; then
    stable=yes
    break
  fi
done
"${describe[@]}" >"$SLIPWAY_WORK/service.json"
# The circuit breaker makes a service stable again by going back: stable with the new task definition is what counts.
running=$(jq --arg task "$task" '.services[0].deployments
  | length == 1 and .[0].taskDefinition == $task and .[0].rolloutState == "COMPLETED"' "$SLIPWAY_WORK/service.json")
if [ "$stable" = no ] || [ "$running" != true ]; then
  echo "slipway: $SLIPWAY_SERVICE does not run $task. The last events:" >&2
  jq -r '.services[0].events[:10][]? | "  \(.createdAt) \(.message)"' "$SLIPWAY_WORK/service.json" >&2
  exit 1
fi
echo "slipway: $SLIPWAY_SERVICE runs $task with $(cat "$SLIPWAY_WORK/image")."
