set -euo pipefail
# What was approved is what the package job wrote down: the template is read by its version and used only when its hash
# still says so. The template itself names the version of the code's object.
package=$SLIPWAY_WORK/artifact/package/$SLIPWAY_ENVIRONMENT/package.json
prefix=packages/$SLIPWAY_ENVIRONMENT/$SLIPWAY_APPLICATION/
named=$(jq --arg prefix "$prefix" '
  (.templateSha256 | type == "string" and test("\\A[0-9a-f]{64}\\z")) and .templateKey == "\($prefix)\(.templateSha256).json"
  and (.templateVersion | type == "string" and test("\\A[A-Za-z0-9._-]{1,1024}\\z") and . != "null")' "$package")
if [ "$named" != true ]; then
  echo "slipway: the package for $SLIPWAY_ENVIRONMENT names no template below $prefix by hash and version. Nothing was deployed." >&2
  exit 1
fi
jq -r .templateKey "$package" >"$SLIPWAY_WORK/template-key"
jq -r .templateVersion "$package" >"$SLIPWAY_WORK/template-version"
jq -r .templateSha256 "$package" >"$SLIPWAY_WORK/template-sha256"
aws s3api get-object --bucket "$SLIPWAY_ARTIFACT_BUCKET" --key "$(cat "$SLIPWAY_WORK/template-key")" \
  --version-id="$(cat "$SLIPWAY_WORK/template-version")" "$SLIPWAY_WORK/template.json" >"$SLIPWAY_WORK/get-object.json"
if ! echo "$(cat "$SLIPWAY_WORK/template-sha256")  $SLIPWAY_WORK/template.json" | sha256sum --check --strict --quiet -; then
  echo "slipway: the template in the bucket is not the one that was packaged. Nothing was deployed." >&2
  exit 1
fi
# Judged again here, where no code of the application ran.
problems=$(jq -c --arg application "$SLIPWAY_APPLICATION" --arg bucket "$SLIPWAY_ARTIFACT_BUCKET" --arg prefix "$prefix" \
  --arg archive "" -f "$SLIPWAY_WORK/judge-template.jq" "$SLIPWAY_WORK/template.json")
if [ "$problems" != "[]" ]; then
  jq -r --arg environment "$SLIPWAY_ENVIRONMENT" '.[] | "slipway: in the package for \($environment): \(.)"' <<<"$problems" >&2
  exit 1
fi
