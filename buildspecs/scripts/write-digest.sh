set -euo pipefail
# What was judged before the push is what is released: only the zeros become the digest that the registry gave. A chart
# never sees the digest, so it cannot render one thing for the gates and another for the cluster.
cd "$CODEBUILD_SRC_DIR"
digest=$(cat "$SLIPWAY_WORK/digest")
rm -rf .slipway
cp -r "$SLIPWAY_WORK/release" .slipway
find .slipway -type f -exec sed -i "s/sha256:0\{64\}/$digest/g" {} +
jq -n --arg application "$SLIPWAY_APPLICATION" --arg repository "$SLIPWAY_REPOSITORY_URI" --arg digest "$digest" \
  --arg commit "$SLIPWAY_COMMIT_ID" '$ARGS.named' >.slipway/image.json
export SLIPWAY_DIGEST=$digest
