set -euo pipefail
if [ ! -s "$SLIPWAY_WORK/digest" ]; then
  tag=tree-$(cat "$SLIPWAY_WORK/tree")
  docker tag slipway:candidate "$SLIPWAY_REPOSITORY_URI:$tag"
  docker push --quiet "$SLIPWAY_REPOSITORY_URI:$tag"
  aws ecr batch-get-image --repository-name "${SLIPWAY_REPOSITORY_URI#*/}" --image-ids "imageTag=$tag" \
    --output json >"$SLIPWAY_WORK/pushed.json"
  jq -r '.images[0].imageId.imageDigest' "$SLIPWAY_WORK/pushed.json" >"$SLIPWAY_WORK/digest"
  grep -Exq 'sha256:[0-9a-f]{64}' "$SLIPWAY_WORK/digest"
fi
