set -euo pipefail
# gitleaks honours a .gitleaksignore at the root of what it scans, so the tree is scanned one level below that root.
# Its other ways to look aside (the repository's configuration, comments in the code) are turned off by flags.
rm -rf "$SLIPWAY_WORK/scan" "$SLIPWAY_WORK/empty"
mkdir -p "$SLIPWAY_WORK/scan" "$SLIPWAY_WORK/empty"
cp -a "$CODEBUILD_SRC_DIR" "$SLIPWAY_WORK/scan/source"
report=$SLIPWAY_WORK/secrets.json
status=0
"$SLIPWAY_WORK/bin/gitleaks" dir "$SLIPWAY_WORK/scan" --config "$SLIPWAY_WORK/gitleaks.toml" \
  --gitleaks-ignore-path "$SLIPWAY_WORK/empty" --ignore-gitleaks-allow --redact --no-banner --no-color \
  --report-format json --report-path "$report" || status=$?
rm -rf "$SLIPWAY_WORK/scan"
if [ "$(jq 'type == "array"' "$report")" != true ]; then
  echo "slipway: the secret scan left no report (exit status $status), so nobody knows whether there are secrets." >&2
  exit 1
fi
if [ "$status" -ne 0 ] || [ "$(jq length "$report")" != 0 ]; then
  echo "slipway: there are secrets in the source. Revoke them, then take them out; the history keeps what was pushed." >&2
  jq -r '.[] | "  \(.File | sub("^.*/scan/source/"; "")):\(.StartLine)  \(.RuleID)"' "$report" >&2
  exit 1
fi
