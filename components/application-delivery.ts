import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ApplicationAccess, connectionPolicy } from "../access/application-access";
import type { PipelinePlan } from "../delivery/application-plan";
import { applicationTags, logGroupName } from "../names";
import { ImageRepository } from "./image-repository";
import { Job } from "./job";
import { PeopleRoles } from "./people-roles";
import { Pipeline } from "./pipeline";
import { Role } from "./role";

export interface ApplicationDeliveryArgs {
  readonly access: ApplicationAccess;
  readonly connectionArn: pulumi.Input<string>;
  readonly artifactBucket: pulumi.Input<string>;
  readonly artifactKeyArn: pulumi.Input<string>;
  readonly approvalTopicArn: string;
  readonly statusTopicArn: pulumi.Input<string>;
  /** The configurations of chat channels; absent where nobody is told in chat. */
  readonly chatChannels?: pulumi.Resource;
  readonly logRetentionDays: number;
}

/** Everything of one application in the CI/CD account. It shares no role, prefix, repository or log group with another. */
export class ApplicationDelivery extends pulumi.ComponentResource {
  readonly pipelineNames: pulumi.Output<string[]>;

  constructor(name: string, args: ApplicationDeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ApplicationDelivery", name, {}, opts);
    const { access } = args;

    if (access.images) new ImageRepository(name, access.images, { parent: this });
    const jobs = makeJobs(args, this);
    const role = makePipelineRole(args, this);
    const pipelines = access.plan.pipelines.map((pipeline) => makePipeline(pipeline, jobs, role, args, this));
    new PeopleRoles(name, { roles: access.people }, { parent: this });
    makeSubscriptions(name, args, this);
    makeChatRules(args, pipelines, this);

    this.pipelineNames = pulumi.all(pipelines.map((pipeline) => pipeline.pipelineName));
    this.registerOutputs({ pipelineNames: this.pipelineNames });
  }
}

function makeJobs(args: ApplicationDeliveryArgs, parent: pulumi.Resource): Job[] {
  const { access, artifactKeyArn } = args;
  const { application } = access.plan;
  const logGroups = new Map<string, aws.cloudwatch.LogGroup>();
  return access.jobs.map(({ job, role }) => {
    const logGroup = logGroups.get(job.log) ?? makeLogGroup(job.log, args, parent);
    logGroups.set(job.log, logGroup);
    return new Job(
      job.project,
      { application, plan: job, role, logGroup, keyArn: artifactKeyArn },
      { parent },
    );
  });
}

/** The log group of one or several jobs. Up to release 0.1.0 each stood below a job of its own name. */
function makeLogGroup(
  log: string,
  { access, logRetentionDays }: ApplicationDeliveryArgs,
  parent: pulumi.Resource,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    log,
    {
      name: logGroupName(log),
      retentionInDays: logRetentionDays,
      tags: applicationTags(access.plan.application),
    },
    { parent, aliases: [{ parent: pulumi.createUrn(log, "slipway:index:Job", parent) }] },
  );
}

function makePipelineRole(args: ApplicationDeliveryArgs, parent: pulumi.Resource): Role {
  const plan = args.access.pipelineRole;
  const source = pulumi.output(args.connectionArn).apply((arn) => connectionPolicy(plan, arn));
  return new Role(plan.key, { plan, unplannedPolicies: { source } }, { parent });
}

function makePipeline(
  plan: PipelinePlan,
  jobs: readonly Job[],
  role: Role,
  args: ApplicationDeliveryArgs,
  parent: pulumi.Resource,
): Pipeline {
  return new Pipeline(
    plan.name,
    {
      application: args.access.plan.application,
      plan,
      roleArn: role.roleArn,
      connectionArn: args.connectionArn,
      artifactBucket: args.artifactBucket,
      keyArn: args.artifactKeyArn,
      approvalTopicArn: args.approvalTopicArn,
      after: [...jobs, role],
    },
    { parent },
  );
}

/** The team hears of its own pipelines only: SNS filters by the event's text. */
function makeSubscriptions(name: string, args: ApplicationDeliveryArgs, parent: pulumi.Resource): void {
  for (const email of args.access.plan.notifications) {
    new aws.sns.TopicSubscription(
      `${name}-${email}`,
      {
        topic: args.statusTopicArn,
        protocol: "email",
        endpoint: email,
        filterPolicyScope: "MessageBody",
        filterPolicy: JSON.stringify({
          detail: { pipeline: args.access.plan.pipelines.map((pipeline) => pipeline.name) },
        }),
      },
      { parent },
    );
  }
}

/** A notification rule goes straight to the channels, as AWS words it: there is no topic between. */
function makeChatRules(
  { access, chatChannels }: ApplicationDeliveryArgs,
  pipelines: readonly Pipeline[],
  parent: pulumi.Resource,
): void {
  for (const rule of access.plan.chatRules) {
    new aws.codestarnotifications.NotificationRule(
      rule.name,
      {
        name: rule.name,
        resource: rule.pipelineArn,
        eventTypeIds: [...rule.eventTypeIds],
        // Only so does it hold the text of an approval.
        detailType: "FULL",
        targets: rule.channels.map(({ service, configurationArn }) => ({
          address: configurationArn,
          type: targetTypes[service],
        })),
        tags: applicationTags(access.plan.application),
      },
      { parent, dependsOn: [...pipelines, ...(chatChannels ? [chatChannels] : [])] },
    );
  }
}

/** https://docs.aws.amazon.com/codestar-notifications/latest/APIReference/API_Target.html */
const targetTypes = { slack: "AWSChatbotSlack", teams: "AWSChatbotMicrosoftTeams" } as const;
