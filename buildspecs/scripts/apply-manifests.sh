set -euo pipefail
manifests=$CODEBUILD_SRC_DIR/manifests/$SLIPWAY_ENVIRONMENT.json
if [ "$(jq '.kind == "List" and (.items | length > 0)' "$manifests")" != true ]; then
  echo "slipway: the image job left no manifests for $SLIPWAY_ENVIRONMENT. Nothing was deployed." >&2
  exit 1
fi
# Every call to the cluster is made as the namespace's role; the door itself has no rights there.
export AWS_PROFILE=slipway-namespace KUBECONFIG=$SLIPWAY_WORK/kubeconfig
aws eks update-kubeconfig --name "$SLIPWAY_CLUSTER" --kubeconfig "$KUBECONFIG"
kubectl=("$SLIPWAY_WORK/bin/kubectl" --namespace "$SLIPWAY_NAMESPACE")
"${kubectl[@]}" apply --server-side --force-conflicts --field-manager slipway --filename "$manifests"
jq -r '.items[] | select(.kind | IN("Deployment", "StatefulSet", "DaemonSet")) | "\(.kind | ascii_downcase)/\(.metadata.name)"' \
  "$manifests" >"$SLIPWAY_WORK/workloads"
while read -r workload; do
  "${kubectl[@]}" rollout status "$workload" --timeout 10m
done <"$SLIPWAY_WORK/workloads"
