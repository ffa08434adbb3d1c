import type { Fault } from "../fault";

const file = "names.ts";
const test = (title: string): Fault["killedBy"] => ({ file: "test/names.test.ts", title: `names: ${title}` });

export const nameFaults: readonly Fault[] = [
  {
    name: "China has the partition of the rest",
    file,
    find: 'return "aws-cn";',
    replace: 'return "aws";',
    killedBy: test("ARNs carry the partition of their region"),
  },
  {
    name: "an ARN forgets its region",
    file,
    find: "${service}:${account.region}:${account.accountId}",
    replace: "${service}::${account.accountId}",
    killedBy: test("ARNs name service, region and account where the service has them"),
  },
  {
    name: "a stranger can take the bucket's name first",
    file,
    find: "-${region}-${shortHash(organization.organizationId)}`",
    replace: "-${region}`",
    killedBy: {
      file: "test/access/rights.test.ts",
      title:
        "the rights that all applications share are these in the policies of the bucket, the keys and the topics",
    },
  },
  {
    name: "cut pipeline names lose their hash",
    file,
    find: "`${name.slice(0, 13)}-${shortHash(name)}`",
    replace: "name.slice(0, 20)",
    killedBy: test("pipelines differ where only what is cut off differs"),
  },
  {
    name: "a pipeline's prefix is longer than CodePipeline's",
    file,
    find: "  artifactPrefix: 20,",
    replace: "  artifactPrefix: 21,",
    killedBy: test(
      "the longest that settings and definitions allow fit pipelines, in the twenty characters that CodePipeline uses",
    ),
  },
  {
    name: "an artifact's prefix forgets the artifact",
    file,
    find: "`${pipelinePrefix(pipeline)}/${artifact.slice(0, limits.artifactName)}`",
    replace: "pipelinePrefix(pipeline)",
    killedBy: test("pipelines keep artifacts apart by pipeline and by artifact"),
  },
  {
    name: "applications may have names that IAM cannot hold",
    file,
    find: "  applicationName: 40,",
    replace: "  applicationName: 60,",
    killedBy: test(
      "the longest that settings and definitions allow fit roles use up what IAM gives, so no longer name can be allowed",
    ),
  },
  {
    name: "all applications of an environment share a package prefix",
    file,
    find: "`${environmentPrefix(environment)}/${application}`",
    replace: "environmentPrefix(environment)",
    killedBy: test(
      "of applications that may live together, however alike their names share no role, project, log group, pipeline, prefix, repository or workload",
    ),
  },
  {
    name: "all applications share a repository",
    file,
    find: "return `slipway/${application}`;",
    replace: 'return application === "" ? "" : "slipway/all";',
    killedBy: test(
      "of applications that may live together, however alike their names share no role, project, log group, pipeline, prefix, repository or workload",
    ),
  },
  {
    name: "a job that deploys carries no tag of its application",
    file,
    find: "return { ...applicationTags(application), [tagKeys.deploymentKind]: deploymentKind };",
    replace: "return { ...platformTags, [tagKeys.deploymentKind]: deploymentKind };",
    killedBy: {
      file: "test/access/cross-account.test.ts",
      title:
        "the way through the door, judged on both sides is open for sts:AssumeRole into dev to the deploy jobs of dev alone",
    },
  },
];
