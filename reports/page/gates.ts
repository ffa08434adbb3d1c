/**
 * The gates inside of jobs: a job shows them only by what its buildspec runs. Each has a text that stands in the platform's
 * scripts for it and nowhere else; a test holds the list against the shipped platform.
 */
const gates: readonly (readonly [mark: string, gate: string])[] = [
  ["SLIPWAY_APPROVAL_STAGE", "who started and approved it"],
  ["SLIPWAY_INPUT_SEAL", "same bytes as before"],
  ['/bin/gitleaks" dir', "secret scan"],
  ["Trivy left no report on the dependencies", "dependency scan"],
  ['/bin/trivy" image', "image scan"],
  ["describe-image-scan-findings", "registry scan"],
  ["judge-manifests", "manifest rules"],
  ["judge-template", "template rules"],
  ["judge-task-definition", "task definition rules"],
  ["wait services-stable", "service is stable"],
  ["curl -q", "health check"],
];

/** The gates that a buildspec holds, in the order of the list. */
export function gatesOf(buildspec: string): string[] {
  return gates.filter(([mark]) => buildspec.includes(mark)).map(([, gate]) => gate);
}
