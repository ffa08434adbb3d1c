import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { JobPlan } from "../delivery/plan";
import type { PolicyDocument } from "../iam/document";
import * as names from "../names";
import { Role } from "./role";
import { applicationTags } from "./tags";

export interface JobArgs {
  readonly application: string;
  readonly plan: JobPlan;
  /** The rendered buildspec. It stands in the project, out of reach of the application's repository. */
  readonly buildspec: string;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
  readonly logRetentionDays: number;
  readonly keyArn: pulumi.Input<string>;
}

/** https://docs.aws.amazon.com/codebuild/latest/userguide/ec2-compute-images.html */
const buildImage = "aws/codebuild/amazonlinux-x86_64-standard:6.0";

/** A CodeBuild project with its role, log group and report groups. */
export class Job extends pulumi.ComponentResource {
  readonly projectName: pulumi.Output<string>;

  constructor(name: string, args: JobArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Job", name, {}, opts);
    const { plan } = args;
    const tags = applicationTags(args.application);

    const role = new Role(
      name,
      {
        roleName: plan.project,
        path: plan.environment ? names.paths.deploy(plan.environment.name) : names.paths.job,
        description: `Job ${plan.project}`,
        trust: args.trust,
        policies: { job: args.permissions },
        tags: { ...tags, ...(plan.deploymentKind && { DeploymentKind: plan.deploymentKind }) },
      },
      { parent: this },
    );
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      { name: names.logGroupName(plan.project), retentionInDays: args.logRetentionDays, tags },
      { parent: this },
    );
    const reportGroups = plan.reports.map(
      (report) =>
        new aws.codebuild.ReportGroup(
          `${name}-${report.name}`,
          {
            name: report.group,
            type: report.format === "JUNITXML" ? "TEST" : "CODE_COVERAGE",
            exportConfig: { type: "NO_EXPORT" },
            // CodeBuild keeps reports for a year; the group itself holds nothing that a new one would not.
            deleteReports: true,
            tags,
          },
          { parent: this },
        ),
    );
    const project = new aws.codebuild.Project(
      name,
      {
        name: plan.project,
        description: `Slipway: ${plan.kind} job of ${args.application}`,
        serviceRole: role.roleArn,
        buildTimeout: plan.timeoutMinutes,
        encryptionKey: args.keyArn,
        source: { type: "CODEPIPELINE", buildspec: args.buildspec },
        artifacts: { type: "CODEPIPELINE" },
        environment: {
          type: "LINUX_CONTAINER",
          computeType: plan.kind === "image" ? "BUILD_GENERAL1_MEDIUM" : "BUILD_GENERAL1_SMALL",
          image: buildImage,
          imagePullCredentialsType: "CODEBUILD",
          privilegedMode: plan.privileged,
          environmentVariables: Object.entries(plan.variables).map(([key, value]) => ({
            name: key,
            value,
            type: "PLAINTEXT",
          })),
        },
        logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: logGroup.name } },
        tags,
      },
      // A build that starts at once must find its role's policies and its report groups.
      { parent: this, dependsOn: [role, ...reportGroups] },
    );

    this.projectName = project.name;
    this.registerOutputs({ projectName: this.projectName });
  }
}
