set -euo pipefail
# npm reads no configuration of the repository: its own folder, nothing of the job's environment, no user's and no global
# file. Install scripts of packages are not run.
bare_npm() {
  env -i PATH="$PATH" HOME="$SLIPWAY_WORK/npm" npm --userconfig "$SLIPWAY_WORK/npm/user" \
    --globalconfig "$SLIPWAY_WORK/npm/global" --no-audit --no-fund "$@"
}
mkdir -p "$SLIPWAY_WORK/npm" "$SLIPWAY_WORK/framework" "$SLIPWAY_WORK/modules"
# The framework is the platform's: one release with all that it needs, resolved as of a day and compared by hash with
# buildspecs/tools.json. What the application's lock file calls osls is for its developers.
cd "$SLIPWAY_WORK/framework"
echo '{"private": true}' >package.json
bare_npm install --package-lock-only --ignore-scripts --save-exact --before "$SLIPWAY_OSLS_BEFORE" "osls@$SLIPWAY_OSLS_VERSION"
packages=$(jq -r '.packages | to_entries[] | select(.key != "")
  | "\(.key | split("node_modules/") | last) \(.value.version) \(.value.integrity)"' package-lock.json | LC_ALL=C sort -u | sha256sum)
if [ "${packages%% *}" != "$SLIPWAY_OSLS_PACKAGES" ]; then
  echo "slipway: osls $SLIPWAY_OSLS_VERSION and what it needs are not the packages that buildspecs/tools.json pins. Nothing of it was run." >&2
  exit 1
fi
bare_npm ci --ignore-scripts
cd "$CODEBUILD_SRC_DIR/$SLIPWAY_DIRECTORY"
if [ -f package.json ]; then
  if [ ! -f package-lock.json ]; then
    echo "slipway: there is no package-lock.json beside package.json. Run npm install and commit what it writes." >&2
    exit 1
  fi
  problems=$(jq -c --arg registry "$(cd "$SLIPWAY_WORK/npm" && bare_npm config get registry)" '
    if (.packages | type) != "object" or (.lockfileVersion | IN(2, 3) | not) then ["is of another version than 2 or 3; write it with npm 7 or later"] else
    [(.packages[""].workspaces? // empty | "has workspaces, which are links; package each of them by itself"),
    (.packages | to_entries[] | select(.key != "") | .key as $name | .value
      | (select($name | test("\\A(node_modules/(@[a-z0-9~][a-z0-9._~-]*/)?[A-Za-z0-9~_-][A-Za-z0-9._~-]*/?)+\\z") | not) | "\($name) lies outside node_modules; use a package of the registry"),
        (select(.link != null) | "\($name) is a link to \(.resolved); use a package of the registry"),
        (select(.link == null and .resolved != null and (.resolved | type != "string" or (startswith($registry) | not)))
          | "\($name) comes from \(.resolved), not from the registry; use a package of the registry"),
        (select(.link == null and .inBundle != true and (.integrity | type != "string" or (test("\\Asha(256|384|512)-") | not)))
          | "\($name) has no integrity by SHA-2; remove the entry and run npm install"))] end' package-lock.json)
  if [ "$problems" != "[]" ]; then
    jq -r '.[] | "slipway: package-lock.json: \(.)."' <<<"$problems" >&2
    exit 1
  fi
  cp package.json package-lock.json "$SLIPWAY_WORK/modules/"
  (cd "$SLIPWAY_WORK/modules" && bare_npm ci --ignore-scripts && mkdir -p node_modules)
  rm -rf node_modules
  mv "$SLIPWAY_WORK/modules/node_modules" node_modules
fi
