set -euo pipefail
# Four eyes: where a person approves first, whoever started a release by hand is not the one who approved it. Asked as the
# job itself, before the door is opened. The trust of the two roles sees to it that sessions are called after their person.
# https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ExecutionTrigger.html
# https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionExecutionDetail.html
refuse() {
  echo "slipway: $1" >&2
  echo "slipway: nothing was deployed. $2" >&2
  exit 1
}
execution() {
  aws codepipeline get-pipeline-execution --pipeline-name "$SLIPWAY_PIPELINE" --pipeline-execution-id "$1" --output json ||
    refuse "CodePipeline does not say how the release $1 was started." "Release again."
}
# The session's name in the ARN of a session of this role, or nothing.
person() {
  jq -rn --arg arn "$1" --arg role "$2" '$arn
    | capture("\\Aarn:aws[a-z-]*:sts::[0-9]{12}:assumed-role/" + $role + "/(?<name>[A-Za-z0-9_+=,.@-]{2,64})\\z").name'
}
starters=$SLIPWAY_APPLICATION-starter
approvers=$SLIPWAY_APPLICATION-approver
started='.pipelineExecution.trigger.triggerType // "something without a name"'
again="Push, or start it anew in the role $starters and let somebody else approve it."
if [ "$SLIPWAY_APPROVAL_STAGE" != none ]; then
  id=$SLIPWAY_EXECUTION_ID
  release=$(execution "$id")
  trigger=$(jq -r "$started" <<<"$release")
  case "$trigger" in
    # A rollback asks nobody: what it brings back was approved as the release that it goes back to, and is judged as that.
    # https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
    AutomatedRollback | ManualRollback)
      id=$(jq -r '.pipelineExecution.rollbackMetadata.rollbackTargetPipelineExecutionId // ""' <<<"$release")
      if [ -z "$id" ]; then refuse "CodePipeline names no release that the rollback goes back to." "$again"; fi
      release=$(execution "$id")
      trigger=$(jq -r "$started" <<<"$release")
      ;;
  esac
  case "$trigger" in
    # By a push, or by CodePipeline when the pipeline was made: nobody chose the commit or the moment here.
    WebhookV2 | CreatePipeline) ;;
    StartPipelineExecution)
      arn=$(jq -r '.pipelineExecution.trigger.triggerDetail // "Somebody"' <<<"$release")
      starter=$(person "$arn" "$starters")
      if [ -z "$starter" ]; then refuse "$arn started the release by hand, which is nobody in the role $starters." "$again"; fi
      actions=$(aws codepipeline list-action-executions --pipeline-name "$SLIPWAY_PIPELINE" \
        --filter "pipelineExecutionId=$id" --output json) ||
        refuse "CodePipeline does not say who approved the release $id." "Release again."
      approvals=$(jq -r --arg stage "$SLIPWAY_APPROVAL_STAGE" '.actionExecutionDetails[]
        | select(.stageName == $stage and .status == "Succeeded") | .updatedBy // "Somebody"' <<<"$actions")
      if [ -z "$approvals" ]; then
        refuse "$starter started the release by hand, and CodePipeline names no approval of it in $SLIPWAY_APPROVAL_STAGE." "$again"
      fi
      while IFS= read -r arn; do
        approver=$(person "$arn" "$approvers")
        if [ -z "$approver" ]; then refuse "$arn approved the release, which is nobody in the role $approvers." "$again"; fi
        if [ "${approver,,}" = "${starter,,}" ]; then
          refuse "$starter started the release by hand and approved it too." "$again"
        fi
      done <<<"$approvals"
      ;;
    *) refuse "the release was started by $trigger, which does not say who wanted it." "$again" ;;
  esac
fi
