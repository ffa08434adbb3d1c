import type { Build } from "./buildspec-runner";
import { lines } from "./fake-tools";

export const repository = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/slipway/shop";
export const digest = `sha256:${"a".repeat(64)}`;
/** What stands in place of the digest until the registry has given one. */
export const zeros = `sha256:${"0".repeat(64)}`;

/** What the platform gives to the image and the publish job of application `shop`. */
const imageVariables = {
  SLIPWAY_APPLICATION: "shop",
  SLIPWAY_REPOSITORY_URI: repository,
  SLIPWAY_DOCKERFILE: "Dockerfile",
  SLIPWAY_CONTEXT: ".",
  SLIPWAY_COMMIT_ID: "0123abcd",
};
export const ecsVariables = {
  ...imageVariables,
  SLIPWAY_CONTAINER_NAME: "web",
  SLIPWAY_TASK_DEFINITION: "ecs/task-definition.json",
};
export const kubernetesVariables = { ...imageVariables, SLIPWAY_ENVIRONMENTS: "dev prod" };

/** The container of an ECS application that the platform accepts. */
export const webContainer = {
  name: "web",
  image: "<set by the platform>",
  healthCheck: { command: ["CMD", "/health"] },
};

/** A registry that does not have the image, and one that does: its answers to `ecr batch-get-image`, as bash. */
export const absent = `echo '${JSON.stringify({ images: [], failures: [{ failureCode: "ImageNotFound" }] })}'`;
export const present = `echo '${JSON.stringify({ images: [{ imageId: { imageDigest: digest } }], failures: [] })}'`;

/** Words of the docker commands that were run. */
export const dockerWords = (run: Build) => lines(run.calls, "docker").map((line) => line.split(" ")[0]);
