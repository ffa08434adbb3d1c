set -euo pipefail
# The hash over all that the next job is given. CodePipeline keeps it as a variable of this action, out of reach of every job.
cd "$CODEBUILD_SRC_DIR/.slipway"
find . -type f ! -name checksums -printf '%P\0' | LC_ALL=C sort -z | xargs -0 -r sha256sum >"$SLIPWAY_WORK/checksums"
mv "$SLIPWAY_WORK/checksums" checksums
seal=$(sha256sum <checksums)
export SLIPWAY_SEAL=sha256:${seal%% *}
