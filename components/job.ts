import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RolePlan } from "../access/role-plan";
import { renderBuildspec } from "../delivery/buildspec";
import type { JobPlan, ReportPlan } from "../delivery/job-plan";
import * as names from "../names";
import { Role } from "./role";

export interface JobArgs {
  readonly application: string;
  readonly plan: JobPlan;
  readonly role: RolePlan;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly keyArn: pulumi.Input<string>;
}

/** A CodeBuild project with its role and report groups. */
export class Job extends pulumi.ComponentResource {
  readonly projectName: pulumi.Output<string>;

  constructor(name: string, args: JobArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Job", name, {}, opts);
    const { plan } = args;
    const tags = names.applicationTags(args.application);

    const role = new Role(args.role.key, { plan: args.role }, { parent: this });
    const reportGroups = plan.reports.map((report) => makeReportGroup(name, report, tags, this));
    const project = new aws.codebuild.Project(
      name,
      {
        ...renderProject(plan, args),
        serviceRole: role.roleArn,
        // Streams are called <streamName>/<build>, and the role may write no others.
        logsConfig: {
          cloudwatchLogs: { status: "ENABLED", groupName: args.logGroup.name, streamName: plan.project },
        },
        tags,
      },
      // A build that starts at once must find its role's policies and its report groups.
      { parent: this, dependsOn: [role, ...reportGroups] },
    );

    this.projectName = project.name;
    this.registerOutputs({ projectName: this.projectName });
  }
}

function makeReportGroup(
  name: string,
  report: ReportPlan,
  tags: Readonly<Record<string, string>>,
  parent: pulumi.Resource,
): pulumi.Resource {
  return new aws.codebuild.ReportGroup(
    `${name}-${report.name}`,
    {
      name: report.group,
      type: report.type,
      exportConfig: { type: "NO_EXPORT" },
      // CodeBuild keeps reports for a year; the group itself holds nothing that a new one would not.
      deleteReports: true,
      tags,
    },
    { parent },
  );
}

function renderProject(
  plan: JobPlan,
  { application, keyArn }: JobArgs,
): Omit<aws.codebuild.ProjectArgs, "serviceRole"> {
  return {
    name: plan.project,
    description: `Slipway: ${plan.buildspec} for ${application}`,
    buildTimeout: plan.timeoutMinutes,
    encryptionKey: keyArn,
    source: {
      type: "CODEPIPELINE",
      // It stands in the project, out of reach of the application's repository.
      buildspec: renderBuildspec(plan.buildspec, plan.buildspecValues),
    },
    artifacts: { type: "CODEPIPELINE" },
    environment: {
      type: "LINUX_CONTAINER",
      computeType: plan.computeType,
      image: plan.buildImage,
      imagePullCredentialsType: "CODEBUILD",
      privilegedMode: plan.privileged,
      environmentVariables: Object.entries(plan.variables).map(([key, value]) => ({
        name: key,
        value,
        type: "PLAINTEXT",
      })),
    },
  };
}
