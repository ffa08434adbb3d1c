set -euo pipefail
# Only what a push started has passed the track's filter. CodePipeline also runs a pipeline when it is made, and people start
# it by hand; both take the branch that the source action names, whatever the filter says. Judged here, in the first job
# that runs nothing of the application and so can be believed.
run=$SLIPWAY_WORK/run.json
mkdir -p "$SLIPWAY_WORK"
aws codepipeline get-pipeline-execution --pipeline-name "$SLIPWAY_PIPELINE" \
  --pipeline-execution-id "$SLIPWAY_EXECUTION_ID" --output json >"$run"
start=$(jq -r '.pipelineExecution.trigger.triggerType // "something unknown"' "$run")
if [ "$start" != WebhookV2 ] &&
  [ "$(jq -n --arg branch "$SLIPWAY_BRANCH" --arg pattern "$SLIPWAY_BRANCH_PATTERN" '$branch | test($pattern)')" != true ]; then
  echo "slipway: this run of $SLIPWAY_PIPELINE was started by $start and took the branch $SLIPWAY_BRANCH. Its track is started by $SLIPWAY_STARTS. Nothing was published: push one of these." >&2
  exit 1
fi
