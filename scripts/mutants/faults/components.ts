import type { Fault, TestName } from "../fault";

const roles = (stack: string): TestName => ({
  file: "test/stacks/roles.test.ts",
  title: `the roles of every shipped stack are in ${stack} exactly those of the plan, with its policies`,
});
const cicd = (title: string): TestName => ({
  file: "test/stacks/cicd.test.ts",
  title: `the CI/CD account's stack, as shipped ${title}`,
});

export const componentFaults: readonly Fault[] = [
  {
    name: "a role is made without its boundary",
    file: "components/role.ts",
    find: "        ...(plan.boundary !== undefined && { permissionsBoundary: plan.boundary }),\n",
    replace: "",
    killedBy: roles("dev"),
  },
  {
    name: "a role is made with AWS's own session length",
    file: "components/role.ts",
    find: "        maxSessionDuration: plan.maxSessionSeconds,\n",
    replace: "",
    killedBy: roles("prod"),
  },
  {
    name: "a role is made at the root of all paths",
    file: "components/role.ts",
    find: "        path: plan.path,\n",
    replace: '        path: "/",\n',
    killedBy: roles("cicd"),
  },
  {
    name: "a role loses its policies",
    file: "components/role.ts",
    find: "Object.entries({ ...plan.policies, ...unplannedPolicies })",
    replace: "Object.entries({ ...unplannedPolicies })",
    killedBy: roles("test"),
  },
  {
    name: "images can be replaced under their tag",
    file: "components/image-repository.ts",
    find: 'imageTagMutability: "IMMUTABLE"',
    replace: 'imageTagMutability: "MUTABLE"',
    killedBy: cicd(
      "gives each image repository immutable tags, a scan on push and a lifecycle, and none to serverless applications",
    ),
  },
  {
    name: "every push starts every pipeline",
    file: "components/pipeline.ts",
    find: 'DetectChanges: "false"',
    replace: 'DetectChanges: "true"',
    killedBy: cicd("makes V2 pipelines that a connection's triggers start, never polling or a stored token"),
  },
  {
    name: "the deployment window is not asked",
    file: "components/pipeline.ts",
    find: "    ...(stage.window && {",
    replace: "    ...(stage.window && stage.actions.length > 1 && {",
    killedBy: cicd("enters production through the deployment window"),
  },
  {
    name: "the buildspec is read from the application's repository",
    file: "components/job.ts",
    find: "buildspec: renderBuildspec(plan.buildspec, plan.buildspecValues),",
    replace: 'buildspec: "buildspec.yml",',
    killedBy: cicd("runs Docker only where images are built, and keeps every buildspec in the project"),
  },
  {
    name: "artifacts are encrypted with a bucket key, which hides the object",
    file: "components/artifact-bucket.ts",
    find: "bucketKeyEnabled: false,",
    replace: "bucketKeyEnabled: true,",
    killedBy: cicd(
      "keeps artifacts private, versioned, encrypted with its own rotated key, and for a limited time",
    ),
  },
  {
    name: "the artifact bucket may be made public",
    file: "components/artifact-bucket.ts",
    find: "restrictPublicBuckets: true,",
    replace: "restrictPublicBuckets: false,",
    killedBy: cicd(
      "keeps artifacts private, versioned, encrypted with its own rotated key, and for a limited time",
    ),
  },
  {
    name: "a new pipeline starts before its jobs are there",
    file: "components/pipeline.ts",
    find: "{ parent: this, dependsOn: [...args.after] },",
    replace: "{ parent: this },",
    killedBy: cicd("lets CodePipeline find jobs and policies when a new pipeline starts at once"),
  },
  {
    name: "every team hears of every pipeline",
    file: "components/application-delivery.ts",
    find: '        filterPolicyScope: "MessageBody",\n',
    replace: "",
    killedBy: cicd(
      "has a constant number of EventBridge rules, and tells each team of its own pipelines only",
    ),
  },
];
