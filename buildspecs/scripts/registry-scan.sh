set -euo pipefail
# The registry's own scan is the second opinion. It runs on push; a status that is not known here stops the release.
digest=$(cat "$SLIPWAY_WORK/digest")
status=PENDING
for _ in {1..60}; do
  if aws ecr describe-image-scan-findings --repository-name "${SLIPWAY_REPOSITORY_URI#*/}" --image-id "imageDigest=$digest" \
    --no-paginate --output json >"$SLIPWAY_WORK/findings.json" 2>"$SLIPWAY_WORK/findings.log"; then
    status=$(jq -r '.imageScanStatus.status' "$SLIPWAY_WORK/findings.json")
  elif ! grep -q ScanNotFoundException "$SLIPWAY_WORK/findings.log"; then
    cat "$SLIPWAY_WORK/findings.log" >&2
    exit 1
  fi
  case "$status" in
    PENDING | IN_PROGRESS) sleep 10 ;;
    *) break ;;
  esac
done
case "$status" in
  COMPLETE | ACTIVE) ;;
  *)
    echo "slipway: the registry did not scan $digest (its status is $status), so there is no second opinion on it." >&2
    exit 1
    ;;
esac
if [ "$(jq '.imageScanFindings.findingSeverityCounts.CRITICAL // 0' "$SLIPWAY_WORK/findings.json")" != 0 ]; then
  echo "slipway: the registry's scan found critical vulnerabilities in $digest:" >&2
  jq -c '.imageScanFindings.findingSeverityCounts' "$SLIPWAY_WORK/findings.json" >&2
  exit 1
fi
