set -euo pipefail
if [ ! -s "$SLIPWAY_WORK/digest" ]; then
  tag=tree-$(cat "$SLIPWAY_WORK/tree")
  docker tag slipway:candidate "$SLIPWAY_REPOSITORY_URI:$tag"
  # Logged in for as long as it takes to push.
  (
    export DOCKER_CONFIG=$SLIPWAY_WORK/login
    trap 'rm -rf "$DOCKER_CONFIG"' EXIT
    mkdir -m 0700 "$DOCKER_CONFIG"
    aws ecr get-login-password | docker login --username AWS --password-stdin "${SLIPWAY_REPOSITORY_URI%%/*}"
    docker push --quiet "$SLIPWAY_REPOSITORY_URI:$tag"
  )
  aws ecr batch-get-image --repository-name "${SLIPWAY_REPOSITORY_URI#*/}" --image-ids "imageTag=$tag" \
    --output json >"$SLIPWAY_WORK/pushed.json"
  jq -r '.images[0].imageId.imageDigest' "$SLIPWAY_WORK/pushed.json" >"$SLIPWAY_WORK/digest"
  grep -Exq 'sha256:[0-9a-f]{64}' "$SLIPWAY_WORK/digest"
fi
