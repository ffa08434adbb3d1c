import assert from "node:assert/strict";
import * as names from "../../names";
import { dev, platform, prod, application, settingsOfAll, track } from "../support/platform";
import { anyAllows } from "../support/policy-evaluator";
import { shared } from "../support/shared-statements";
import { ownRequests } from "../support/requests";
import { sessionsOf } from "../support/sessions";

const everything = {
  capabilities: ["lambda", "http-api", "rest-api", "dynamodb", "sqs", "secrets"],
} as const;
const applications = [
  application("shop", "serverless", everything),
  application("billing", "serverless", everything),
  application("shopping", "ecs", { capabilities: ["dynamodb", "sqs", "secrets"] }),
  application("cart", "ecs", {
    capabilities: ["dynamodb", "sqs", "secrets"],
    tracks: [track("main", ["dev"]), track("prod", ["prod"])],
  }),
  application("portal", "kubernetes"),
  application("login", "kubernetes", { pullRequests: { branches: ["main"] } }),
];
const sessions = sessionsOf(settingsOfAll, applications);

describe("isolation between applications", () => {
  for (const session of sessions) {
    it(`keeps ${session.name} of ${session.of} out of every other application`, () => {
      const reached = sessions
        .filter((other) => other.of !== session.of)
        .flatMap((other) =>
          ownRequests(other)
            .filter(({ statement }) => !shared.has(statement.Sid))
            .filter(({ request }) =>
              anyAllows(session.documents, {
                ...request,
                context: { ...request.context, ...withoutTags(other.context), ...session.context },
              }),
            )
            .map(
              ({ statement, request }) =>
                `${statement.Sid} of ${other.of}: ${request.action} ${request.resource ?? ""}`,
            ),
        );
      assert.deepEqual(reached, []);
    });

    it(`lets ${session.name} of ${session.of} do what it is there for`, () => {
      const refused = ownRequests(session).filter(({ request }) => !anyAllows(session.documents, request));
      assert.deepEqual(refused, []);
    });
  }
});

describe("isolation between environments", () => {
  const inAccount = (accountId: string): typeof sessions =>
    sessions.filter((session) => session.accountId === accountId);

  for (const [here, there] of [
    [dev, prod],
    [prod, dev],
  ] as const) {
    it(`keeps everything in ${here.name} out of ${there.name} and of its packages`, () => {
      const reached = inAccount(here.accountId).flatMap((session) =>
        inAccount(there.accountId)
          .flatMap((other) => ownRequests(other))
          .filter(({ statement }) => !shared.has(statement.Sid))
          .filter(
            ({ statement, request }) => !isPullOfImages(statement.Sid) && !isOwnAccounts(request.resource),
          )
          .filter(({ request }) =>
            anyAllows(session.documents, { ...request, context: { ...request.context, ...session.context } }),
          )
          .map(({ statement, request }) => `${session.name}: ${statement.Sid} ${request.resource ?? ""}`),
      );
      assert.deepEqual(reached, []);
    });
  }

  it("lets a deploy job pass its own environment's door only", () => {
    for (const session of sessions.filter(({ name }) => /-deploy-(dev|prod)$/.test(name))) {
      for (const environment of platform.environments) {
        const allowed = anyAllows(session.documents, {
          action: "sts:AssumeRole",
          resource: names.doorRoleArn(environment),
        });
        assert.equal(allowed, session.name.endsWith(`-deploy-${environment.name}`), session.name);
      }
    }
  });
});

describe("the test job, which runs the application's own code", () => {
  const test = sessions.find(({ name }) => name === "portal-test");

  for (const [what, action, resource] of [
    ["write the image's artifact", "s3:PutObject", `${names.bucketArn(platform)}/portal-main/Image/x1`],
    ["write the source it tests", "s3:PutObject", `${names.bucketArn(platform)}/portal-main/Source/x1`],
    ["write a package", "s3:PutObject", `${names.bucketArn(platform)}/packages/prod/portal/x1`],
    ["pass a door", "sts:AssumeRole", names.doorRoleArn(dev)],
    ["push an image", "ecr:PutImage", "arn:aws:ecr:eu-west-1:111111111111:repository/slipway/portal"],
    [
      "start a build",
      "codebuild:StartBuild",
      "arn:aws:codebuild:eu-west-1:111111111111:project/portal-deploy-prod",
    ],
  ] as const) {
    it(`cannot ${what}`, () => {
      assert.ok(test);
      const context = { "aws:ResourceAccount": platform.cicd.accountId };
      assert.equal(anyAllows(test.documents, { action, resource, context }), false);
    });
  }
});

describe("every role", () => {
  const forbidden = [
    "codebuild:UpdateProject",
    "codepipeline:UpdatePipeline",
    "codepipeline:OverrideStageCondition",
    "ecr:BatchDeleteImage",
    "ecr:PutImageTagMutability",
    "iam:UpdateAssumeRolePolicy",
    "iam:DeleteRolePermissionsBoundary",
    "iam:UntagRole",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "kms:PutKeyPolicy",
  ];
  it("changes no pipeline, project, gate, trust or boundary, and deletes no artifact or image", () => {
    for (const { name, documents } of sessions) {
      const granted = documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
      assert.deepEqual(
        granted.filter((action) => forbidden.includes(action)),
        [],
        name,
      );
    }
  });

  it("starts builds only as the pipeline's role, approves only as an approver and starts releases only as a starter", () => {
    for (const { name, of, documents } of sessions) {
      const granted = new Set(
        documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)),
      );
      assert.equal(granted.has("codebuild:StartBuild"), name === names.pipelineRoleName(of), name);
      assert.equal(
        granted.has("codepipeline:StartPipelineExecution"),
        name === names.starterRoleName(of),
        name,
      );
      assert.equal(granted.has("codepipeline:PutApprovalResult"), name === names.approverRoleName(of), name);
    }
  });

  it("fits IAM's 10,240 characters for inline policies", () => {
    for (const { name, documents } of sessions) {
      const size = documents.reduce((sum, document) => sum + JSON.stringify(document).length, 0);
      assert.ok(size <= 10_240, `${name} has ${size}`);
    }
  });
});

function withoutTags(context: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !key.startsWith("aws:PrincipalTag/")));
}

/** The image itself is the same in every environment; that is the point. */
function isPullOfImages(sid: string): boolean {
  return sid === "PullOwnImage";
}

/** An API Gateway ARN names no account: it always means the caller's own. */
function isOwnAccounts(resource = ""): boolean {
  return resource.startsWith("arn:aws:apigateway:");
}
