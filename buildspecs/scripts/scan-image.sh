set -euo pipefail
# Runs in an empty folder: Trivy reads trivy.yaml and .trivyignore from where it stands.
report=$SLIPWAY_WORK/scan.json
cd "$SLIPWAY_WORK/empty"
"$SLIPWAY_WORK/bin/trivy" image --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 0 --no-progress \
  --ignorefile "$SLIPWAY_WORK/trivyignore.yaml" --list-all-pkgs --format json --output "$report" slipway:candidate
# The verdict is taken from the report and not from the exit status, so that a scanner that saw nothing cannot pass.
if [ "$(jq '.ArtifactName == "slipway:candidate" and ([.Results[]?.Packages[]?] | length > 0)' "$report")" != true ]; then
  echo "slipway: Trivy recognised no package in the image, so it cannot say that it is safe. Build from a base that it knows." >&2
  exit 1
fi
if [ "$(jq '[.Results[]?.Vulnerabilities[]?] | length' "$report")" != 0 ]; then
  echo "slipway: the image has vulnerabilities for which there is a fix. Update what is named here:" >&2
  jq -r '.Results[]?.Vulnerabilities[]? | "  \(.Severity) \(.VulnerabilityID) \(.PkgName) \(.InstalledVersion), fixed in \(.FixedVersion)"' "$report" >&2
  exit 1
fi
