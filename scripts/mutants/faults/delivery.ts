import type { Fault, TestName } from "../fault";

const plan = (title: string): TestName => ({ file: "test/delivery/plan-application.test.ts", title });
const events = (title: string): TestName => ({
  file: "test/delivery/events.test.ts",
  title: `the event rules ${title}`,
});
const decision = (call: string): TestName =>
  events(
    `tell once of ${call}, whoever decides: an approver, an administrator, the platform, the emergency role`,
  );
const eventsByTable = (title: string): TestName => ({
  file: "test/delivery/events.test.ts",
  title: `by AWS's table of actions, the event rules ${title}`,
});
const deployed = (title: string): TestName => ({
  file: "test/delivery/plan-deploy-job.test.ts",
  title: `the deploy jobs of a plan ${title}`,
});
const pipelines = "delivery/plan-application.ts";
const jobs = "delivery/plan-jobs.ts";

export const deliveryFaults: readonly Fault[] = [
  {
    name: "releases overtake each other on their way to production",
    file: pipelines,
    find: 'environments.some(({ production }) => production) ? "QUEUED" : "SUPERSEDED"',
    replace: 'environments.every(({ production }) => production) ? "QUEUED" : "SUPERSEDED"',
    killedBy: plan(
      "the delivery plan queues the releases of a track that passes dev on its way to production",
    ),
  },
  {
    name: "nobody is asked before production",
    file: pipelines,
    find: "return approval ? [",
    replace: "return approval && !environment.production ? [",
    killedBy: plan(
      "the delivery plan leads a serverless application from source over tests and package through its environments",
    ),
  },
  {
    name: "an approval waits for an hour, whatever the settings say",
    file: pipelines,
    find: "timeoutMinutes: approval.timeoutMinutes,",
    replace: "timeoutMinutes: 60,",
    killedBy: plan("the delivery plan waits for an approval as long as the environment says"),
  },
  {
    name: "the deployment window is forgotten",
    file: pipelines,
    find: "    ...(environment.deploymentWindow && {",
    replace: "    ...(environment.deploymentWindow && !environment.production && {",
    killedBy: plan(
      "the delivery plan asks for the deployment window after the approver, at the door of the environment's own stage",
    ),
  },
  {
    name: "a release waits a day for the window",
    file: pipelines,
    find: "const windowTimeoutMinutes = 14 * 24 * 60;",
    replace: "const windowTimeoutMinutes = 24 * 60;",
    killedBy: plan(
      "the delivery plan asks for the deployment window after the approver, at the door of the environment's own stage",
    ),
  },
  {
    name: "a failed deployment stays",
    file: pipelines,
    find: 'onFailure: "ROLLBACK",',
    replace: 'onFailure: "FAIL",',
    killedBy: plan(
      "the delivery plan goes back to the last release after a failed deployment, and only then",
    ),
  },
  {
    name: "nothing is tested",
    file: pipelines,
    find: "actions: [testAction(names.testProjectName(application.name)), ...buildActions(application, track)],",
    replace: "actions: buildActions(application, track),",
    killedBy: plan("the delivery plan builds an image for a container application"),
  },
  {
    name: "the image is built before the tests ran",
    file: pipelines,
    find: "      runOrder: 2,\n",
    replace: "      runOrder: 1,\n",
    killedBy: plan("the jobs of a plan come one after another: what is built was tested"),
  },
  {
    name: "a pull request's pipeline builds",
    file: pipelines,
    find: "actions: [testAction(names.pullRequestProjectName(application.name))],",
    replace:
      "actions: [testAction(names.pullRequestProjectName(application.name)), ...application.tracks.flatMap((track) => buildActions(application, track))],",
    killedBy: plan(
      "the delivery plan tests pull requests in a pipeline of their own, without build, deployment or other pipelines' artifacts",
    ),
  },
  {
    name: "a track leads through all environments",
    file: pipelines,
    find: "platform.environments.filter(({ name }) => track.environments.includes(name));",
    replace: "platform.environments.filter(({ name }) => name !== track.name);",
    killedBy: plan(
      "the delivery plan makes one pipeline for each track, with the environments of that track",
    ),
  },
  {
    name: "the test job runs Docker",
    file: jobs,
    find: "  privileged: false,\n  reports: [],",
    replace: "  privileged: true,\n  reports: [],",
    killedBy: plan("the jobs of a plan are privileged only where images are built (serverless)"),
  },
  {
    name: "the test job writes an artifact",
    file: jobs,
    find: "    reads: pipelines.map((pipeline) => names.artifactPrefix(pipeline, artifacts.source)),\n    writes: [],",
    replace:
      "    reads: pipelines.map((pipeline) => names.artifactPrefix(pipeline, artifacts.source)),\n    writes: pipelines.map((pipeline) => names.artifactPrefix(pipeline, artifacts.image)),",
    killedBy: plan(
      "the jobs of a plan never write what another job writes, nor read what they write themselves (ecs)",
    ),
  },
  {
    name: "a deploy job reads what other tracks built",
    file: jobs,
    find: "    .filter((track) => environment === undefined || track.environments.includes(environment))\n",
    replace: "",
    killedBy: deployed("read what is deployed to their environment only from tracks that lead there"),
  },
  {
    name: "reports go into another job's group",
    file: jobs,
    find: "group: names.reportGroupName(project, report.name),",
    replace: "group: report.name,",
    killedBy: {
      file: "test/access/rights.test.ts",
      title: "the rights of one application of kind ecs are these in the CI/CD account, in every role",
    },
  },
  {
    name: "an ECS application runs without its own role",
    file: "delivery/plan-deploy-job.ts",
    find: "SLIPWAY_TASK_ROLE_ARN: names.taskRoleArn(environment, application),",
    replace: "SLIPWAY_TASK_ROLE_ARN: names.taskExecutionRoleArn(environment, application),",
    killedBy: deployed("know the names of what they deploy (ecs)"),
  },
  {
    name: "an application is deployed where its track does not lead",
    file: "delivery/target.ts",
    find: "    .filter(({ name }) => leadsTo(application, name))\n",
    replace: "",
    killedBy: deployed("deploy only where a track leads"),
  },
  {
    name: "nobody hears of an overridden gate",
    file: "delivery/events.ts",
    find: '  "OverrideStageCondition",\n  "PutApprovalResult"',
    replace: '  "PutApprovalResult"',
    killedBy: decision("OverrideStageCondition"),
  },
  {
    name: "nobody hears of a rollback",
    file: "delivery/events.ts",
    find: '  "RollbackStage",\n',
    replace: "",
    killedBy: decision("RollbackStage"),
  },
  {
    name: "every push to a repository is told as a start by hand",
    file: "delivery/events.ts",
    find: '{ type: [{ "anything-but": ["AWSService"] }] }',
    replace: "{}",
    killedBy: events("do not tell of what CodePipeline starts and rolls back by itself"),
  },
  {
    name: "nobody hears of calls by IAM users",
    file: "delivery/events.ts",
    find: "issuedBy({ exists: false })",
    replace: "issuedBy({ exists: true })",
    killedBy: events("tell of builds and stops that no pipeline asked for"),
  },
  {
    name: "nobody hears of a key that is about to be deleted",
    file: "delivery/events.ts",
    find: '["aws.ecr", "aws.kms", "aws.sns", "aws.events"]',
    replace: '["aws.ecr", "aws.sns", "aws.events"]',
    killedBy: eventsByTable("tell of every change in kms by anyone but the platform, users and root too"),
  },
  {
    name: "nobody hears of a deleted image",
    file: "delivery/events.ts",
    find: '  "BatchGetRepositoryScanningConfiguration",\n',
    replace: '  "BatchGetRepositoryScanningConfiguration",\n  "BatchDeleteImage",\n',
    killedBy: eventsByTable("tell of every change in ecr by anyone but the platform, users and root too"),
  },
  {
    name: "changes to every bucket are told as the artifact bucket's",
    file: "delivery/events.ts",
    find: "requestParameters: { bucketName: [names.artifactBucketName(platform)] },",
    replace: "",
    killedBy: events("tell of changes to the artifact bucket, by CloudTrail's names, and of no other bucket"),
  },
];
