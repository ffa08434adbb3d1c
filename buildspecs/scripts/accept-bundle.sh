set -euo pipefail
# These files of the package job's artifact are copied, and nothing else of it is read: that job ran code of the application.
source=$(realpath -- "$CODEBUILD_SRC_DIR")
rm -rf "$SLIPWAY_WORK/package"
for environment in $SLIPWAY_ENVIRONMENTS; do
  target=$SLIPWAY_WORK/package/$environment
  mkdir -p "$target"
  # Lambda accepts archives of 50 MB when they are uploaded, and CloudFormation templates of 1 MB.
  for line in "code.zip 262144000" "template.json 1048576" "names.json 1024"; do
    file=bundle/$environment/${line% *}
    problem=
    if [ "$(realpath -m -- "$source/$file")" != "$source/$file" ]; then
      problem="is a link"
    elif [ ! -f "$source/$file" ]; then
      problem="is missing"
    elif [ "$(stat -c %s -- "$source/$file")" -gt "${line##* }" ]; then
      problem="has more than ${line##* } bytes"
    else
      cp -- "$source/$file" "$target/${file##*/}"
      # One document: jq reads several as well, and would then answer several times.
      if [[ $file == *.json ]] && [ "$(jq -s -c 'map(type)' "$target/${file##*/}" || true)" != '["object"]' ]; then
        problem="is not one JSON object"
      fi
    fi
    if [ -n "$problem" ]; then
      echo "slipway: $file of what was packaged $problem. Nothing was published; a plugin may have changed it." >&2
      exit 1
    fi
  done
done
