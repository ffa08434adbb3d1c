import type { PreviewedResource } from "../../../preview/preview-document";
import {
  type Hole,
  type Document,
  policyOf,
  door,
  stackRole,
  dev,
  inCicd,
  inDev,
  role,
  bucketArn,
  changeInput,
  statement,
  resources,
  adding,
  without,
  allow,
  chain,
} from "./edits";

export const behindTheDoor: readonly Hole[] = [
  {
    id: "deploy-any-stack",
    description: "Behind the door every stack can be deployed.",
    edit: statement(door, "DeployOwnStack", resources(inDev("cloudformation", "stack/*"))),
    path: "hello-world-deploy-dev (hello-world, dev) can do cloudformation:ExecuteChangeSet on the stack backend-flask-dev",
  },
  {
    id: "read-any-package",
    description: "Behind the door every application's packages can be read.",
    edit: statement(door, "ReadOwnPackages", resources(`${bucketArn}/packages/dev/*`)),
    path: "hello-world-deploy-dev (hello-world, dev) can do s3:GetObject on what dev gets of backend-flask",
  },
  {
    id: "decrypt-any-package",
    description: "Behind the door every application's packages can be decrypted.",
    edit: statement(door, "DecryptOwnPackages", without("StringLike", "kms:EncryptionContext:aws:s3:arn")),
    path: "hello-world-deploy-dev (hello-world, dev) can do kms:Decrypt on what dev gets of sso-dashboard (decrypted)",
  },
  {
    id: "pass-any-service-role",
    description: "Behind the door every application's service role can be passed.",
    edit: statement(door, "PassOwnServiceRole", resources(role(dev, "/slipway/execution/*"))),
    path: "hello-world-deploy-dev (hello-world, dev) perhaps can do iam:PassRole on the role backend-flask-task",
  },
  {
    id: "deploy-any-service",
    description: "Behind the door every ECS service can be changed.",
    edit: statement(door, "DeployOwnService", (match) => {
      match.Resource = [inDev("ecs", "service/*")];
      Reflect.deleteProperty(match.Condition ?? {}, "ArnLike");
    }),
    path: "backend-flask-deploy-dev (backend-flask, dev) can do ecs:UpdateService on the service hello-world-dev",
  },
  {
    id: "register-any-task",
    description: "Behind the door every task definition can be registered.",
    edit: statement(door, "RegisterOwnTask", resources("*")),
    path: "backend-flask-deploy-dev (backend-flask, dev) can do ecs:RegisterTaskDefinition on the task definition sso-dashboard-dev",
  },
  {
    id: "door-without-kind",
    description: "Behind the door every kind of deployment may touch functions by name.",
    edit: adding(door, allow(["lambda:UpdateFunctionCode"], inDev("lambda", "function:*"))),
    path: "sso-dashboard-deploy-dev (sso-dashboard, dev) can do lambda:UpdateFunctionCode on the function hello-world-dev",
  },
  {
    id: "stack-makes-any-function",
    description: "An application's stack may change every function.",
    edit: statement(stackRole, "ManageOwnFunctions", resources(inDev("lambda", "function:*"))),
    path: "hello-world-cloudformation (hello-world, dev) can do lambda:UpdateFunctionCode on the function backend-flask-dev",
  },
  {
    id: "task-without-boundary",
    description: "The role of a task has lost its boundary and reads every table.",
    edit: chain(
      (document) =>
        changeInput(
          ["dev", "aws:iam/role:Role", "backend-flask-task", "permissionsBoundary"],
          document,
          () => "",
        ),
      (document) => ({
        ...document,
        stacks: document.stacks.map((stack) => {
          const task = stack.resources.find(
            ({ type, name }) => type === "aws:iam/role:Role" && name === "backend-flask-task",
          );
          if (stack.name !== "dev" || task === undefined) return stack;
          const policy: Document = {
            Version: "2012-10-17",
            Statement: [allow(["dynamodb:*"], inDev("dynamodb", "table/*"))],
          };
          const wide: PreviewedResource = {
            ...task,
            type: "aws:iam/rolePolicy:RolePolicy",
            urn: `${task.urn}-wide`,
            name: "backend-flask-task-wide",
            inputs: { name: "wide", role: "backend-flask-task", policy: JSON.stringify(policy) },
          };
          return { ...stack, resources: [...stack.resources, wide] };
        }),
      }),
    ),
    path: "backend-flask-task (backend-flask, dev) can do dynamodb:GetItem on the table hello-world-dev",
  },
  {
    id: "runtime-pulls-anothers-images",
    description: "ECS may pull another application's images in dev.",
    edit: chain(
      statement(
        policyOf("backend-flask-task-execution", "start", "dev"),
        "PullOwnImage",
        resources(inCicd("ecr", "repository/slipway/*")),
      ),
      statement(
        ["cicd", "aws:ecr/repositoryPolicy:RepositoryPolicy", "sso-dashboard-policy", "policy"],
        "PullFromDev",
        (match) => {
          Reflect.deleteProperty(match.Condition ?? {}, "ArnEquals");
        },
      ),
    ),
    path: "backend-flask-task-execution (backend-flask, dev) can do ecr:BatchGetImage on the images of slipway/sso-dashboard",
  },
];
