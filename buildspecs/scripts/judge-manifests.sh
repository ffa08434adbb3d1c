set -euo pipefail
# What the image job rendered is data here. It never saw the digest: write-digest.sh puts it in the place of the zeros.
image=$SLIPWAY_REPOSITORY_URI@sha256:$(printf '0%.0s' {1..64})
rm -rf "$SLIPWAY_WORK/release"
mkdir -p "$SLIPWAY_WORK/release/manifests"
: >"$SLIPWAY_WORK/sidecars"
for environment in $SLIPWAY_ENVIRONMENTS; do
  manifests=$SLIPWAY_WORK/artifact/manifests/$environment.json
  problems=$(jq -c --arg namespace "$SLIPWAY_APPLICATION" --arg image "$image" --slurpfile allowed "$SLIPWAY_WORK/allowed-images.json" \
    --arg today "$(date -u +%F)" -f "$SLIPWAY_WORK/judge-manifests.jq" "$manifests")
  if [ "$problems" != "[]" ]; then
    jq -r --arg environment "$environment" '.[] | "slipway: manifests for \($environment): \(.)"' <<<"$problems" >&2
    exit 1
  fi
  cp "$manifests" "$SLIPWAY_WORK/release/manifests/$environment.json"
  jq -r --arg image "$image" '[.items[] | select(.kind != "ConfigMap") | ..
    | objects | .image? | strings | select(. != $image)] | unique[]' "$manifests" >>"$SLIPWAY_WORK/sidecars"
done
