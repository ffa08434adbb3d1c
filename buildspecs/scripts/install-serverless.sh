set -euo pipefail
# The framework comes from the application's lock file, whose integrity npm verifies; it must be the release that the
# platform knows. Install scripts of packages are not run.
cd "$CODEBUILD_SRC_DIR/$SLIPWAY_DIRECTORY"
known=$(jq --arg version "$SLIPWAY_OSLS_VERSION" --arg integrity "$SLIPWAY_OSLS_INTEGRITY" \
  '.packages["node_modules/osls"] | .version == $version and .integrity == $integrity' package-lock.json)
if [ "$known" != true ]; then
  echo "slipway: package-lock.json does not hold osls $SLIPWAY_OSLS_VERSION." >&2
  echo "slipway: run: npm install --save-dev --save-exact osls@$SLIPWAY_OSLS_VERSION" >&2
  exit 1
fi
npm ci --ignore-scripts --no-audit --no-fund
