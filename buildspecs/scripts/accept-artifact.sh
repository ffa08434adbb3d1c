set -euo pipefail
# These files of the artifact are copied, and nothing else of it is read: the job that made it ran code of the application,
# or took what such a job made. Links out of it, oversized and malformed files are not to be met.
# SLIPWAY_FILES names them, with ? after what may be missing. Every file has to bear the seal that CodePipeline kept when the
# artifact was made, so that nobody can put another one in its place while a release waits.
source=$(realpath -- "$CODEBUILD_SRC_DIR")
target=$SLIPWAY_WORK/artifact
rm -rf "$target"
mkdir -p "$target"
refuse() {
  echo "slipway: $1 of the job before this one $2. Nothing of it was used; release again from a new build." >&2
  exit 1
}
# Copies a file of at most so many bytes.
take() {
  [ "$(realpath -m -- "$source/$1")" = "$source/$1" ] || refuse "$1" "is a link"
  [ -f "$source/$1" ] || refuse "$1" "is missing"
  [ "$(stat -c %s -- "$source/$1")" -le "$2" ] || refuse "$1" "has more than $2 bytes"
  mkdir -p "$(dirname "$target/$1")"
  cp -- "$source/$1" "$target/$1"
}
take checksums 1048576
seal=$(sha256sum <"$target/checksums")
[ "sha256:${seal%% *}" = "$SLIPWAY_INPUT_SEAL" ] || refuse "the artifact" "was changed after it was made: its seal is not $SLIPWAY_INPUT_SEAL"
for wanted in $SLIPWAY_FILES; do
  file=${wanted%\?}
  if [[ $wanted == *\? ]] && ! grep -q "^[0-9a-f]*  $file\$" "$target/checksums"; then continue; fi
  case "$file" in
    *.tar) take "$file" 10737418240 ;; # far above any image that is pulled in good time
    *.zip) take "$file" 262144000 ;; # what Lambda accepts, opened
    *) take "$file" 1048576 ;; # what CloudFormation accepts as a template
  esac
  sum=$(sha256sum <"$target/$file")
  grep -Fxq "${sum%% *}  $file" "$target/checksums" || refuse "$file" "was changed after it was made: its hash is not the one that was sealed"
  # One document: jq reads several as well, and would then answer several times.
  type=object
  if [ "$file" = imagedefinitions.json ]; then type=array; fi
  if [[ $file == *.json ]] && [ "$(jq -s -c 'map(type)' "$target/$file" || true)" != "[\"$type\"]" ]; then
    refuse "$file" "is not one JSON $type"
  fi
done
