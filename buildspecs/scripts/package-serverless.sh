set -euo pipefail
cd "$CODEBUILD_SRC_DIR/$SLIPWAY_DIRECTORY"
first=
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
  template=$folder/cloudformation-template-update-stack.json
  if [ -L "${archives[0]}" ] || [ -L "$template" ]; then
    echo "slipway: archive or template of the package for $environment is a link. Packaging must write files." >&2
    exit 1
  fi
  sha256sum "${archives[0]}" | cut -c 1-64 >"$folder/code.sha256"
  mv "${archives[0]}" "$folder/code.zip"
  first=${first:-$environment}
  if ! cmp -s "$SLIPWAY_WORK/package/$first/code.sha256" "$folder/code.sha256"; then
    echo "slipway: the code for $environment differs from that for $first. What is tested must be what is released:" >&2
    echo "slipway: put what differs into environment variables." >&2
    exit 1
  fi
  problems=$(jq -c --arg application "$SLIPWAY_APPLICATION" --arg archive "${archives[0]##*/}" --arg bucket "" --arg prefix "" \
    -f "$SLIPWAY_WORK/judge-template.jq" "$template")
  if [ "$problems" != "[]" ]; then
    jq -r --arg environment "$environment" '.[] | "slipway: in the package for \($environment): \(.)"' <<<"$problems" >&2
    exit 1
  fi
done
# What ships is opened here for the scans that follow. 250 MB is what Lambda accepts.
archive=$SLIPWAY_WORK/package/$first/code.zip
size=$(unzip -Zt "$archive" | sed -n 's/^.* files\{0,1\}, \([0-9]*\) bytes uncompressed.*$/\1/p')
if [ -z "$size" ] || [ "$size" -gt 262144000 ]; then
  echo "slipway: the archive of code has ${size:-an unknown number of} bytes when it is opened; Lambda accepts 262144000." >&2
  exit 1
fi
mkdir "$SLIPWAY_WORK/shipped"
unzip -q "$archive" -d "$SLIPWAY_WORK/shipped"
