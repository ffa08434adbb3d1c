set -euo pipefail
# gitleaks honours a .gitleaksignore at the root of what it scans, so the tree is scanned one level below that root.
# Its other ways to look aside (the repository's configuration, comments in the code) are turned off by flags.
# First the tree as it is, archives opened. Then, because gitleaks' own rules skip files by name (lock files, vendor/,
# node_modules/, images, .bin and others) and by their first bytes, all contents as one text without any name.
tree=$CODEBUILD_SRC_DIR
what="the source"
if [ -d "$SLIPWAY_WORK/shipped" ]; then tree=$SLIPWAY_WORK/shipped what="what was packaged"; fi
report=$SLIPWAY_WORK/secrets.json
scan() {
  local status=0
  rm -f "$report"
  "$SLIPWAY_WORK/bin/gitleaks" dir "$SLIPWAY_WORK/scan" --config "$SLIPWAY_WORK/gitleaks.toml" \
    --gitleaks-ignore-path "$SLIPWAY_WORK/empty" --ignore-gitleaks-allow --redact --no-banner --no-color \
    --max-archive-depth 8 --max-decode-depth 5 --report-format json --report-path "$report" || status=$?
  if [ "$(jq 'type == "array"' "$report")" != true ]; then
    echo "slipway: the secret scan left no report (exit status $status), so nobody knows whether there are secrets." >&2
    exit 1
  fi
  if [ "$status" -ne 0 ] || [ "$(jq length "$report")" != 0 ]; then
    echo "slipway: there are secrets in $what. Revoke them, then take them out; the history keeps what was pushed." >&2
    "$1" >&2
    exit 1
  fi
}
by_name() { jq -r '.[] | "  \(.File | sub("^.*/scan/source/"; "")):\(.StartLine)  \(.RuleID)"' "$report"; }
by_line() {
  jq -r '.[] | "\(.StartLine) \(.RuleID)"' "$report" | while read -r line rule; do
    awk -v line="$line" -v rule="$rule" '$1 <= line { first = $1; name = substr($0, length($1) + 2) }
      END { printf "  %s:%d  %s\n", name, line - first + 1, rule }' "$SLIPWAY_WORK/lines"
  done
}
rm -rf "$SLIPWAY_WORK/scan" "$SLIPWAY_WORK/empty"
mkdir -p "$SLIPWAY_WORK/scan" "$SLIPWAY_WORK/empty"
cp -a "$tree" "$SLIPWAY_WORK/scan/source"
scan by_name
rm -rf "$SLIPWAY_WORK/scan/source"
# Bytes that are no text become new lines; without the zeros of UTF-16. The checksums of lock files look like keys.
text() { tr -d '\000' | tr -c '[:print:]\t\n' '\n' | sed -E 's/sha(1|256|384|512)[-:=][A-Za-z0-9+\/=]{27,}//g' && echo; }
opened() {
  case $(head -c 2 -- "$1" | od -An -tx1) in
    " 50 4b") unzip -p -P '' "$1" || true ;;
    " 1f 8b") gzip -dc -- "$1" || true ;;
    " 42 5a") bzip2 -dc -- "$1" || true ;;
    " fd 37") xz -dc -- "$1" || true ;;
  esac 2>/dev/null </dev/null | head -c 268435456
}
export LC_ALL=C
line=2
echo >"$SLIPWAY_WORK/scan/text"
: >"$SLIPWAY_WORK/lines"
while IFS= read -r -d '' file; do
  printf '%d %q\n' "$line" "${file#./}" >>"$SLIPWAY_WORK/lines"
  count=$({ text <"$tree/$file"; opened "$tree/$file" | text; } | tee -a "$SLIPWAY_WORK/scan/text" | wc -l)
  line=$((line + count))
done < <(cd "$tree" && find . -type f -print0 | sort -z)
scan by_line
rm -rf "$SLIPWAY_WORK/scan"
