set -euo pipefail
first=
for environment in $SLIPWAY_ENVIRONMENTS; do
  folder=$SLIPWAY_WORK/artifact/bundle/$environment
  sha256sum "$folder/code.zip" | cut -c 1-64 >"$folder/code.sha256"
  first=${first:-$environment}
  if ! cmp -s "$SLIPWAY_WORK/artifact/bundle/$first/code.sha256" "$folder/code.sha256"; then
    echo "slipway: the code for $environment differs from that for $first. What is tested must be what is released:" >&2
    echo "slipway: put what differs into environment variables." >&2
    exit 1
  fi
  problems=$(jq -c --arg application "$SLIPWAY_APPLICATION" --arg archive "$(jq -r .archive "$folder/names.json")" --arg bucket "" \
    --arg prefix "" -f "$SLIPWAY_WORK/judge-template.jq" "$folder/template.json")
  if [ "$problems" != "[]" ]; then
    jq -r --arg environment "$environment" '.[] | "slipway: in the package for \($environment): \(.)"' <<<"$problems" >&2
    exit 1
  fi
done
# What ships is opened here for the scans that follow. 250 MB is what Lambda accepts.
archive=$SLIPWAY_WORK/artifact/bundle/$first/code.zip
size=$(unzip -Zt "$archive" | sed -n 's/^.* files\{0,1\}, \([0-9]*\) bytes uncompressed.*$/\1/p')
if [ -z "$size" ] || [ "$size" -gt 262144000 ]; then
  echo "slipway: the archive of code has ${size:-an unknown number of} bytes when it is opened; Lambda accepts 262144000." >&2
  exit 1
fi
mkdir "$SLIPWAY_WORK/shipped"
unzip -q "$archive" -d "$SLIPWAY_WORK/shipped"
