import assert from "node:assert/strict";
import type { PreviewedResource } from "../../../../preview/preview-document";
import { subjectsOf } from "../../../../reports/changes/access/subjects";
import { resource, stack } from "../../cost/documents";
import { bucketPolicy, policyText, role, rolePolicy, type StatementJson } from "../platform";

const read: StatementJson = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const managed = resource("aws:iam/policy:Policy", "limit", {
  name: "limit",
  path: "/",
  policy: policyText(read),
});
const limited = (name: string): PreviewedResource => ({
  ...role(name),
  inputs: { ...role(name).inputs, permissionsBoundary: "arn:aws:iam::111111111111:policy/limit" },
});

/** `identity role shop: 2`: each subject with the number of its documents. */
function subjects(...resources: readonly PreviewedResource[]): string[] {
  return subjectsOf(stack("cicd", resources), ({ urn }) => urn).map(
    ({ kind, name, documents }) => `${kind} ${name}: ${documents.length}`,
  );
}

describe("the subjects of access", () => {
  it("are a role's trust, and all policies of a role as one", () => {
    assert.deepEqual(
      subjects(role("shop"), rolePolicy("shop", "one", read), rolePolicy("shop", "two", read)),
      ["trust role shop: 1", "identity role shop: 2"],
    );
  });

  it("find the role by what a policy depends on while its name is not known", () => {
    const policy = {
      ...resource("aws:iam/rolePolicy:RolePolicy", "p", {
        role: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        policy: policyText(read),
      }),
      propertyDependencies: { role: [role("shop").urn] },
    };
    assert.deepEqual(subjects(role("shop"), policy), ["trust role shop: 1", "identity role shop: 1"]);
  });

  it("are boundaries where a role names a policy as such", () => {
    assert.deepEqual(subjects(limited("shop"), managed), [
      "trust role shop: 1",
      "boundary permissions boundary limit: 1",
    ]);
  });

  it("are boundaries where a policy demands one of the roles that others make", () => {
    const maker: StatementJson = {
      ...read,
      Action: "iam:CreateRole",
      Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/limit" } },
    };
    assert.deepEqual(subjects(role("shop"), rolePolicy("shop", "one", maker), managed), [
      "trust role shop: 1",
      "identity role shop: 1",
      "boundary permissions boundary limit: 1",
    ]);
  });

  it("are policies that nobody of the stack holds, by themselves", () => {
    assert.deepEqual(subjects(managed), ["identity iam policy limit: 1"]);
  });

  it("are roles with policies of AWS too", () => {
    const holder = role("shop");
    const readOnly = { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] };
    assert.deepEqual(subjects({ ...holder, inputs: { ...holder.inputs, ...readOnly } }), [
      "trust role shop: 1",
      "identity role shop: 1",
    ]);
  });

  it("are what resource policies stand on, control policies, and access to clusters", () => {
    const policy = policyText(read);
    assert.deepEqual(
      subjects(
        bucketPolicy(read),
        resource("aws:kms/key:Key", "artifact-key", { policy }),
        resource("aws:sns/topicPolicy:TopicPolicy", "p", {
          arn: "arn:aws:sns:eu-west-1:111111111111:news",
          policy,
        }),
        resource("aws:ecr/repositoryPolicy:RepositoryPolicy", "p", { repository: "slipway/shop", policy }),
        resource("aws:organizations/policy:Policy", "guard", {
          name: "guard",
          type: "SERVICE_CONTROL_POLICY",
          content: policy,
        }),
        resource("aws:organizations/policy:Policy", "tags", {
          name: "tags",
          type: "TAG_POLICY",
          content: policy,
        }),
        resource("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "shop", {
          clusterName: "dev",
          principalArn: "arn:aws:iam::111111111111:role/shop",
          policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
          accessScope: { type: "namespace", namespaces: ["shop"] },
        }),
      ),
      [
        "resource bucket artifacts: 1",
        "resource key artifact-key: 1",
        "resource topic news: 1",
        "resource repository slipway/shop: 1",
        "scp control policy guard: 1",
        "resource cluster access shop: 1",
      ],
    );
  });
});
