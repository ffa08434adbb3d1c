import assert from "node:assert/strict";
import { planCicdAccess, rolesOfCicd } from "../../access/cicd-access";
import { type EnvironmentAccess, planEnvironmentAccess } from "../../access/environment-access";
import type { RolePlan } from "../../access/role-plan";
import { planApplication } from "../../delivery/plan-application";
import type { PolicyDocument } from "../../iam/document";
import { applicationTag, deploymentKindTag } from "../../iam/tags";
import * as names from "../../names";
import type { Environment } from "../../settings/settings";
import { application, cicdSettings, dev, environmentSettings, platform, prod } from "../support/platform";
import { allows, anyAllows, type Request } from "../support/policy-evaluator";

const applications = [
  application("shop", "serverless"),
  application("billing", "serverless"),
  application("cart", "ecs"),
  application("login", "ecs"),
  application("portal", "kubernetes"),
  application("wiki", "kubernetes"),
];
const environments = [dev, prod];
const cicd = planCicdAccess(
  cicdSettings,
  applications.map((one) => planApplication(platform, one)),
);
const inside = new Map(
  environments.map((environment) => [
    environment.name,
    planEnvironmentAccess(environmentSettings(environment), applications),
  ]),
);

/** Someone who acts: what its own documents allow, where it lives, and the keys that AWS sets from it. */
interface Actor {
  readonly documents: readonly PolicyDocument[];
  readonly root: string;
  readonly context: Readonly<Record<string, string>>;
}

function actor(
  account: names.Account,
  role: RolePlan,
  sessionTags: Readonly<Record<string, string>> = {},
): Actor {
  const tags = Object.entries({ ...role.tags, ...sessionTags });
  return {
    documents: Object.values(role.policies),
    root: names.rootArn(account),
    context: {
      "aws:PrincipalArn": names.roleArn(account, role.path, role.name),
      "aws:PrincipalOrgID": platform.organizationId,
      "aws:PrincipalIsAWSService": "false",
      "aws:SecureTransport": "true",
      ...Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    },
  };
}

/** Across accounts both must allow: the caller's own documents, and the policy on the other side. */
function bothAllow({ documents, root, context }: Actor, policy: PolicyDocument, request: Request): boolean {
  const whole = { ...request, context: { ...context, ...request.context } };
  return anyAllows(documents, whole) && allows(policy, { ...whole, principal: root });
}

function accessIn(environment: Environment): EnvironmentAccess {
  return inside.get(environment.name) ?? assert.fail(environment.name);
}

function rolesNamed(environment: Environment, name: string): RolePlan[] {
  const { targets } = accessIn(environment);
  return targets
    .flatMap((target) => {
      if (target.kind === "serverless") return [target.cloudFormation];
      return target.kind === "ecs" ? [target.task, target.taskExecution] : [target.namespaceRole];
    })
    .filter((role) => role.name === name);
}

/** The session that an application's deploy job has behind the door. */
function behindDoor(environment: Environment, name: string, kind: string): Actor {
  const { door } = accessIn(environment);
  return actor(environment, door, { Application: name, DeploymentKind: kind });
}

describe("the way through the door, judged on both sides", () => {
  const jobs = rolesOfCicd(cicd);

  for (const environment of environments) {
    for (const action of ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]) {
      it(`is open for ${action} into ${environment.name} to the deploy jobs of ${environment.name} alone`, () => {
        const entering = jobs.filter((role) =>
          bothAllow(actor(platform.cicd, role), accessIn(environment).door.trust, {
            action,
            resource: names.doorRoleArn(environment),
            context: {
              [applicationTag.request]: role.tags[names.tagKeys.application] ?? "",
              [deploymentKindTag.request]: role.tags[names.tagKeys.deploymentKind] ?? "",
              "aws:TagKeys": ["Application", "DeploymentKind"],
              "sts:SourceIdentity": "execution",
            },
          }),
        );
        assert.deepEqual(
          entering.map(({ name }) => name),
          applications.map(({ name }) => `${name}-deploy-${environment.name}`),
        );
      });
    }
  }

  it("is closed to a deploy job that claims another application or another kind", () => {
    const role = jobs.find(({ name }) => name === "shop-deploy-dev") ?? assert.fail();
    const enter = (name: string, kind: string): boolean =>
      bothAllow(actor(platform.cicd, role), accessIn(dev).door.trust, {
        action: "sts:AssumeRole",
        resource: names.doorRoleArn(dev),
        context: {
          [applicationTag.request]: name,
          [deploymentKindTag.request]: kind,
          "sts:SourceIdentity": "execution",
        },
      });
    assert.equal(enter("shop", "serverless"), true);
    assert.equal(enter("billing", "serverless"), false);
    assert.equal(enter("shop", "ecs"), false);
  });
});

describe("an environment's reading of packages, judged on both sides of bucket and key", () => {
  const readers = (environment: Environment, name: string): [string, Actor][] => [
    ["the session behind the door", behindDoor(environment, name, "serverless")],
    ...rolesNamed(environment, `${name}-cloudformation`).map((role): [string, Actor] => [
      "CloudFormation's role",
      actor(environment, role),
    ]),
  ];
  const reads = (reader: Actor, prefix: string): { object: boolean; key: boolean } => {
    const object = `${names.bucketArn(platform)}/${prefix}/package.zip`;
    return {
      object: bothAllow(reader, cicd.artifactBucket, {
        action: "s3:GetObject",
        resource: object,
        context: { "aws:ResourceAccount": platform.cicd.accountId },
      }),
      key: bothAllow(reader, cicd.artifactKey, {
        action: "kms:Decrypt",
        resource: names.arn(platform.cicd, "kms", "key/1"),
        context: {
          "aws:ResourceAccount": platform.cicd.accountId,
          "kms:ResourceAliases": [names.artifactKeyAlias],
          "kms:ViaService": "s3.eu-west-1.amazonaws.com",
          "kms:EncryptionContext:aws:s3:arn": object,
        },
      }),
    };
  };

  for (const environment of environments) {
    for (const [what, reader] of readers(environment, "shop")) {
      it(`lets ${what} read its application's packages of ${environment.name}, and nothing else`, () => {
        const other = environment === dev ? prod : dev;
        assert.deepEqual(reads(reader, `packages/${environment.name}/shop`), { object: true, key: true });
        for (const prefix of [
          `packages/${environment.name}/billing`,
          `packages/${other.name}/shop`,
          "shop-main/Package",
        ]) {
          assert.deepEqual(reads(reader, prefix), { object: false, key: false }, prefix);
        }
      });
    }
  }

  it("writes and deletes nothing there", () => {
    for (const [, reader] of readers(prod, "shop")) {
      for (const action of ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]) {
        const resource = `${names.bucketArn(platform)}/packages/prod/shop/package.zip`;
        const context = { "aws:ResourceAccount": platform.cicd.accountId };
        assert.equal(bothAllow(reader, cicd.artifactBucket, { action, resource, context }), false, action);
      }
    }
  });
});

describe("an environment's pulling of images, judged on both sides", () => {
  it("is for the role that starts the application's own tasks, in each environment", () => {
    const pulls: string[] = [];
    for (const { plan, images } of cicd.applications) {
      if (!images) continue;
      for (const environment of environments) {
        for (const role of ["cart", "login"].flatMap((name) => [
          ...rolesNamed(environment, `${name}-task-execution`),
          ...rolesNamed(environment, `${name}-task`),
        ])) {
          const allowed = bothAllow(actor(environment, role), images.policy, {
            action: "ecr:BatchGetImage",
            resource: names.arn(platform.cicd, "ecr", `repository/${images.plan.repository}`),
          });
          if (allowed) pulls.push(`${environment.name} ${role.name} ${plan.application}`);
        }
      }
    }
    assert.deepEqual(pulls, [
      "dev cart-task-execution cart",
      "prod cart-task-execution cart",
      "dev login-task-execution login",
      "prod login-task-execution login",
    ]);
  });
});

describe("the step from the door into a namespace, judged on both sides", () => {
  it("is for the application's own sessions of kind kubernetes", () => {
    const steps: string[] = [];
    for (const name of applications.map((one) => one.name)) {
      for (const kind of ["serverless", "ecs", "kubernetes"]) {
        for (const role of [...rolesNamed(dev, "portal"), ...rolesNamed(dev, "wiki")]) {
          const allowed = bothAllow(behindDoor(dev, name, kind), role.trust, {
            action: "sts:AssumeRole",
            resource: names.namespaceRoleArn(dev, role.name),
          });
          if (allowed) steps.push(`${name} (${kind}) to ${role.name}`);
        }
      }
    }
    assert.deepEqual(steps, ["portal (kubernetes) to portal", "wiki (kubernetes) to wiki"]);
  });
});

describe("an approval's message, judged on both sides of topic and key", () => {
  it("is sent by pipeline roles alone", () => {
    const senders = rolesOfCicd(cicd).filter((role) => {
      const sender = actor(platform.cicd, role);
      const topic = names.arn(platform.cicd, "sns", names.approvalTopicName);
      return (
        bothAllow(sender, cicd.approvalTopic, { action: "sns:Publish", resource: topic }) &&
        bothAllow(sender, cicd.notificationKey, {
          action: "kms:GenerateDataKey",
          resource: names.arn(platform.cicd, "kms", "key/2"),
          context: {
            "aws:ResourceAccount": platform.cicd.accountId,
            "kms:ResourceAliases": [names.notificationKeyAlias],
            "kms:ViaService": "sns.eu-west-1.amazonaws.com",
          },
        })
      );
    });
    assert.deepEqual(
      senders.map(({ name }) => name),
      applications.map(({ name }) => `${name}-pipeline`),
    );
  });
});
