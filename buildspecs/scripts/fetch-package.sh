set -euo pipefail
# What was approved is what the package job wrote down: the template is used only when its hash still says so. The
# template itself names the version of the code's object.
package=$CODEBUILD_SRC_DIR/package/$SLIPWAY_ENVIRONMENT/package.json
prefix=packages/$SLIPWAY_ENVIRONMENT/$SLIPWAY_APPLICATION/
named=$(jq --arg prefix "$prefix" '(.templateKey // "" | startswith($prefix)) and (.templateSha256 // "" | test("^[0-9a-f]{64}$"))' "$package")
if [ "$named" != true ]; then
  echo "slipway: the package for $SLIPWAY_ENVIRONMENT names no template below $prefix. Nothing was deployed." >&2
  exit 1
fi
jq -r .templateKey "$package" >"$SLIPWAY_WORK/template-key"
jq -r .templateSha256 "$package" >"$SLIPWAY_WORK/template-sha256"
aws s3api get-object --bucket "$SLIPWAY_ARTIFACT_BUCKET" --key "$(cat "$SLIPWAY_WORK/template-key")" \
  "$SLIPWAY_WORK/template.json" >"$SLIPWAY_WORK/get-object.json"
if ! echo "$(cat "$SLIPWAY_WORK/template-sha256")  $SLIPWAY_WORK/template.json" | sha256sum --check --strict --quiet -; then
  echo "slipway: the template in the bucket is not the one that was packaged. Nothing was deployed." >&2
  exit 1
fi
