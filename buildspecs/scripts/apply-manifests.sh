set -euo pipefail
manifests=$SLIPWAY_WORK/artifact/manifests/$SLIPWAY_ENVIRONMENT.json
if [ "$(jq '.kind == "List" and (.items | type == "array" and length > 0)' "$manifests")" != true ]; then
  echo "slipway: the image job left no manifests for $SLIPWAY_ENVIRONMENT. Nothing was deployed." >&2
  exit 1
fi
# Judged again here, where no code of the application ran. The built image is the one of the application's repository.
image=$(jq -r --arg repository "/slipway/$SLIPWAY_APPLICATION@" '[.items[] | .. | objects | .image? | strings
  | select(test("\\A[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/[a-z0-9/_-]+@sha256:[0-9a-f]{64}\\z")
      and contains($repository))] | unique | if length == 1 then .[0] else "none" end' "$manifests")
problems=$(jq -c --arg namespace "$SLIPWAY_NAMESPACE" --arg image "$image" --slurpfile allowed "$SLIPWAY_WORK/allowed-images.json" \
  --arg today "$(date -u +%F)" -f "$SLIPWAY_WORK/judge-manifests.jq" "$manifests")
if [ "$problems" != "[]" ]; then
  jq -r --arg environment "$SLIPWAY_ENVIRONMENT" '.[] | "slipway: manifests for \($environment): \(.)"' <<<"$problems" >&2
  exit 1
fi
# Every call to the cluster is made as the namespace's role; the door itself has no rights there.
export AWS_PROFILE=slipway-namespace KUBECONFIG=$SLIPWAY_WORK/kubeconfig
aws eks update-kubeconfig --name "$SLIPWAY_CLUSTER" --kubeconfig "$KUBECONFIG"
kubectl=("$SLIPWAY_WORK/bin/kubectl" --namespace "$SLIPWAY_NAMESPACE")
# The cluster itself must hold pods to the same standard: what the gates here overlook, or a controller makes, ends there.
"${kubectl[@]}" get namespace "$SLIPWAY_NAMESPACE" --output json >"$SLIPWAY_WORK/namespace.json"
enforced=$(jq -r '.metadata.labels["pod-security.kubernetes.io/enforce"] // "nothing"' "$SLIPWAY_WORK/namespace.json")
if [ "$enforced" != restricted ]; then
  echo "slipway: the namespace $SLIPWAY_NAMESPACE enforces $enforced, not the Pod Security Standard restricted. Nothing was deployed." >&2
  echo "slipway: who owns the cluster runs: kubectl label namespace $SLIPWAY_NAMESPACE pod-security.kubernetes.io/enforce=restricted" >&2
  exit 1
fi
"${kubectl[@]}" apply --server-side --force-conflicts --field-manager slipway --filename "$manifests"
jq -r '.items[] | select(.kind | IN("Deployment", "StatefulSet", "DaemonSet")) | "\(.kind | ascii_downcase)/\(.metadata.name)"' \
  "$manifests" >"$SLIPWAY_WORK/workloads"
while read -r workload; do
  "${kubectl[@]}" rollout status --timeout 10m -- "$workload"
done <"$SLIPWAY_WORK/workloads"
