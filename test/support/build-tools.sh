#!/usr/bin/env bash
# Builds the open-source tools of buildspecs/tools.json from their Go modules into .engine/tools, for the tests that use
# the real ones (test/buildspecs/real-tools.test.ts). Takes some minutes, and a second when they are there already.
set -euo pipefail
cd "$(dirname "$0")/../.."
GOBIN=$PWD/.engine/tools
export GOBIN
mkdir -p "$GOBIN"

build() { # tool, Go package
  local version
  version=$(jq -r --arg name "$1" '.binaries[$name].version' buildspecs/tools.json)
  if [ "$(cat "$GOBIN/$1.version" 2>/dev/null)" = "$version" ]; then return; fi
  go install "$2@v$version"
  echo "$version" >"$GOBIN/$1.version"
}

build gitleaks github.com/zricethezav/gitleaks/v8
build helm helm.sh/helm/v3/cmd/helm
build kubeconform github.com/yannh/kubeconform/cmd/kubeconform
build yq github.com/mikefarah/yq/v4

# Says with BuildKit's own code what a Dockerfile would fetch and whether the platform's source policy lets it:
# test/support/buildkit, whose go.mod pins the version.
if [ "$(cat "$GOBIN/buildkit-sources.version" 2>/dev/null)" != "$(cat test/support/buildkit/* | sha256sum)" ]; then
  (cd test/support/buildkit && go build -o "$GOBIN/buildkit-sources" .)
  cat test/support/buildkit/* | sha256sum >"$GOBIN/buildkit-sources.version"
fi
