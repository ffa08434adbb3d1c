set -euo pipefail
# The image is tagged with the hash of what it is built from, so that a second track promotes what the first one built.
# A pipeline's source comes without its .git folder: contents, names, links and execute bits are hashed instead.
# The publish job has the source beside what was built of it, and computes the hash itself.
cd "${CODEBUILD_SRC_DIR_Source:-$CODEBUILD_SRC_DIR}"
{
  printf '%s\0' "$SLIPWAY_DOCKERFILE" "$SLIPWAY_CONTEXT"
  find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum --zero
  find . -type l -printf '%p -> %l\0' | LC_ALL=C sort -z
  find . -type f -perm /111 -printf 'x %p\0' | LC_ALL=C sort -z
} | sha256sum | cut -c 1-64 >"$SLIPWAY_WORK/tree"
tag=tree-$(cat "$SLIPWAY_WORK/tree")
aws ecr batch-get-image --repository-name "${SLIPWAY_REPOSITORY_URI#*/}" --image-ids "imageTag=$tag" \
  --output json >"$SLIPWAY_WORK/found.json"
jq -r 'if ([.failures[]?.failureCode] == ["ImageNotFound"]) and (.images // [] | length) == 0 then "none"
  elif (.images | length) == 1 and (.failures // [] | length) == 0 then .images[0].imageId.imageDigest
  else error("the registry gave no clear answer: \(.)") end' "$SLIPWAY_WORK/found.json" >"$SLIPWAY_WORK/digest"
if [ "$(cat "$SLIPWAY_WORK/digest")" = none ]; then
  rm "$SLIPWAY_WORK/digest"
else
  grep -Exq 'sha256:[0-9a-f]{64}' "$SLIPWAY_WORK/digest"
  echo "slipway: this source was built before: $tag is $(cat "$SLIPWAY_WORK/digest"). It is judged again, not built again."
fi
