import { text } from "../pipelines";
import type { Environment, Estate } from "./estate";
import { ofType, partition } from "./graph";
import { platform, type Thing } from "./things";

/** What applications run in an environment, by the names that the platform gives: one of each kind stands for all. */
export function workloadThings(estate: Estate, environment: Environment): Thing[] {
  const stack = estate.graph.stacks.find(({ name }) => name === environment.stack);
  if (stack === undefined) return [];
  const clusters = ofType(stack, "aws:ecs/cluster:Cluster").map(
    ({ inputs, name }) => text(inputs["name"]) || name,
  );
  return estate.applications.flatMap((application) =>
    ofApplication(application, environment, partition(stack), clusters),
  );
}

function ofApplication(
  application: string,
  { name: environment, accountId, region }: Environment,
  aws: string,
  clusters: readonly string[],
): Thing[] {
  const workload = `${application}-${environment}`;
  const arn: ArnMaker = (service, resource) => `arn:${aws}:${service}:${region}:${accountId}:${resource}`;
  const thing = maker(application, environment);
  return [
    thing(
      "the stack",
      arn("cloudformation", `stack/${workload}/id`),
      "cloudformation:CreateChangeSet",
      "cloudformation:ExecuteChangeSet",
      "cloudformation:DescribeStacks",
    ),
    thing(
      "the function",
      arn("lambda", `function:${workload}-main`),
      "lambda:UpdateFunctionCode",
      "lambda:GetFunction",
      "lambda:InvokeFunction",
    ),
    ...dataThings(thing, arn, workload),
    thing("the task definition", arn("ecs", `task-definition/${workload}:1`), "ecs:RegisterTaskDefinition"),
    ...clusters.map((cluster) =>
      thing(
        "the service",
        arn("ecs", `service/${cluster}/${workload}`),
        "ecs:UpdateService",
        "ecs:DescribeServices",
      ),
    ),
    ...roleThings(thing, application, `arn:${aws}:iam::${accountId}:role/${workload}-main`),
  ];
}

type ArnMaker = (service: string, resource: string) => string;

function dataThings(thing: Maker, arn: ArnMaker, workload: string): Thing[] {
  return [
    thing("the table", arn("dynamodb", `table/${workload}-main`), "dynamodb:GetItem", "dynamodb:PutItem"),
    thing("the queue", arn("sqs", `${workload}-main`), "sqs:ReceiveMessage", "sqs:SendMessage"),
    thing(
      "the secret",
      arn("secretsmanager", `secret:${workload}/main-AbCdEf`),
      "secretsmanager:GetSecretValue",
    ),
  ];
}

type Maker = (what: string, resource: string, ...actions: string[]) => Thing;

function maker(application: string, environment: string): Maker {
  return (what, resource, ...actions) => ({
    kind: "workload",
    name: `${what} ${application}-${environment}`,
    application,
    environment,
    inEnvironment: true,
    resource,
    actions,
  });
}

/** A role that the application's stack makes: it must carry the boundary. */
function roleThings(thing: Maker, application: string, role: string): Thing[] {
  const bounded = thing("a role of", role, "iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole");
  const withoutBoundary = { "iam:PermissionsBoundary": [], "aws:RequestTag/Application": application };
  return [
    bounded,
    {
      ...bounded,
      name: `${bounded.name} without the boundary`,
      kind: "unbounded role",
      application: platform,
      actions: [
        "iam:CreateRole",
        "iam:PutRolePolicy",
        "iam:AttachRolePolicy",
        "iam:DeleteRolePermissionsBoundary",
      ],
      context: withoutBoundary,
    },
  ];
}
