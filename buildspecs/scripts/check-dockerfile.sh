set -euo pipefail
# Every image that the build starts from must be named by digest: a tag can be moved to another image at any time.
cd "$CODEBUILD_SRC_DIR"
if [ ! -f "$SLIPWAY_DOCKERFILE" ]; then
  echo "slipway: there is no Dockerfile at $SLIPWAY_DOCKERFILE in the repository." >&2
  exit 1
fi
awk -v file="$SLIPWAY_DOCKERFILE" '
  function check(image, what) {
    if (image in stages || image ~ /^[0-9]+$/ || image == "scratch") return
    if (match(image, /@sha256:[0-9a-f]+$/) && RLENGTH == 72) return
    printf "slipway: %s:%d: %s \"%s\" can change without notice. Write it as name@sha256:<64 digits>.\n", file, NR, what, image
    bad = 1
  }
  { line = $0; sub(/\r$/, "", line) }
  tolower(line) ~ /^[ \t]*#[ \t]*syntax[ \t]*=/ { sub(/^[^=]*=[ \t]*/, "", line); sub(/[ \t]+$/, "", line); check(line, "the syntax image"); next }
  line ~ /^[ \t]*#/ { next }
  toupper($1) == "FROM" {
    n = 2
    while ($n ~ /^--/) n++
    image = $n
    sub(/\r$/, "", image)
    check(image, "the base image")
    name = $(n + 2)
    sub(/\r$/, "", name)
    if (toupper($(n + 1)) == "AS") stages[name] = 1
    froms++
  }
  {
    rest = line
    while (match(rest, /(--from=|[,=]from=)[^ ,\t"]+/)) {
      image = substr(rest, RSTART, RLENGTH)
      rest = substr(rest, RSTART + RLENGTH)
      sub(/^.*from=/, "", image)
      check(image, "the image")
    }
  }
  END {
    if (!froms) { printf "slipway: %s has no FROM line.\n", file; bad = 1 }
    exit bad
  }
' "$SLIPWAY_DOCKERFILE" >&2
