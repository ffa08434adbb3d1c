set -euo pipefail
# What the build may start from is BuildKit's verdict (build-image.sh). One thing it does not judge is a frontend of the
# Dockerfile's choice, which would build whatever it likes: the copy that is built begins with a comment, and after one
# BuildKit looks for no directive, in none of its forms. https://docs.docker.com/reference/dockerfile/#parser-directives
cd "$CODEBUILD_SRC_DIR"
if [ ! -f "./$SLIPWAY_DOCKERFILE" ]; then
  echo "slipway: there is no Dockerfile at $SLIPWAY_DOCKERFILE in the repository." >&2
  exit 1
fi
folder=$SLIPWAY_WORK/dockerfile
rm -rf "$folder"
mkdir -p "$folder"
LC_ALL=C sed '1s/^\xef\xbb\xbf//' "./$SLIPWAY_DOCKERFILE" >"$folder/original"
if sed -n '/^\(#\|\/\/\)/!q; p' "$folder/original" | grep -Ei '^(#|//)[[:space:]]*(syntax|escape)[[:space:]]*=' >/dev/null ||
  [ "$(tr -d '[:space:]' <"$folder/original" | head -c 1)" = "{" ]; then
  echo "slipway: $SLIPWAY_DOCKERFILE begins with a syntax or escape directive. The platform builds with Docker's own frontend: leave it out." >&2
  exit 1
fi
{
  echo "# The platform builds with the engine's own frontend."
  cat "$folder/original"
} >"$folder/Dockerfile"
rm "$folder/original"
if [ -f "./$SLIPWAY_DOCKERFILE.dockerignore" ]; then cp -- "./$SLIPWAY_DOCKERFILE.dockerignore" "$folder/Dockerfile.dockerignore"; fi
