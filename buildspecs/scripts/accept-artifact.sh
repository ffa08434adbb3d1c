set -euo pipefail
# A deploy job reads these files of the artifact, copied, and nothing else of it: the job that wrote the artifact ran code
# of the application, so what it holds beside them, links out of it and oversized or malformed files are not to be met.
case "$SLIPWAY_DEPLOYMENT_KIND" in
  serverless) expected=("package/$SLIPWAY_ENVIRONMENT/package.json object") ;;
  ecs) expected=("imagedefinitions.json array" "task-definition.json object") ;;
  kubernetes) expected=("manifests/$SLIPWAY_ENVIRONMENT.json object") ;;
esac
source=$(realpath -- "$CODEBUILD_SRC_DIR")
rm -rf "$SLIPWAY_WORK/artifact"
mkdir -p "$SLIPWAY_WORK/artifact"
for line in "${expected[@]}"; do
  file=${line% *}
  type=${line##* }
  problem=
  if [ "$(realpath -m -- "$source/$file")" != "$source/$file" ]; then
    problem="is a link"
  elif [ ! -f "$source/$file" ]; then
    problem="is missing"
  elif [ "$(stat -c %s -- "$source/$file")" -gt 1048576 ]; then
    problem="has more than 1048576 bytes"
  else
    cp -- "$source/$file" "$SLIPWAY_WORK/artifact/${file##*/}"
    # One document of one type: jq reads several as well, and would then answer several times.
    types=$(jq -s -c 'map(type)' "$SLIPWAY_WORK/artifact/${file##*/}" || true)
    if [ "$types" != "[\"$type\"]" ]; then problem="is not one JSON $type"; fi
  fi
  if [ -n "$problem" ]; then
    echo "slipway: $file of the build's artifact $problem. Nothing was deployed; release again from a new build." >&2
    exit 1
  fi
done
