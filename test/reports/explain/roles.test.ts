import assert from "node:assert/strict";
import { explainRoles } from "../../../reports/explain/roles";
import { shippedPreview } from "../../support/shipped-preview";
import { documentOf, resource, role, stack } from "./documents";

const home = "111111111111";

describe("a role in plain sentences", () => {
  it("says who takes it, what for, what it may do and where each statement is", async () => {
    const roles = explainRoles(await shippedPreview());
    const deploy = roles.find(({ name }) => name === "hello-world-deploy-dev");
    assert.ok(deploy);
    const { statements, ...words } = deploy;
    assert.deepEqual(words, {
      stack: "cicd",
      urn: "urn:pulumi:cicd::slipway::slipway:index:ApplicationDelivery$slipway:index:Job$slipway:index:Role$aws:iam/role:Role::hello-world-deploy-dev",
      name: "hello-world-deploy-dev",
      arn: "arn:aws:iam::111111111111:role/slipway/deploy/dev/hello-world-deploy-dev",
      application: "hello-world",
      purpose:
        "The job hello-world-deploy-dev: the action Deploy in the stage Dev of the pipeline hello-world-main.",
      enteredBy: [
        "CodeBuild may take the role, if what the service acts for is the job hello-world-deploy-dev and the account that the service acts for is the CI/CD account.",
      ],
      may: [
        "In CloudWatch Logs, create log stream; write log events: every stream whose name begins with hello-world-deploy-dev/ of the log group /aws/codebuild/hello-world-deploy-dev.",
        "In S3, read objects and their versions: the artifact Package of hello-world-main and the packages of hello-world for dev in the artifact bucket, if the resource's account is the CI/CD account.",
        "In KMS, decrypt: the key with the alias slipway-artifacts, if the resource's account is the CI/CD account, the service that uses the key is S3 in eu-west-1 and what the key encrypts is the artifact Package of hello-world-main or the packages of hello-world for dev in the artifact bucket.",
        "In STS, take the role; set the source identity; bring session tags: the role CICDCrossAccountRole of dev.",
      ],
      limits: [],
    });
    assert.deepEqual(
      statements.map(({ document, statement, effect }) => [document, statement, effect]),
      [
        ["the trust of the role hello-world-deploy-dev", "AssumedByService", "Allow"],
        ["the policy job of the role hello-world-deploy-dev", "WriteOwnLog", "Allow"],
        ["the policy job of the role hello-world-deploy-dev", "ReadArtifacts", "Allow"],
        ["the policy job of the role hello-world-deploy-dev", "DecryptArtifacts", "Allow"],
        ["the policy job of the role hello-world-deploy-dev", "PassTheDoor", "Allow"],
      ],
    );
    assert.deepEqual(statements.at(-1)?.exact, {
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
      Effect: "Allow",
      Resource: ["arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole"],
      Sid: "PassTheDoor",
    });
  });

  it("does not take actions without a build project for uses of a project that has no name yet", () => {
    const shop = resource("aws:iam/role:Role", "shop", {
      name: "shop",
      path: "/",
      description: "Builds shop",
    });
    const project = resource("aws:codebuild/project:Project", "shop", {
      serviceRole: `arn:aws:iam::${home}:role/shop`,
    });
    const pipeline = resource("aws:codepipeline/pipeline:Pipeline", "shop", {
      name: "shop",
      stages: [{ name: "Source", actions: [{ name: "Source", configuration: {} }] }],
    });
    const [explained] = explainRoles(documentOf(stack("cicd", home, [shop, project, pipeline])));
    assert.equal(explained?.purpose, "Builds shop.");
  });

  it("tells of every role of all stacks, with every action of every statement in its exact form", async () => {
    const document = await shippedPreview();
    const roles = explainRoles(document);
    const made = document.stacks.flatMap(({ resources }) =>
      resources.filter(({ type }) => type === "aws:iam/role:Role"),
    );
    assert.deepEqual(roles.map(({ urn }) => urn).toSorted(), made.map(({ urn }) => urn).toSorted());
    assert.deepEqual(
      roles
        .filter(({ enteredBy, purpose }) => enteredBy.length === 0 || purpose === "")
        .map(({ name }) => name),
      [],
    );
    const raw = roles.flatMap(({ may, enteredBy, limits }) => [...may, ...enteredBy, ...limits]);
    assert.deepEqual(
      raw.filter((sentence) => /arn:|\$\{|undefined|\(\w+\)\s/.test(sentence.replace("(former name) ", ""))),
      [],
    );
  });

  it("knows whose the roles of people are, which carry no tag, and names people by their permission set", async () => {
    const roles = explainRoles(await shippedPreview());
    const approver = roles.find(({ name }) => name === "hello-world-approver");
    assert.equal(approver?.application, "hello-world");
    assert.deepEqual(approver.enteredBy, [
      "Members of the permission set SlipwayApprover may take the role, if the caller's organization is o-example1234 and the session keeps the name of the one that takes the role.",
    ]);
    assert.equal(
      approver.may[0],
      "In CodePipeline, approve or reject: the actions Approve_Test/Approve and Approve_Prod/Approve of the pipeline hello-world-main.",
    );
  });

  it("tells what a boundary leaves of a role, also where the boundary is not in the preview", async () => {
    const task = explainRoles(await shippedPreview()).find(({ name }) => name === "backend-flask-task");
    assert.equal(
      task?.limits[0],
      "Whatever its policies say, by the boundary slipway-boundary at most: in CloudWatch Logs, create log stream; write log events: every log group whose name begins with /aws/lambda/‹caller's Application›-dev-, if the caller is any role whose name begins with ‹caller's Application›-dev- or the role ‹caller's Application›-task.",
    );
    const permissionsBoundary = "arn:aws:iam::111111111111:policy/elsewhere";
    const [bounded] = explainRoles(
      documentOf(stack("cicd", home, role("bounded", [], { permissionsBoundary }))),
    );
    assert.deepEqual(bounded?.limits, [
      "Whatever its policies say, it can do no more than the policy arn:aws:iam::111111111111:policy/elsewhere allows.",
    ]);
  });

  it("tells denials of its own apart from what it may, and those of the organization that bind it", () => {
    const deny = { Sid: "No", Effect: "Deny", Action: "s3:PutObject", Resource: "arn:aws:s3:::shop/*" };
    const guard = (Sid: string, except: string): object => ({
      Sid,
      Effect: "Deny",
      Action: ["ecr:PutImage"],
      Resource: "*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": [except] } },
    });
    const scp = resource("aws:organizations/policy:Policy", "scp", {
      name: "guard",
      content: JSON.stringify({
        Statement: [
          guard("Others", "arn:aws:iam::111111111111:role/other"),
          guard("Own", "arn:*:iam::*:role/own*"),
        ],
      }),
    });
    const attachment = resource(
      "aws:organizations/policyAttachment:PolicyAttachment",
      "scp",
      { targetId: home },
      { dependencies: [scp.urn] },
    );
    const [own] = explainRoles(
      documentOf(
        stack("cicd", home, role("own-role", [deny])),
        stack("organization", "999999999999", [scp, attachment]),
      ),
    );
    assert.deepEqual(own?.may, []);
    assert.deepEqual(own.limits, [
      "Must not: in S3, write objects: everything in the bucket shop.",
      "The organization's policy guard (Others) denies: in ECR, store and tag images: any resource, if the caller is not the role other.",
    ]);
  });
});
