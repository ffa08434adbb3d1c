import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { Application } from "../definitions/application";
import { checkApplications } from "../definitions/rules";
import { buildspecSize } from "../delivery/buildspec";
import * as names from "../names";
import type { Platform } from "../settings/settings";
import { regions } from "../settings/regions";
import { lookAlikes } from "./support/generators";

const application = "a".repeat(names.limits.applicationName);
const environment = "e".repeat(names.limits.environmentName);
const track = "t".repeat(names.limits.trackName);
const report = "r".repeat(40);

const account: names.Account = { accountId: "111111111111", region: "eu-west-1" };

function platformIn(region: string): Platform {
  return {
    organizationId: `o-${"x".repeat(32)}`,
    cicd: { ...account, region },
    environments: [],
    platformRole: "platform",
    breakGlassRole: "break-glass",
    notifications: { approvals: [], status: [] },
    people: { identityCenterRegion: region, approverPermissionSet: "approve", readerPermissionSet: "read" },
  };
}

/** Every project that an application may have. */
function projectsOf(name: string, environments: readonly string[]): string[] {
  return [
    names.testProjectName(name),
    ...(["image", "package", "publish"] as const).map((kind) => names.trackProjectName(name, track, kind)),
    names.pullRequestProjectName(name),
    ...environments.map((one) => names.deployProjectName(name, one)),
  ];
}

/** Every role that an application may have, by the account it is in. */
function rolesOf(name: string, environments: readonly string[]): Record<"cicd" | "environment", string[]> {
  return {
    cicd: [
      ...projectsOf(name, environments),
      names.pipelineRoleName(name),
      names.approverRoleName(name),
      names.starterRoleName(name),
      names.readerRoleName(name),
    ],
    environment: [
      names.cloudFormationRoleName(name),
      names.taskRoleName(name),
      names.taskExecutionRoleName(name),
      names.namespaceRoleName(name),
    ],
  };
}

describe("names: the longest that settings and definitions allow fit", () => {
  const { cicd, environment: inEnvironment } = rolesOf(application, [environment]);

  for (const role of [...cicd, ...inEnvironment]) {
    it(`role …${role.slice(40)}`, () => {
      assert.match(role, /^[\w+=,.@-]{1,64}$/);
    });
  }

  it("roles use up what IAM gives, so no longer name can be allowed", () => {
    assert.equal(Math.max(...[...cicd, ...inEnvironment].map((role) => role.length)), names.limits.roleName);
  });

  it("projects, log groups and report groups", () => {
    for (const project of projectsOf(application, [environment])) {
      assert.match(project, /^[A-Za-z0-9][\w-]{1,149}$/);
      assert.match(names.logGroupName(project), /^[\w./#-]{1,512}$/);
      assert.ok(names.reportGroupName(project, report).length <= names.limits.reportGroupName);
    }
    assert.match(names.workloadLogGroupName(application, environment), /^[\w./#-]{1,512}$/);
  });

  it("CloudFormation stacks, and functions below them with six characters of their own", () => {
    const stack = names.workloadName(application, environment);
    assert.match(stack, /^[A-Za-z][A-Za-z0-9-]{0,127}$/);
    assert.equal(`${stack}-sixchr`.length, 64);
  });

  it("repositories and Kubernetes namespaces", () => {
    assert.match(
      names.repositoryName(application),
      /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
    );
    assert.match(names.namespaceRoleName(application), /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  it("the artifact bucket in every region", () => {
    for (const region of regions) {
      assert.match(names.artifactBucketName(platformIn(region)), /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
    }
  });

  it("pipelines, in the twenty characters that CodePipeline uses", () => {
    assert.equal(names.pipelineName(application, track).length, names.limits.artifactPrefix);
    assert.equal(names.pullRequestPipelineName(application).length, names.limits.artifactPrefix);
  });
});

describe("names: ARNs", () => {
  it("carry the partition of their region", () => {
    const role = (region: string): string => names.doorRoleArn({ ...account, region });
    assert.equal(role("eu-west-1"), "arn:aws:iam::111111111111:role/slipway/CICDCrossAccountRole");
    assert.equal(role("cn-north-1"), "arn:aws-cn:iam::111111111111:role/slipway/CICDCrossAccountRole");
    assert.equal(role("us-gov-west-1"), "arn:aws-us-gov:iam::111111111111:role/slipway/CICDCrossAccountRole");
  });

  it("name service, region and account where the service has them", () => {
    assert.equal(
      names.arn(account, "codebuild", "project/x"),
      "arn:aws:codebuild:eu-west-1:111111111111:project/x",
    );
    assert.equal(names.rootArn(account), "arn:aws:iam::111111111111:root");
    assert.equal(names.boundaryArn(account), "arn:aws:iam::111111111111:policy/slipway/slipway-boundary");
  });

  it("of the registry and the bucket follow the partition too", () => {
    assert.equal(
      names.repositoryUri(platformIn("cn-north-1"), "shop"),
      "111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/slipway/shop",
    );
    assert.equal(
      names.repositoryUri(platformIn("eu-west-1"), "shop"),
      "111111111111.dkr.ecr.eu-west-1.amazonaws.com/slipway/shop",
    );
    assert.match(
      names.bucketArn(platformIn("us-gov-west-1")),
      /^arn:aws-us-gov:s3:::slipway-artifacts-111111111111-/,
    );
  });
});

describe("names: pipelines", () => {
  it("are readable where they are short, and end in a hash where they are cut", () => {
    assert.equal(names.pipelineName("shop", "main"), "shop-main");
    assert.equal(names.pipelineName("shop", "a-track-of-15ch"), "shop-a-track-of-15ch");
    assert.match(names.pipelineName("hello-world-of-tests", "main"), /^hello-world-o-[0-9a-f]{6}$/);
  });

  it("differ where only what is cut off differs", () => {
    const long = Array.from({ length: 200 }, (_, index) => names.pipelineName(application, `track-${index}`));
    assert.equal(new Set(long).size, 200);
  });

  it("keep artifacts apart by pipeline and by artifact", () => {
    assert.equal(names.artifactPrefix("shop-main", "Source"), "shop-main/Source");
    assert.equal(
      names.artifactPrefix("a-pipeline-of-more-than-twenty", "ArtifactOfMany"),
      "a-pipeline-of-more-t/ArtifactOf",
    );
  });
});

/** What an application owns in the account of the pipelines and in an environment's, each kind of thing by itself. */
function owned({ environments }: Platform, { name, tracks }: Application): Record<string, string[]> {
  const all = environments.map((one) => one.name);
  const projects = projectsOf(name, all);
  const pipelines = [
    names.pullRequestPipelineName(name),
    ...tracks.map((each) => names.pipelineName(name, each.name)),
  ];
  return {
    "role in the CI/CD account": rolesOf(name, all).cicd,
    "role in an environment": rolesOf(name, all).environment,
    project: projects,
    "log group": projects.map(names.logGroupName),
    pipeline: pipelines.map((pipeline) => pipeline.slice(0, names.limits.artifactPrefix)),
    "artifact prefix": pipelines.map((pipeline) => `${names.artifactPrefix(pipeline, "Source")}/`),
    "package prefix": all.map((one) => `${names.packagePrefix(one, name)}/`),
    repository: [names.repositoryName(name)],
    workload: all.map((one) => names.workloadName(name, one)),
  };
}

/** Everything that begins like this is the application's, as CloudFormation and CodeBuild name things. */
function patterns({ environments }: Platform, { name }: Application): string[] {
  const all = environments.map((one) => one.name);
  return [...all.map((one) => names.workloadName(name, one)), ...projectsOf(name, all)].map(
    (stem) => `${stem}-`,
  );
}

/** As many of the candidates as definitions/ lets live together. */
function accepted(platform: Platform, candidates: readonly Application[]): Application[] {
  return candidates.reduce<Application[]>((chosen, one) => {
    const all = [...chosen, one].map((application) => ({
      application,
      fileName: application.name,
      locate: () => undefined,
    }));
    return checkApplications(all, platform, buildspecSize).length === 0 ? [...chosen, one] : chosen;
  }, []);
}

describe("names: chat", () => {
  const longest = { service: "teams", id: `19:${"x".repeat(128)}@thread.tacv2` } as const;

  it("of a channel's configuration are what AWS takes, and tell channels apart", () => {
    const channels: names.ChatChannel[] = [
      { service: "slack", id: `C${"0".repeat(20)}` },
      longest,
      { service: "teams", id: "19:a@thread.tacv2" },
    ];
    const all = channels.map(names.chatConfigurationName);
    for (const name of all) assert.match(name, /^[A-Za-z0-9-_]{1,128}$/);
    assert.equal(new Set(all).size, channels.length);
    assert.equal(all[0], "slipway-C00000000000000000000");
    assert.equal(
      names.chatConfigurationArn(account, longest),
      `arn:aws:chatbot::111111111111:chat-configuration/microsoft-teams-channel/${names.chatConfigurationName(longest)}`,
    );
  });

  it("of notification rules are what AWS takes, and no rule of one pipeline is called like another's", () => {
    const pipeline = names.pipelineName(application, track);
    for (const name of [names.chatRuleName(pipeline), names.approvalChatRuleName(pipeline)]) {
      assert.match(name, /^[A-Za-z0-9_ -]{1,64}$/);
    }
    assert.doesNotMatch(pipeline, /_/);
    assert.match(names.approvalChatRuleName(pipeline), /_/);
  });
});

describe("names: of applications that may live together, however alike their names", () => {
  it("share no role, project, log group, pipeline, prefix, repository or workload", () => {
    fc.assert(
      fc.property(lookAlikes(), ({ platform, candidates }) => {
        const owners = new Map<string, string>();
        for (const one of accepted(platform, candidates)) {
          for (const [kind, own] of Object.entries(owned(platform, one))) {
            for (const name of own) {
              // IAM takes no account of capitals in the names of roles.
              const key = `${kind} ${name.toLowerCase()}`;
              assert.equal(owners.get(key), undefined, `${key} belongs to ${one.name} alone`);
              owners.set(key, one.name);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("lie outside one another's patterns", () => {
    fc.assert(
      fc.property(lookAlikes(), ({ platform, candidates }) => {
        const chosen = accepted(platform, candidates);
        for (const one of chosen) {
          for (const other of chosen.filter((each) => each !== one)) {
            const theirs = Object.values(owned(platform, other)).flat();
            for (const pattern of patterns(platform, one)) {
              const reached = theirs.find((name) => name.startsWith(pattern));
              assert.equal(reached, undefined, `${pattern}* of ${one.name} reaches into ${other.name}`);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are enough to show it: two or more live together in most cases", () => {
    const sizes = fc
      .sample(lookAlikes(), { numRuns: 100, seed: 1 })
      .map(({ platform, candidates }) => accepted(platform, candidates).length);
    assert.ok(sizes.filter((size) => size > 1).length > 50, sizes.join());
  });
});
