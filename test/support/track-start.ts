/** What the platform gives to every publish job for the judgement of how its run was started. */
export const startVariables = {
  SLIPWAY_PIPELINE: "shop-main",
  SLIPWAY_EXECUTION_ID: "7d0c1f6e-5b1a-4c3d-9e8f-0123456789ab",
  SLIPWAY_BRANCH: "main",
  SLIPWAY_BRANCH_PATTERN: "\\A(?:main)\\z",
  SLIPWAY_STARTS: "branches main",
} as const;

/** The fake AWS CLI's answer about a run: what started it. */
export const startedBy = (triggerType: string) => ({
  "codepipeline get-pipeline-execution": `echo '${JSON.stringify({ pipelineExecution: { trigger: { triggerType } } })}'`,
});

export const pushed = startedBy("WebhookV2");
