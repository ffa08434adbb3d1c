import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Application } from "../definitions/application";
import { renderBuildspec } from "../delivery/buildspec";
import type { ApplicationPlan, JobPlan } from "../delivery/plan";
import * as jobRole from "../iam/job-role";
import * as pipelineRole from "../iam/pipeline-role";
import type { PolicyDocument } from "../iam/document";
import { repositoryPolicy } from "../iam/repository";
import * as names from "../names";
import type { CicdSettings } from "../settings/settings";
import { ImageRepository } from "./image-repository";
import { Job } from "./job";
import { PeopleRoles } from "./people-roles";
import { Pipeline } from "./pipeline";
import { Role } from "./role";
import { applicationTags } from "./tags";

export interface ApplicationDeliveryArgs {
  readonly settings: CicdSettings;
  readonly application: Application;
  readonly plan: ApplicationPlan;
  readonly connectionArn: pulumi.Input<string>;
  readonly artifactBucket: pulumi.Input<string>;
  readonly artifactKeyArn: pulumi.Input<string>;
  readonly approvalTopicArn: string;
  readonly statusTopicArn: pulumi.Input<string>;
}

/** Everything of one application in the CI/CD account. It shares no role, prefix, repository or log group with another. */
export class ApplicationDelivery extends pulumi.ComponentResource {
  readonly pipelineNames: pulumi.Output<string[]>;

  constructor(name: string, args: ApplicationDeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ApplicationDelivery", name, {}, opts);
    const { plan } = args;

    makeRepository(name, args, this);
    const jobs = plan.jobs.map((job) => makeJob(job, args, this));
    const role = makePipelineRole(name, args, this);
    const pipelines = plan.pipelines.map(
      (pipeline) =>
        new Pipeline(
          pipeline.name,
          {
            application: plan.application,
            plan: pipeline,
            roleArn: role.roleArn,
            connectionArn: args.connectionArn,
            artifactBucket: args.artifactBucket,
            keyArn: args.artifactKeyArn,
            approvalTopicArn: args.approvalTopicArn,
            after: [...jobs, role],
          },
          { parent: this },
        ),
    );
    new PeopleRoles(name, { platform: args.settings.platform, plan }, { parent: this });
    makeSubscriptions(name, args, this);

    this.pipelineNames = pulumi.all(pipelines.map((pipeline) => pipeline.pipelineName));
    this.registerOutputs({ pipelineNames: this.pipelineNames });
  }
}

function makeRepository(
  name: string,
  { settings, plan }: ApplicationDeliveryArgs,
  parent: pulumi.Resource,
): void {
  if (!plan.images) return;
  const { kind, environments } = plan.images;
  new ImageRepository(
    name,
    {
      application: plan.application,
      repositoryName: names.repositoryName(plan.application),
      policy: repositoryPolicy(settings.platform.organizationId, plan.application, kind, environments),
    },
    { parent },
  );
}

function makeJob(plan: JobPlan, args: ApplicationDeliveryArgs, parent: pulumi.Resource): Job {
  const { settings, application } = args;
  return new Job(
    plan.project,
    {
      application: application.name,
      plan,
      buildspec: renderBuildspec(plan.buildspec, plan.kind === "test" ? { test: application.test } : {}),
      trust: jobRole.jobTrust(settings.platform, plan.project),
      permissions: permissionsOf(plan, args),
      logRetentionDays: settings.logRetentionDays,
      keyArn: args.artifactKeyArn,
    },
    { parent },
  );
}

function permissionsOf(plan: JobPlan, { settings, application }: ApplicationDeliveryArgs): PolicyDocument {
  const { platform } = settings;
  const rights = { ...plan, reportGroups: plan.reports.map(({ group }) => group) };
  switch (plan.kind) {
    case "test":
      return jobRole.testJobPermissions(platform, rights);
    case "image":
      return jobRole.imageJobPermissions(platform, application.name, rights);
    case "package":
      return jobRole.packageJobPermissions(platform, rights);
    case "deploy":
      if (!plan.environment) throw new Error(`${plan.project} leads to no environment`);
      return jobRole.deployJobPermissions(platform, plan.environment, rights);
    default:
      return plan.kind satisfies never;
  }
}

function makePipelineRole(name: string, args: ApplicationDeliveryArgs, parent: pulumi.Resource): Role {
  const { settings, plan } = args;
  const pipelines = plan.pipelines.map((pipeline) => pipeline.name);
  const actions = plan.pipelines.flatMap(({ stages }) => stages.flatMap((stage) => stage.actions));
  return new Role(
    `${name}-pipeline`,
    {
      roleName: names.pipelineRoleName(plan.application),
      path: names.paths.pipeline,
      description: `Pipelines of ${plan.application}`,
      trust: pipelineRole.pipelineTrust(settings.platform, pipelines, settings.confusedDeputyConditions),
      policies: {
        pipeline: pipelineRole.pipelinePermissions(settings.platform, {
          pipelines,
          projects: plan.jobs.map((job) => job.project),
          approvals: actions.some((action) => action.kind === "approval"),
        }),
        source: pulumi
          .output(args.connectionArn)
          .apply((arn) => pipelineRole.sourcePermissions(arn, plan.repository)),
      },
      tags: applicationTags(plan.application),
    },
    { parent },
  );
}

/** The team hears of its own pipelines only: SNS filters by the event's text. */
function makeSubscriptions(name: string, args: ApplicationDeliveryArgs, parent: pulumi.Resource): void {
  for (const email of args.application.notifications) {
    new aws.sns.TopicSubscription(
      `${name}-${email}`,
      {
        topic: args.statusTopicArn,
        protocol: "email",
        endpoint: email,
        filterPolicyScope: "MessageBody",
        filterPolicy: JSON.stringify({
          detail: { pipeline: args.plan.pipelines.map((pipeline) => pipeline.name) },
        }),
      },
      { parent },
    );
  }
}
