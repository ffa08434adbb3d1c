set -euo pipefail
# Installs what $SLIPWAY_TOOLS lists: name, SHA-256, URL, and the path inside the archive (`-`: the download is the tool).
mkdir -p "$SLIPWAY_WORK/bin"
while read -r name sha256 url member; do
  download=$SLIPWAY_WORK/$name.download
  curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$download" "$url"
  if ! echo "$sha256  $download" | sha256sum --check --strict --quiet -; then
    echo "slipway: $name from $url is not the file that buildspecs/tools.json pins. Nothing of it was run." >&2
    exit 1
  fi
  if [ "$member" != - ]; then
    tar -xzf "$download" -O "$member" >"$SLIPWAY_WORK/bin/$name"
  else
    cp "$download" "$SLIPWAY_WORK/bin/$name"
  fi
  chmod 0755 "$SLIPWAY_WORK/bin/$name"
  rm "$download"
done <<<"$SLIPWAY_TOOLS"
