set -euo pipefail
cd "$CODEBUILD_SRC_DIR"
rm -rf .slipway
mkdir .slipway
if [ -d "$SLIPWAY_WORK/release" ]; then cp -r "$SLIPWAY_WORK/release/." .slipway; fi
# Built before: the publish job takes the image from the registry, under the hash of the source that it computes itself.
if [ ! -s "$SLIPWAY_WORK/digest" ]; then
  # BuildKit asks this policy about every source before it fetches it: images by digest, downloads by checksum, no Git.
  export EXPERIMENTAL_BUILDKIT_SOURCE_POLICY=$SLIPWAY_WORK/source-policy.json
  log=$SLIPWAY_WORK/build.log
  # A Docker that knows no policies would let everything pass: it has to refuse this one first.
  mkdir -p "$SLIPWAY_WORK/canary"
  printf 'FROM slipway.invalid/canary:latest\n' >"$SLIPWAY_WORK/canary/Dockerfile"
  docker buildx build --progress plain "$SLIPWAY_WORK/canary" >"$log" 2>&1 || true
  if ! grep -q 'denied by policy' "$log"; then
    echo "slipway: Docker did not apply the platform's source policy to a Dockerfile that it must refuse. Nothing was built. It said:" >&2
    tail -n 20 "$log" >&2
    exit 1
  fi
  # Attestations would make the tag an index of several manifests, which ECR does not scan.
  if ! BUILDX_NO_DEFAULT_ATTESTATIONS=1 docker buildx build --progress plain --load --file "$SLIPWAY_WORK/dockerfile/Dockerfile" \
    --tag slipway:candidate --label "org.opencontainers.image.revision=$SLIPWAY_COMMIT_ID" -- "./$SLIPWAY_CONTEXT" 2>&1 | tee "$log"; then
    if grep -q 'denied by policy' "$log"; then
      echo "slipway: $SLIPWAY_DOCKERFILE takes what can change without notice:" >&2
      grep -o 'source "[^"]*" denied by policy' "$log" | cut -d '"' -f 2 | sort -u | sed 's/^/  /' >&2
      echo "slipway: write images as name@sha256:<64 digits>, downloads as ADD --checksum=sha256:<64 digits> https://…; copy Git sources in." >&2
    fi
    exit 1
  fi
  docker save --output .slipway/image.tar slipway:candidate
fi
