import type { Json } from "../../../preview/preview-document";
import {
  type Hole,
  policyOf,
  trustOf,
  cicd,
  dev,
  prod,
  root,
  role,
  changeInput,
  editPolicy,
  statement,
  resources,
  adding,
  without,
  unconditioned,
  chain,
} from "./edits";

const deployments = "arn:aws:iam::111111111111:role/slipway/deploy/*";

/** Without the tag of the application, in both statements that compare it. */
const withoutApplicationTag = chain(
  ...["DeployJobsUnderTheirOwnName", "SessionTagsThatSayWhoseJobItIs"].map((sid) =>
    statement(trustOf("door", "dev"), sid, without("StringEquals", "aws:RequestTag/Application")),
  ),
);

export const trusts: readonly Hole[] = [
  {
    id: "door-under-any-name",
    description: "A deploy job may enter dev under another application's name.",
    edit: withoutApplicationTag,
    path: "hello-world-deploy-dev (hello-world, dev) can take the role CICDCrossAccountRole of dev as backend-flask",
  },
  {
    id: "door-of-another-environment",
    description: "A deploy job for dev may take prod's door, whose trust lets all deploy jobs in.",
    edit: chain(
      statement(
        policyOf("hello-world-deploy-dev", "job"),
        "PassTheDoor",
        resources(role(prod, "/slipway/CICDCrossAccountRole")),
      ),
      ...["DeployJobsUnderTheirOwnName", "SessionTagsThatSayWhoseJobItIs", "SourceIdentityForTheTrail"].map(
        (sid) =>
          statement(trustOf("door", "prod"), sid, (match) => {
            match.Condition = { ...match.Condition, ArnLike: { "aws:PrincipalArn": deployments } };
          }),
      ),
    ),
    path: "hello-world-deploy-dev (hello-world, dev) can take the role CICDCrossAccountRole of prod as hello-world",
  },
  {
    id: "door-for-the-account",
    description: "Everybody in the CI/CD account may enter dev.",
    edit: editPolicy(trustOf("door", "dev"), (policy) => {
      policy.Statement.forEach(unconditioned);
    }),
    path: "an administrator of the CI/CD account can take the role CICDCrossAccountRole of dev",
  },
  {
    id: "door-for-everybody",
    description: "Everybody may enter prod.",
    edit: editPolicy(trustOf("door", "prod"), (policy) => {
      for (const match of policy.Statement) {
        match.Principal = { AWS: "*" };
        delete match.Condition;
      }
    }),
    path: "an administrator of a stranger's account can take the role CICDCrossAccountRole of prod",
  },
  {
    id: "wrong-role-tag",
    description: "A deploy job's role carries another application's tag.",
    edit: (document) =>
      changeInput(["cicd", "aws:iam/role:Role", "hello-world-deploy-dev", "tags"], document, (tags) => ({
        ...(tags as Readonly<Record<string, Json>>),
        Application: "backend-flask",
      })),
    path: "hello-world-deploy-dev (hello-world, dev) can take the role CICDCrossAccountRole of dev as backend-flask",
  },
  {
    id: "job-role-for-everybody",
    description: "Everybody may take a job's role.",
    edit: statement(trustOf("hello-world-test"), "AssumedByService", (match) => {
      match.Principal = "*";
      delete match.Condition;
    }),
    path: "an administrator of a stranger's account can take the role hello-world-test as hello-world",
  },
  {
    id: "job-role-for-another-job",
    description: "A publish job's role trusts another application's test job.",
    edit: adding(trustOf("backend-flask-main-publish"), {
      Effect: "Allow",
      Principal: { AWS: role(cicd, "/slipway/job/hello-world-test") },
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
    }),
    path: "hello-world-test (hello-world) can take the role backend-flask-main-publish as backend-flask",
  },
  {
    id: "deploy-role-for-an-environment",
    description: "A deploy job's role for prod trusts the account of dev.",
    edit: adding(trustOf("hello-world-deploy-prod"), {
      Effect: "Allow",
      Principal: root(dev),
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
    }),
    path: "an administrator of dev (dev) can take the role hello-world-deploy-prod of prod as hello-world",
  },
  {
    id: "people-of-any-permission-set",
    description: "The role of approvers asks for no permission set.",
    edit: statement(trustOf("hello-world-approver"), "MembersOfPermissionSet", (match) => {
      Reflect.deleteProperty(match.Condition ?? {}, "ArnLike");
    }),
    path: "an administrator of the CI/CD account perhaps can take the role hello-world-approver as hello-world",
  },
  {
    id: "confused-deputy-of-a-job",
    description: "A job's role does not ask for whom CodeBuild acts.",
    edit: statement(trustOf("hello-world-deploy-prod"), "AssumedByService", unconditioned),
    path: "codebuild.amazonaws.com on behalf of a stranger can take the role hello-world-deploy-prod of prod as hello-world",
  },
  {
    id: "confused-deputy-of-the-stack",
    description: "The role of CloudFormation in prod does not ask for whom the service acts.",
    edit: statement(trustOf("hello-world-cloudformation", "prod"), "AssumedByService", unconditioned),
    path: "cloudformation.amazonaws.com on behalf of a stranger can take the role hello-world-cloudformation of prod as hello-world",
  },
  {
    id: "execution-role-for-the-cicd-account",
    description: "The role of CloudFormation in dev trusts the CI/CD account.",
    edit: adding(trustOf("hello-world-cloudformation", "dev"), {
      Effect: "Allow",
      Principal: root(cicd),
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
    }),
    path: "an administrator of the CI/CD account can take the role hello-world-cloudformation of dev as hello-world",
  },
];
