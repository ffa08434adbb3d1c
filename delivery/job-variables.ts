import type { BuildspecFile } from "./buildspec";

/** One environment variable that the platform gives to jobs. All are plain text: no job is given a secret. */
export interface JobVariable {
  readonly name: string;
  readonly jobs: readonly BuildspecFile[];
  /** `project`: fixed in the CodeBuild project. `action`: given by the pipeline's action, another for every execution. */
  readonly from: "project" | "action";
  readonly meaning: string;
}

const imageEcs = ["image-ecs.yaml"] as const;
const imageKubernetes = ["image-kubernetes.yaml"] as const;
const image = [...imageEcs, ...imageKubernetes] as const;
const packaging = ["package-serverless.yaml"] as const;
const publishEcs = ["publish-ecs.yaml"] as const;
const publishKubernetes = ["publish-kubernetes.yaml"] as const;
const publishImage = [...publishEcs, ...publishKubernetes] as const;
const publishServerless = ["publish-serverless.yaml"] as const;
const publish = [...publishServerless, ...publishImage] as const;
const serverless = ["deploy-serverless.yaml"] as const;
const ecs = ["deploy-ecs.yaml"] as const;
const kubernetes = ["deploy-kubernetes.yaml"] as const;
const deploy = [...serverless, ...ecs, ...kubernetes] as const;

/** Every variable that a buildspec reads and does not set itself: these and no others must be set. */
export const jobVariables: readonly JobVariable[] = [
  project("SLIPWAY_APPLICATION", [...image, ...publish, ...deploy], "the application's name"),
  project("SLIPWAY_DEPLOYMENT_KIND", deploy, "serverless, ecs or kubernetes"),
  action(
    "SLIPWAY_COMMIT_ID",
    [...image, ...publish],
    "#{SourceVariables.CommitId}, or the version of an S3 source",
  ),
  project(
    "SLIPWAY_FILES",
    [...publish, ...deploy],
    "files of the artifact that the job takes, and no others; with ? after what may be missing",
  ),
  action(
    "SLIPWAY_INPUT_SEAL",
    [...publish, ...deploy],
    "the seal that the job exported whose artifact this one is given",
  ),
  action(
    "SLIPWAY_EXECUTION_ID",
    [...publish, ...deploy],
    "#{codepipeline.PipelineExecutionId}; in deploy jobs the source identity of every session",
  ),
  action("SLIPWAY_PIPELINE", [...publish, ...deploy], "name of the pipeline that runs the job"),
  action("SLIPWAY_BRANCH", publish, "#{SourceVariables.BranchName}"),
  project("SLIPWAY_BRANCH_PATTERN", publish, "regular expression of the branches that start the track"),
  project("SLIPWAY_STARTS", publish, "what starts the track, in words"),
  action("SLIPWAY_APPROVAL_STAGE", deploy, "name of the stage in which a person approved, or none"),

  project(
    "SLIPWAY_REPOSITORY_URI",
    [...image, ...publishImage],
    "<account>.dkr.ecr.<region>.amazonaws.com/slipway/<application>",
  ),
  project("SLIPWAY_DOCKERFILE", [...image, ...publishImage], "path of the Dockerfile in the repository"),
  project("SLIPWAY_CONTEXT", [...image, ...publishImage], "folder that is sent to docker build"),
  project(
    "SLIPWAY_CONTAINER_NAME",
    [...imageEcs, ...publishEcs],
    "the container of the task definition that runs the image",
  ),
  project(
    "SLIPWAY_TASK_DEFINITION",
    [...imageEcs, ...publishEcs],
    "path of the task definition's template in the repository",
  ),
  project("SLIPWAY_CHART", imageKubernetes, "folder of the Helm chart in the repository"),

  project(
    "SLIPWAY_ENVIRONMENTS",
    [...imageKubernetes, ...packaging, ...publishServerless, ...publishKubernetes],
    "environments of the track, separated by spaces",
  ),
  project("SLIPWAY_DIRECTORY", packaging, "folder of serverless.yml in the repository; . for its root"),
  project("SLIPWAY_ARTIFACT_BUCKET", [...publishServerless, ...serverless], "name of the artifact bucket"),
  project("SLIPWAY_KMS_KEY_ALIAS", publishServerless, "alias of the artifact key, with alias/ before it"),

  project("SLIPWAY_ENVIRONMENT", deploy, "the environment's name"),
  project("SLIPWAY_ENVIRONMENT_ACCOUNT", deploy, "the environment's account id"),
  project("SLIPWAY_ENVIRONMENT_REGION", deploy, "the environment's region"),
  project("SLIPWAY_DOOR_ROLE_ARN", deploy, "CICDCrossAccountRole in the environment's account"),

  project("SLIPWAY_STACK_NAME", serverless, "CloudFormation stack, <application>-<environment>"),
  project("SLIPWAY_EXECUTION_ROLE_ARN", serverless, "role that CloudFormation works with"),
  project(
    "SLIPWAY_HEALTH_PATH",
    serverless,
    "path that must answer 200 after a deployment, with a slash before it",
  ),

  project("SLIPWAY_CLUSTER", [...ecs, ...kubernetes], "name of the ECS or EKS cluster"),
  project("SLIPWAY_SERVICE", ecs, "ECS service and task family, <application>-<environment>"),
  project("SLIPWAY_TASK_ROLE_ARN", ecs, "role of the application's containers"),
  project("SLIPWAY_TASK_EXECUTION_ROLE_ARN", ecs, "role with which ECS pulls the image and writes logs"),
  project("SLIPWAY_SUBNETS", ecs, "subnet ids, separated by commas"),
  project("SLIPWAY_SECURITY_GROUPS", ecs, "security group ids, separated by commas"),
  project("SLIPWAY_DESIRED_COUNT", ecs, "number of tasks"),
  project("SLIPWAY_LOG_GROUP", ecs, "log group of the application's containers"),

  project("SLIPWAY_NAMESPACE", kubernetes, "the application's namespace"),
  project("SLIPWAY_NAMESPACE_ROLE_ARN", kubernetes, "role that may deploy into the namespace"),
];

/** Names of the variables that `file` needs, from where `from` says. */
export function jobVariableNames(file: BuildspecFile, from: JobVariable["from"]): readonly string[] {
  return jobVariables
    .filter((variable) => variable.from === from && variable.jobs.includes(file))
    .map(({ name }) => name);
}

function project(name: string, jobs: readonly BuildspecFile[], meaning: string): JobVariable {
  return { name, jobs, from: "project", meaning };
}

function action(name: string, jobs: readonly BuildspecFile[], meaning: string): JobVariable {
  return { name, jobs, from: "action", meaning };
}
