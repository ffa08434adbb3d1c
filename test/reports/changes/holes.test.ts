import assert from "node:assert/strict";
import type { PreviewDocument } from "../../../preview/preview-document";
import { changesOf } from "../../../reports/changes/changes";
import { holes } from "../../support/holes";
import { shippedPreview } from "../../support/shipped-preview";

/** Of each hole: the stack, the role or resource, and the statement that grants more; `open` where it is an exposure too. */
const named: Readonly<Record<string, readonly string[]>> = {
  "read-all-artifacts": ["cicd, role hello-world-test, ReadArtifacts"],
  "read-anothers-prefix": ["cicd, role backend-flask-main-image, ReadArtifacts"],
  "prefix-with-wildcard": ["cicd, role hello-world-pipeline, ReadArtifacts"],
  "write-all-artifacts": ["cicd, role hello-world-main-package, WriteArtifacts"],
  "write-all-packages": ["cicd, role hello-world-main-publish, WriteArtifacts"],
  "decrypt-without-context": ["cicd, role hello-world-test, DecryptArtifacts"],
  "encrypt-without-context": ["cicd, role backend-flask-main-image, EncryptArtifacts"],
  "pull-all-images": ["cicd, role backend-flask-main-image, FindOwnImages"],
  "push-all-images": ["cicd, role backend-flask-main-publish, PushToOwnRepository"],
  "mark-anothers-images": ["cicd, role sso-dashboard-deploy-dev, MarkDeployedImages"],
  "any-repository-of-the-connection": ["cicd, role hello-world-pipeline, UseConnection"],
  "run-all-jobs": ["cicd, role hello-world-pipeline, RunOwnJobs"],
  "run-anothers-job": ["cicd, role sso-dashboard-pipeline, RunOwnJobs"],
  "start-anothers-release": ["cicd, role hello-world-starter, StartByHand"],
  "approve-everything": ["cicd, role hello-world-approver, Approve"],
  "approve-another": ["cicd, role backend-flask-approver, Approve"],
  "read-all-logs": ["cicd, role hello-world-reader, ReadLogs"],
  "write-anothers-log": ["cicd, role hello-world-test, WriteOwnLog"],
  "all-but-iam": ["cicd, role hello-world-reader, Hole"],
  "change-pipelines": ["cicd, role hello-world-test, Hole"],
  "change-jobs": ["cicd, role hello-world-deploy-dev, Hole"],
  "change-trusts": ["cicd, role backend-flask-pipeline, Hole"],
  "pass-any-role": ["cicd, role hello-world-test, Hole"],
  "tag-roles": ["cicd, role sso-dashboard-test, Hole"],
  "change-bucket-policy": ["cicd, role hello-world-main-publish, Hole"],
  "change-repository-policy": ["cicd, role backend-flask-main-publish, Hole"],
  "listen-to-approvals": ["cicd, role hello-world-test, Hole"],
  "key-names-a-job": ["cicd, key artifact-key, Hole"],
  "unbounded-roles": ["dev, role hello-world-cloudformation, MakeOwnRoles"],
  "boundary-taken-off": ["dev, role hello-world-cloudformation, Hole"],
  "bucket-for-the-organization": [
    "cicd, bucket slipway-artifacts-111111111111-eu-west-1-e2b41c, PackagesOfDev",
    "open",
  ],
  "bucket-for-everybody": [
    "cicd, bucket slipway-artifacts-111111111111-eu-west-1-e2b41c, Hole",
    "cicd, bucket slipway-artifacts-111111111111-eu-west-1-e2b41c, RefuseOtherOrganizations",
    "open",
  ],
  "bucket-names-the-wrong-account": [
    "cicd, bucket slipway-artifacts-111111111111-eu-west-1-e2b41c, PackagesOfProd",
  ],
  "bucket-lets-environments-write": ["cicd, bucket slipway-artifacts-111111111111-eu-west-1-e2b41c, Hole"],
  "key-for-everybody": ["cicd, key artifact-key, UseThroughIdentityPolicies", "open"],
  "key-names-the-wrong-account": ["cicd, key artifact-key, PackagesOfProd"],
  "key-administered-from-outside": ["cicd, key notification-key, Hole", "open"],
  "repository-for-everybody": ["cicd, repository slipway/backend-flask, PullFromDev", "open"],
  "repository-lets-environments-push": ["cicd, repository slipway/backend-flask, Hole"],
  "topic-for-everybody": ["cicd, topic slipway-approvals, Hole", "open"],
  "door-under-any-name": [
    "dev, role CICDCrossAccountRole, DeployJobsUnderTheirOwnName",
    "dev, role CICDCrossAccountRole, SessionTagsThatSayWhoseJobItIs",
  ],
  "door-of-another-environment": [
    "cicd, role hello-world-deploy-dev, PassTheDoor",
    "prod, role CICDCrossAccountRole, DeployJobsUnderTheirOwnName",
    "prod, role CICDCrossAccountRole, SessionTagsThatSayWhoseJobItIs",
    "prod, role CICDCrossAccountRole, SourceIdentityForTheTrail",
  ],
  "door-for-the-account": [
    "dev, role CICDCrossAccountRole, DeployJobsUnderTheirOwnName",
    "dev, role CICDCrossAccountRole, SessionTagsThatSayWhoseJobItIs",
    "dev, role CICDCrossAccountRole, SourceIdentityForTheTrail",
    "open",
  ],
  "door-for-everybody": [
    "prod, role CICDCrossAccountRole, DeployJobsUnderTheirOwnName",
    "prod, role CICDCrossAccountRole, SessionTagsThatSayWhoseJobItIs",
    "prod, role CICDCrossAccountRole, SourceIdentityForTheTrail",
    "open",
  ],
  "wrong-role-tag": ["cicd, role hello-world-deploy-dev, tags.Application"],
  "job-role-for-everybody": ["cicd, role hello-world-test, AssumedByService", "open"],
  "job-role-for-another-job": ["cicd, role backend-flask-main-publish, Hole"],
  "deploy-role-for-an-environment": ["cicd, role hello-world-deploy-prod, Hole", "open"],
  "people-of-any-permission-set": ["cicd, role hello-world-approver, MembersOfPermissionSet", "open"],
  "confused-deputy-of-a-job": ["cicd, role hello-world-deploy-prod, AssumedByService"],
  "confused-deputy-of-the-stack": ["prod, role hello-world-cloudformation, AssumedByService"],
  "execution-role-for-the-cicd-account": ["dev, role hello-world-cloudformation, Hole", "open"],
  "deploy-any-stack": ["dev, role CICDCrossAccountRole, DeployOwnStack"],
  "read-any-package": ["dev, role CICDCrossAccountRole, ReadOwnPackages"],
  "decrypt-any-package": ["dev, role CICDCrossAccountRole, DecryptOwnPackages"],
  "pass-any-service-role": ["dev, role CICDCrossAccountRole, PassOwnServiceRole"],
  "deploy-any-service": ["dev, role CICDCrossAccountRole, DeployOwnService"],
  "register-any-task": ["dev, role CICDCrossAccountRole, RegisterOwnTask"],
  "door-without-kind": ["dev, role CICDCrossAccountRole, Hole"],
  "stack-makes-any-function": ["dev, role hello-world-cloudformation, ManageOwnFunctions"],
  "task-without-boundary": [
    "dev, role backend-flask-task, permissionsBoundary",
    "dev, role backend-flask-task, statement 1",
  ],
  "runtime-pulls-anothers-images": [
    "cicd, repository slipway/sso-dashboard, PullFromDev",
    "dev, role backend-flask-task-execution, PullOwnImage",
  ],
};

describe("the changes that a hole makes", () => {
  let shipped: PreviewDocument;
  before(async () => {
    shipped = await shippedPreview();
  });

  it("are held for every hole", () => {
    assert.ok(holes.length >= 40);
    assert.deepEqual(
      holes.map(({ id }) => id),
      Object.keys(named),
    );
  });

  for (const hole of holes) {
    it(`are named: ${hole.description}`, () => {
      const { access, exposures } = changesOf("the shipped platform", shipped, hole.edit(shipped));
      const wider = access
        .filter(({ direction }) => direction === "wider")
        .map(({ stack, subject, statement, path }) => `${stack}, ${subject}, ${statement || path}`);
      assert.deepEqual([...new Set(wider), ...(exposures.length > 0 ? ["open"] : [])], named[hole.id]);
    });
  }
});
