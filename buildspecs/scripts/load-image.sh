set -euo pipefail
# The image to be judged, in this job's Docker: what is scanned there is what is pushed from there.
if [ -s "$SLIPWAY_WORK/digest" ]; then
  image=$SLIPWAY_REPOSITORY_URI@$(cat "$SLIPWAY_WORK/digest")
  # Logged in for as long as it takes to pull, in a folder of its own.
  (
    export DOCKER_CONFIG=$SLIPWAY_WORK/login
    trap 'rm -rf "$DOCKER_CONFIG"' EXIT
    mkdir -m 0700 "$DOCKER_CONFIG"
    aws ecr get-login-password | docker login --username AWS --password-stdin "${SLIPWAY_REPOSITORY_URI%%/*}"
    docker pull --quiet "$image"
  )
  docker tag "$image" slipway:candidate
elif [ ! -f "$SLIPWAY_WORK/artifact/image.tar" ]; then
  echo "slipway: the image job built no image, and the registry has none of this source. Release again from a new build." >&2
  exit 1
else
  docker load --quiet --input "$SLIPWAY_WORK/artifact/image.tar" >"$SLIPWAY_WORK/loaded"
  if [ "$(cat "$SLIPWAY_WORK/loaded")" != "Loaded image: slipway:candidate" ]; then
    echo "slipway: what the image job built is not one image: Docker read this from it. Nothing was pushed." >&2
    head -n 20 "$SLIPWAY_WORK/loaded" | sed 's/^/  /' >&2
    exit 1
  fi
fi
