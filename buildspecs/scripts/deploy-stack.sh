set -euo pipefail
stack=$SLIPWAY_STACK_NAME
changes=slipway-${CODEBUILD_BUILD_ID##*:}
suffix=amazonaws.com
case "$SLIPWAY_ENVIRONMENT_REGION" in cn-*) suffix=amazonaws.com.cn ;; esac
if aws cloudformation describe-stacks --stack-name "$stack" --output json >"$SLIPWAY_WORK/stack.json" 2>"$SLIPWAY_WORK/stack.log"; then
  status=$(jq -r '.Stacks[0].StackStatus' "$SLIPWAY_WORK/stack.json")
elif grep -q 'does not exist' "$SLIPWAY_WORK/stack.log"; then
  status=NONE
else
  cat "$SLIPWAY_WORK/stack.log" >&2
  exit 1
fi
case "$status" in
  # A first stack that fails is deleted: it would stand in ROLLBACK_COMPLETE, where nothing can be deployed.
  NONE | REVIEW_IN_PROGRESS) kind=(create CREATE --on-stack-failure DELETE) ;;
  CREATE_COMPLETE | UPDATE_COMPLETE | UPDATE_ROLLBACK_COMPLETE | IMPORT_COMPLETE) kind=(update UPDATE) ;;
  *)
    echo "slipway: stack $stack is in $status and cannot be changed now. Wait for it, or repair it in CloudFormation." >&2
    exit 1
    ;;
esac
aws cloudformation create-change-set --stack-name "$stack" --change-set-name "$changes" --change-set-type "${kind[1]}" \
  "${kind[@]:2}" --role-arn "$SLIPWAY_EXECUTION_ROLE_ARN" --capabilities CAPABILITY_NAMED_IAM \
  --tags "Key=Application,Value=$SLIPWAY_APPLICATION" --template-url \
  "https://$SLIPWAY_ARTIFACT_BUCKET.s3.$SLIPWAY_ENVIRONMENT_REGION.$suffix/$(cat "$SLIPWAY_WORK/template-key")?versionId=$(cat "$SLIPWAY_WORK/template-version")" \
  >"$SLIPWAY_WORK/created.json"
created=yes
aws cloudformation wait change-set-create-complete --stack-name "$stack" --change-set-name "$changes" || created=no
aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$changes" --output json >"$SLIPWAY_WORK/changes.json"
unchanged=$(jq '.Status == "FAILED" and (.StatusReason | test("didn.t contain changes|No updates are to be performed"))' "$SLIPWAY_WORK/changes.json")
if [ "$created" = no ] && [ "$unchanged" = true ]; then
  echo "slipway: $stack is as the package wants it; nothing to change."
  aws cloudformation delete-change-set --stack-name "$stack" --change-set-name "$changes"
elif [ "$created" = no ]; then
  jq -r '"slipway: CloudFormation refused the changes: \(.StatusReason)"' "$SLIPWAY_WORK/changes.json" >&2
  exit 1
else
  jq -r '.Changes[].ResourceChange | "\(.Action)\t\(.ResourceType)\t\(.LogicalResourceId)\treplacement: \(.Replacement // "-")"' "$SLIPWAY_WORK/changes.json"
  aws cloudformation execute-change-set --stack-name "$stack" --change-set-name "$changes"
  if ! aws cloudformation wait "stack-${kind[0]}-complete" --stack-name "$stack"; then
    echo "slipway: $stack did not reach the wanted state; CloudFormation rolled it back. What failed:" >&2
    aws cloudformation describe-stack-events --stack-name "$stack" --no-paginate --output json |
      jq -r '.StackEvents[] | select(.ResourceStatus | endswith("FAILED")) | "  \(.LogicalResourceId): \(.ResourceStatusReason)"' >&2
    exit 1
  fi
fi
