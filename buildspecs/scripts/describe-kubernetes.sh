set -euo pipefail
if [ "$SLIPWAY_DEPLOYMENT_KIND" = kubernetes ]; then
  cd "$CODEBUILD_SRC_DIR"
  digest=sha256:$(printf '0%.0s' {1..64})
  if [ -s "$SLIPWAY_WORK/digest" ]; then digest=$(cat "$SLIPWAY_WORK/digest"); fi
  rm -rf .slipway
  mkdir -p .slipway/manifests
  for environment in $SLIPWAY_ENVIRONMENTS; do
    values=$SLIPWAY_CHART/values-$environment.yaml
    if [ ! -f "$values" ]; then
      echo "slipway: there is no $values. Every environment has its own values, also when it changes nothing." >&2
      exit 1
    fi
    rendered=$SLIPWAY_WORK/$environment.yaml
    settings=(--namespace "$SLIPWAY_APPLICATION" --values "$values" --kube-version "$SLIPWAY_KUBERNETES_VERSION"
      --set-string "image.repository=$SLIPWAY_REPOSITORY_URI" --set-string "image.digest=$digest")
    "$SLIPWAY_WORK/bin/helm" lint "$SLIPWAY_CHART" --strict --quiet "${settings[@]}"
    "$SLIPWAY_WORK/bin/helm" template "$SLIPWAY_APPLICATION" "$SLIPWAY_CHART" --skip-tests "${settings[@]}" >"$rendered"
    "$SLIPWAY_WORK/bin/kubeconform" -strict -summary -kubernetes-version "$SLIPWAY_KUBERNETES_VERSION" \
      -schema-location "$SLIPWAY_KUBERNETES_SCHEMAS" "$rendered"
    "$SLIPWAY_WORK/bin/yq" --output-format json '.' "$rendered" |
      jq -s '{apiVersion: "v1", kind: "List", items: [.[] | select(. != null) | if .kind == "List" then .items[] else . end]}' \
        >".slipway/manifests/$environment.json"
    problems=$(jq -c --arg namespace "$SLIPWAY_APPLICATION" --arg image "$SLIPWAY_REPOSITORY_URI@$digest" '
      def images: [.. | objects | .image? | (strings, (objects | .reference? | strings))];
      def name: "\(.kind) \(.metadata.name)";
      [(.items[] | select((.metadata.namespace // $namespace) != $namespace)
        | "\(name) is for namespace \(.metadata.namespace); only \($namespace) belongs to this application"),
      (.items[] | select(.kind == "Secret") | "\(name) would carry a secret through the pipeline; let the cluster fetch it"),
      (.items[] | select(.metadata.annotations["helm.sh/hook"]? != null) | "\(name) is a Helm hook, and nothing here runs hooks"),
      (.items[] | select(.kind != "ConfigMap") | name as $name | images[] | select(test("@sha256:[0-9a-f]{64}$") | not)
        | "\($name): image \(.) is not named by digest"),
      (if [.items[] | images[]] | index($image) then empty
        else "no object runs \($image): let the chart use image.repository and image.digest" end)]
    ' ".slipway/manifests/$environment.json")
    if [ "$problems" != "[]" ]; then
      jq -r --arg file "$values" '.[] | "slipway: \($file): \(.)"' <<<"$problems" >&2
      exit 1
    fi
  done
  jq -n --arg application "$SLIPWAY_APPLICATION" --arg repository "$SLIPWAY_REPOSITORY_URI" --arg digest "$digest" \
    --arg commit "$SLIPWAY_COMMIT_ID" '$ARGS.named' >.slipway/image.json
fi
