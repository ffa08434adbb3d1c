set -euo pipefail
# The built image, and every other one that runs beside it. In an empty folder: Trivy reads trivy.yaml, .trivyignore and
# trivy-secret.yaml from where it stands.
report=$SLIPWAY_WORK/scan.json
mkdir -p "$SLIPWAY_WORK/empty"
cd "$SLIPWAY_WORK/empty"
{
  echo slipway:candidate
  cat "$SLIPWAY_WORK/sidecars"
} >"$SLIPWAY_WORK/scanned"
while read -r image; do
  from=docker
  if [ "$image" != slipway:candidate ]; then from=remote; fi
  rm -f "$report"
  "$SLIPWAY_WORK/bin/trivy" image --image-src "$from" --scanners vuln,secret --severity HIGH,CRITICAL --ignore-unfixed \
    --exit-code 0 --no-progress --ignorefile "$SLIPWAY_WORK/trivyignore.yaml" --list-all-pkgs --format json \
    --output "$report" -- "$image" </dev/null
  # The verdict is taken from the report and not from the exit status, so that a scanner that saw nothing cannot pass.
  if [ "$(jq --arg image "$image" '.ArtifactName == $image and ([.Results[]?.Packages[]?] | length > 0)' "$report")" != true ]; then
    echo "slipway: Trivy recognised no package in $image, so it cannot say that it is safe. Build from a base that it knows." >&2
    exit 1
  fi
  if [ "$(jq '[.Results[]?.Vulnerabilities[]?] | length' "$report")" != 0 ]; then
    echo "slipway: $image has vulnerabilities for which there is a fix. Update what is named here:" >&2
    jq -r '.Results[]?.Vulnerabilities[]? | "  \(.Severity) \(.VulnerabilityID) \(.PkgName) \(.InstalledVersion), fixed in \(.FixedVersion)"' "$report" >&2
    exit 1
  fi
  if [ "$(jq '[.Results[]?.Secrets[]?] | length' "$report")" != 0 ]; then
    echo "slipway: there are secrets in $image. Revoke them, then build without them; earlier layers keep what later ones delete:" >&2
    jq -r '.Results[]? | .Target as $target | .Secrets[]? | "  \($target):\(.StartLine)  \(.RuleID)"' "$report" >&2
    exit 1
  fi
done <"$SLIPWAY_WORK/scanned"
