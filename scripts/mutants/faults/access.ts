import type { Fault, TestName } from "../fault";

const across = (title: string): TestName => ({ file: "test/access/cross-account.test.ts", title });
const people = (title: string): TestName => ({
  file: "test/access/people.test.ts",
  title: `roles for people ${title}`,
});
const rights = (title: string): TestName => ({
  file: "test/access/rights.test.ts",
  title: `the rights of one application ${title}, in every role`,
});

export const accessFaults: readonly Fault[] = [
  {
    name: "deploy jobs have the path of other jobs",
    file: "access/application-access.ts",
    find: 'job.kind === "deploy" ? names.paths.deploy(job.environment.name) : names.paths.job,',
    replace: "names.paths.job,",
    killedBy: across(
      "the way through the door, judged on both sides is open for sts:AssumeRole into prod to the deploy jobs of prod alone",
    ),
  },
  {
    name: "test jobs have the tags of deploy jobs",
    file: "access/application-access.ts",
    find: "        : names.applicationTags(application),",
    replace: '        : names.deployTags(application, "ecs"),',
    killedBy: rights("of kind ecs are these in the CI/CD account"),
  },
  {
    name: "package jobs push images",
    file: "access/application-access.ts",
    find: '    case "package":\n      return jobRole.artifactJobPermissions(platform, rights);',
    replace:
      '      return jobRole.artifactJobPermissions(platform, rights);\n    case "package":\n      return jobRole.publishImagePermissions(platform, "slipway/x", "shop-main", rights);',
    killedBy: rights("of kind serverless are these in the CI/CD account"),
  },
  {
    name: "the job that runs plugins publishes what it made",
    file: "delivery/plan-jobs.ts",
    find: '    buildspec: "package-serverless.yaml",\n    timeoutMinutes: 60,\n    ...between(application, track, [artifacts.source], artifacts.bundle),',
    replace:
      '    buildspec: "package-serverless.yaml",\n    timeoutMinutes: 60,\n    ...between(application, track, [artifacts.source], artifacts.package),',
    killedBy: rights("of kind serverless are these in the CI/CD account"),
  },
  {
    name: "the job that runs the Dockerfile pushes",
    file: "access/application-access.ts",
    find: "return jobRole.imageJobPermissions(platform, job.repository, rights);",
    replace: 'return jobRole.publishImagePermissions(platform, job.repository, "shop-main", rights);',
    killedBy: rights("of kind ecs are these in the CI/CD account"),
  },
  {
    name: "a track builds for all tracks",
    file: "delivery/plan-jobs.ts",
    find: "writes: [names.artifactPrefix(pipeline, output)],",
    replace:
      "writes: application.tracks.map(({ name }) => names.artifactPrefix(names.pipelineName(application.name, name), output)),",
    killedBy: {
      file: "test/attacks/waiting-artifacts.test.ts",
      title:
        "What waits for an approval stays what was judged: no job of one track may write what another track reads",
    },
  },
  {
    name: "a file that was changed while it waited is taken",
    file: "buildspecs/scripts/accept-artifact.sh",
    find: ' || refuse "$file" "was changed after it was made: its hash is not the one that was sealed"',
    replace: " || true",
    killedBy: {
      file: "test/attacks/waiting-artifacts.test.ts",
      title:
        "What waits for an approval stays what was judged: another file under the old list of hashes is refused before the door is opened",
    },
  },
  {
    name: "any list of hashes is a seal",
    file: "buildspecs/scripts/accept-artifact.sh",
    find: '[ "sha256:${seal%% *}" = "$SLIPWAY_INPUT_SEAL" ] ||',
    replace: "true ||",
    killedBy: {
      file: "test/attacks/waiting-artifacts.test.ts",
      title:
        "What waits for an approval stays what was judged: another file with a list of its own is refused before the door is opened",
    },
  },
  {
    name: "a new pipeline's first run is as good as a push",
    file: "buildspecs/scripts/judge-start.sh",
    find: '[ "$start" != WebhookV2 ]',
    replace: '[ "$start" = "something unknown" ]',
    killedBy: {
      file: "test/attacks/starts.test.ts",
      title: "A run that no push started is refused: the first one of a track by tags",
    },
  },
  {
    name: "an image that could not be marked is deployed",
    file: "buildspecs/scripts/mark-deployed.sh",
    find: "! grep -q ImageAlreadyExistsException",
    replace: "false && ! grep -q ImageAlreadyExistsException",
    killedBy: {
      file: "test/buildspecs/deploy-ecs.test.ts",
      title:
        "The deploy job for ECS applications marks the image as deployed before it deploys it, and deploys nothing when the registry refuses the mark",
    },
  },
  {
    name: "sessions last for twelve hours",
    file: "access/role-plan.ts",
    find: "export const shortestSession = 3600;",
    replace: "export const shortestSession = 43200;",
    killedBy: rights("of kind kubernetes are these in an environment"),
  },
  {
    name: "an application without approvals has an approver",
    file: "access/people-access.ts",
    find: "  if (approvals.length === 0) return [];\n",
    replace: "",
    killedBy: people("are no approver where nothing is approved"),
  },
  {
    name: "readers are members of the approvers' permission set",
    file: "access/people-access.ts",
    find: "members: membersOf(plan.people.readers, platform.people.readerPermissionSet),",
    replace: "members: membersOf(plan.people.readers, platform.people.approverPermissionSet),",
    killedBy: rights("of kind ecs are these in the CI/CD account"),
  },
  {
    name: "approvers start releases where nobody is named for it",
    file: "access/people-access.ts",
    find: "starters?.permissionSet ?? platform.people.starterPermissionSet;",
    replace:
      "starters?.permissionSet ?? platform.people.starterPermissionSet ?? platform.people.approverPermissionSet;",
    killedBy: people("are no starter where neither platform nor application names who starts"),
  },
  {
    name: "attributes that an application asks for are forgotten",
    file: "access/people-access.ts",
    find: "attributes: members?.attributes ?? {},",
    replace: "attributes: {},",
    killedBy: people(
      "are the application's permission sets', the platform's narrowed down by attributes, or both",
    ),
  },
  {
    name: "deploy jobs look at pipelines where nobody approves",
    file: "delivery/plan-deploy-job.ts",
    find: "approvedPipelines: environment.approval ? pipelines : [],",
    replace: "approvedPipelines: pipelines,",
    killedBy: rights("of kind serverless are these in the CI/CD account"),
  },
  {
    name: "who starts a release approves it under the same name in capitals",
    file: "buildspecs/scripts/judge-approval.sh",
    find: '"${approver,,}" = "${starter,,}"',
    replace: '"$approver" = "$starter"',
    killedBy: {
      file: "test/attacks/approvals.test.ts",
      title:
        "A release that waits for an approval is refused when its starter approves it, as Jane@Example.com",
    },
  },
  {
    name: "the code's own role pulls images",
    file: "access/application-access.ts",
    find: "? names.taskExecutionRoleArn(environment, application)",
    replace: "? names.taskRoleArn(environment, application)",
    killedBy: across(
      "an environment's pulling of images, judged on both sides is for the role that starts the application's own tasks, in each environment",
    ),
  },
  {
    name: "the code of an application has no boundary",
    file: "access/target-access.ts",
    find: "      boundary: names.boundaryArn(environment),\n",
    replace: "",
    killedBy: rights("of kind ecs are these in an environment"),
  },
  {
    name: "a namespace role lies with the execution roles",
    file: "access/target-access.ts",
    find: "      path: names.paths.namespace,\n",
    replace: "",
    killedBy: rights("of kind kubernetes are these in an environment"),
  },
  {
    name: "a namespace role administers its cluster",
    file: "access/target-access.ts",
    find: "cluster-access-policy/AmazonEKSEditPolicy",
    replace: "cluster-access-policy/AmazonEKSClusterAdminPolicy",
    killedBy: {
      file: "test/stacks/environment.test.ts",
      title:
        "an environment's stack, as shipped gives a kubernetes application an access entry for its own namespace and no other",
    },
  },
  {
    name: "the door carries a tag that it compares",
    file: "access/environment-access.ts",
    find: "policies: { door: doorPermissions(platform, environment) },\n    tags: names.platformTags,",
    replace:
      'policies: { door: doorPermissions(platform, environment) },\n    tags: names.applicationTags("shop"),',
    killedBy: {
      file: "test/access/rights.test.ts",
      title:
        "the rights that all applications share are these at the door, whoever comes in, and in the boundary",
    },
  },
  {
    name: "an environment has roles of applications that do not lead there",
    file: "access/environment-access.ts",
    find: "      .filter((application) => leadsTo(application, environment.name))\n",
    replace: "",
    killedBy: {
      file: "test/access/environment-access.test.ts",
      title: "an environment's access holds nothing for applications that do not lead there",
    },
  },
  {
    name: "an environment is bound by the CI/CD account's guardrail",
    file: "access/organization-access.ts",
    find: "const roles = environmentGuardrail(platform, environment);",
    replace: "const roles = cicdGuardrail(platform);",
    killedBy: {
      file: "test/access/rights.test.ts",
      title: "the rights that all applications share are limited by these service control policies",
    },
  },
];
