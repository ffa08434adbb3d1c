set -euo pipefail
cd "$CODEBUILD_SRC_DIR"
aws ecr get-login-password | docker login --username AWS --password-stdin "${SLIPWAY_REPOSITORY_URI%%/*}"
if [ -s "$SLIPWAY_WORK/digest" ]; then
  image=$SLIPWAY_REPOSITORY_URI@$(cat "$SLIPWAY_WORK/digest")
  docker pull --quiet "$image"
  docker tag "$image" slipway:candidate
else
  # Attestations would make the tag an index of several manifests, which ECR does not scan.
  BUILDX_NO_DEFAULT_ATTESTATIONS=1 docker build --file "$SLIPWAY_DOCKERFILE" --tag slipway:candidate \
    --label "org.opencontainers.image.revision=$SLIPWAY_COMMIT_ID" "$SLIPWAY_CONTEXT"
fi
