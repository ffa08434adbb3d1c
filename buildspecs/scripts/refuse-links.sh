set -euo pipefail
# Before anything else looks at the tree: a link that leads out of it would have a later tool read what lies beside it
# (credentials, /proc/self/environ) or write there. Links inside the tree are fine.
mkdir -p "$SLIPWAY_WORK"
tree=${CODEBUILD_SRC_DIR_Source:-$CODEBUILD_SRC_DIR}
if [ -d "$SLIPWAY_WORK/shipped" ]; then tree=$SLIPWAY_WORK/shipped; fi
root=$(realpath -- "$tree")
: >"$SLIPWAY_WORK/links"
find "$root" -mindepth 1 ! -type f ! -type d -print0 | while IFS= read -r -d '' path; do
  name=${path#"$root/"}
  if [ ! -L "$path" ]; then
    printf '%q is neither a file, a folder nor a link\n' "$name"
    continue
  fi
  target=$(readlink -- "$path")
  # Followed to its end through whatever other links are on the way; a circle has no end.
  end=$(realpath -m -- "$path" 2>/dev/null || echo /)
  if [[ $target == /* ]] || [[ $end != "$root" && $end != "$root"/* ]]; then printf '%q links to %q\n' "$name" "$target"; fi
done >"$SLIPWAY_WORK/links"
if [ -s "$SLIPWAY_WORK/links" ]; then
  echo "slipway: links may only lead, by a relative path, to something in the same tree. Replace these by what they point to:" >&2
  sed 's/^/  /' "$SLIPWAY_WORK/links" >&2
  exit 1
fi
