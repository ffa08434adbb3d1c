set -euo pipefail
cd "$CODEBUILD_SRC_DIR"
# Before the push there is no digest yet; write-digest.sh puts it in the place of the zeros.
digest=sha256:$(printf '0%.0s' {1..64})
# Nothing of the job's environment for a program that renders the application's templates.
bare() { env -i PATH="$PATH" HOME="$SLIPWAY_WORK/empty" "$@"; }
rm -rf "$SLIPWAY_WORK/release"
mkdir -p "$SLIPWAY_WORK/release/manifests"
for environment in $SLIPWAY_ENVIRONMENTS; do
  values=$SLIPWAY_CHART/values-$environment.yaml
  if [ ! -f "./$values" ]; then
    echo "slipway: there is no $values. Every environment has its own values, also when it changes nothing." >&2
    exit 1
  fi
  rendered=$SLIPWAY_WORK/$environment.yaml
  manifests=$SLIPWAY_WORK/release/manifests/$environment.json
  settings=(--namespace "$SLIPWAY_APPLICATION" --values "./$values" --kube-version "$SLIPWAY_KUBERNETES_VERSION"
    --set-string "image.repository=$SLIPWAY_REPOSITORY_URI" --set-string "image.digest=$digest")
  bare "$SLIPWAY_WORK/bin/helm" lint "./$SLIPWAY_CHART" --strict --quiet "${settings[@]}"
  bare "$SLIPWAY_WORK/bin/helm" template "$SLIPWAY_APPLICATION" "./$SLIPWAY_CHART" --skip-tests "${settings[@]}" >"$rendered"
  # To the cluster 0644 is an octal number, as in YAML 1.1; to yq only 0o644 is one.
  "$SLIPWAY_WORK/bin/yq" --output-format json '(.. | select(tag == "!!int" and (to_string | test("^0_?[0-7][0-7_]*$"))))
      |= (to_string | sub("^0_?", "0o") | . tag = "!!int")' "$rendered" |
    jq -s '{apiVersion: "v1", kind: "List", items: [.[] | select(. != null) | if .kind == "List" then .items[] else . end]}' >"$manifests"
  problems=$(jq -c --arg namespace "$SLIPWAY_APPLICATION" --arg image "$SLIPWAY_REPOSITORY_URI@$digest" \
    --slurpfile allowed "$SLIPWAY_WORK/allowed-images.json" --arg today "$(date -u +%F)" \
    -f "$SLIPWAY_WORK/judge-manifests.jq" "$manifests")
  if [ "$problems" != "[]" ]; then
    jq -r --arg file "$values" '.[] | "slipway: \($file): \(.)"' <<<"$problems" >&2
    exit 1
  fi
  # What is validated is what is applied; and the text before it, which alone shows a key that stands there twice.
  bare "$SLIPWAY_WORK/bin/kubeconform" -strict -summary -kubernetes-version "$SLIPWAY_KUBERNETES_VERSION" \
    -schema-location "$SLIPWAY_KUBERNETES_SCHEMAS" "$rendered" "$manifests"
done
