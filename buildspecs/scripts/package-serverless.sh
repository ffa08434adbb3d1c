set -euo pipefail
cd "$CODEBUILD_SRC_DIR/$SLIPWAY_DIRECTORY"
bundle=$CODEBUILD_SRC_DIR/.slipway
rm -rf "$bundle"
for environment in $SLIPWAY_ENVIRONMENTS; do
  folder=$SLIPWAY_WORK/package/$environment
  mkdir -p "$folder"
  SLS_NOTIFICATIONS_MODE=off SLS_TELEMETRY_DISABLED=1 "$SLIPWAY_WORK/framework/node_modules/.bin/osls" package \
    --stage "$environment" --package "$folder"
  archives=("$folder"/*.zip)
  if [ ${#archives[@]} -ne 1 ] || [ ! -f "${archives[0]}" ]; then
    echo "slipway: the package for $environment must hold one archive of code, it holds: ${archives[*]##*/}" >&2
    echo "slipway: leave package.individually off; layers and custom resources are not supported." >&2
    exit 1
  fi
  mkdir -p "$bundle/bundle/$environment"
  cp "${archives[0]}" "$bundle/bundle/$environment/code.zip"
  cp "$folder/cloudformation-template-update-stack.json" "$bundle/bundle/$environment/template.json"
  jq -n --arg archive "${archives[0]##*/}" '$ARGS.named' >"$bundle/bundle/$environment/names.json"
done
