set -euo pipefail
# Reads lock files, so it needs nothing installed. Runs in an empty folder: see scan-image.sh.
report=$SLIPWAY_WORK/scan.json
cd "$SLIPWAY_WORK/empty"
"$SLIPWAY_WORK/bin/trivy" fs --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 0 --no-progress \
  --ignorefile "$SLIPWAY_WORK/trivyignore.yaml" --format json --output "$report" "$CODEBUILD_SRC_DIR/$SLIPWAY_DIRECTORY"
if [ "$(jq '.ArtifactType == "filesystem"' "$report")" != true ]; then
  echo "slipway: Trivy left no report on the dependencies." >&2
  exit 1
fi
if [ "$(jq '[.Results[]?.Vulnerabilities[]?] | length' "$report")" != 0 ]; then
  echo "slipway: dependencies have vulnerabilities for which there is a fix. Update what is named here:" >&2
  jq -r '.Results[]?.Vulnerabilities[]? | "  \(.Severity) \(.VulnerabilityID) \(.PkgName) \(.InstalledVersion), fixed in \(.FixedVersion)"' "$report" >&2
  exit 1
fi
