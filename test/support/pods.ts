/** A pod's spec with one container that the Pod Security Standard "restricted" has nothing against. */
export function restrictedPod(
  image: string,
  container: object = {},
  pod: object = {},
): Record<string, unknown> {
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "main",
        image,
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        ...container,
      },
    ],
    ...pod,
  };
}
