set -euo pipefail
# The repository expires builds by their number. It keeps what an environment was given, which it knows by this tag; set
# before the deployment, so that nothing runs that could go. A digest has one tag for each environment.
repository=$(jq -r --arg application "$SLIPWAY_APPLICATION" '.repository | select(type == "string" and endswith("/slipway/" + $application))
  | sub("^[^/]*/"; "")' "$SLIPWAY_WORK/artifact/image.json")
digest=$(jq -r '.digest | select(type == "string" and test("\\Asha256:[0-9a-f]{64}\\z"))' "$SLIPWAY_WORK/artifact/image.json")
if [ -z "$repository" ] || [ -z "$digest" ]; then
  echo "slipway: image.json of the job before this one names no image of $SLIPWAY_APPLICATION by digest. Nothing was deployed; release again from a new build." >&2
  exit 1
fi
tag=deployed.$SLIPWAY_ENVIRONMENT.${digest#sha256:}
aws ecr batch-get-image --repository-name "$repository" --image-ids "imageDigest=$digest" --output json >"$SLIPWAY_WORK/image.json"
if [ "$(jq '.images | length' "$SLIPWAY_WORK/image.json")" != 1 ]; then
  echo "slipway: the registry has no image $digest of $SLIPWAY_APPLICATION any more. Nothing was deployed; release again from a new build." >&2
  exit 1
fi
jq -j '.images[0].imageManifest' "$SLIPWAY_WORK/image.json" >"$SLIPWAY_WORK/manifest"
# Of the same digest: the tag is there from an earlier deployment.
if ! aws ecr put-image --repository-name "$repository" --image-tag "$tag" --image-digest "$digest" \
  --image-manifest-media-type "$(jq -r '.images[0].imageManifestMediaType' "$SLIPWAY_WORK/image.json")" \
  --image-manifest "file://$SLIPWAY_WORK/manifest" --output json >"$SLIPWAY_WORK/marked.json" 2>"$SLIPWAY_WORK/marked.log" &&
  ! grep -q ImageAlreadyExistsException "$SLIPWAY_WORK/marked.log"; then
  cat "$SLIPWAY_WORK/marked.log" >&2
  exit 1
fi
