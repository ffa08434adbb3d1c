set -euo pipefail
# The lock file in the package job, the archive that ships in the publish job. Runs in an empty folder: see scan-image.sh.
tree=$CODEBUILD_SRC_DIR/${SLIPWAY_DIRECTORY:-.}
scan=fs
if [ -d "$SLIPWAY_WORK/shipped" ]; then tree=$SLIPWAY_WORK/shipped scan=rootfs; fi
report=$SLIPWAY_WORK/scan.json
rm -f "$report"
cd "$SLIPWAY_WORK/empty"
"$SLIPWAY_WORK/bin/trivy" "$scan" --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 0 --no-progress \
  --include-dev-deps --list-all-pkgs --ignorefile "$SLIPWAY_WORK/trivyignore.yaml" --format json --output "$report" -- "$tree"
if [ "$(jq '.ArtifactType == "filesystem"' "$report")" != true ]; then
  echo "slipway: Trivy left no report on the dependencies." >&2
  exit 1
fi
# A scanner that recognised nothing cannot say that it is safe. The lock file holds the framework at least; an archive
# holds packages when it has a folder for them.
expected=yes
if [ "$scan" = rootfs ]; then
  expected=$(find "$tree" -type d \( -name node_modules -o -name '*.dist-info' \) -print -quit)
fi
if [ -n "$expected" ] && [ "$(jq '[.Results[]?.Packages[]?] | length > 0' "$report")" != true ]; then
  echo "slipway: Trivy recognised no package in ${tree##*/}, so it cannot say that it is safe. Keep the lock file beside serverless.yml." >&2
  exit 1
fi
# What only development needs does not ship; it is there so that the lock file is seen to be read.
jq '[.Results[]? | ([.Packages[]? | select(.Dev == true) | .ID]) as $dev
  | .Vulnerabilities[]? | select((.PkgID // "") as $id | $dev | index($id) | not)]' "$report" >"$SLIPWAY_WORK/vulnerabilities.json"
if [ "$(jq length "$SLIPWAY_WORK/vulnerabilities.json")" != 0 ]; then
  echo "slipway: dependencies have vulnerabilities for which there is a fix. Update what is named here:" >&2
  jq -r '.[] | "  \(.Severity) \(.VulnerabilityID) \(.PkgName) \(.InstalledVersion), fixed in \(.FixedVersion)"' \
    "$SLIPWAY_WORK/vulnerabilities.json" >&2
  exit 1
fi
