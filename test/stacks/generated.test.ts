import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { planApplication } from "../../delivery/delivery-plan";
import * as artifacts from "../../iam/artifacts";
import { permissionsBoundary } from "../../iam/boundary";
import type { PolicyDocument } from "../../iam/document";
import { doorPermissions, doorTrust } from "../../iam/door";
import { cicdGuardrail, environmentGuardrail } from "../../iam/guardrails";
import * as names from "../../names";
import { checkDocument, reported } from "../../policy-pack/lib/check-document";
import type { DocumentKind } from "../../policy-pack/lib/findings";
import type { PreviewDocument } from "../../preview/preview-document";
import { organizations, type Organization } from "../support/generators";
import { filesOf } from "../support/organization-files";
import { anyAllows } from "../support/policy-evaluator";
import { ProjectCopy } from "../support/project-copy";
import { ownRequests } from "../support/requests";
import { sessionsOf } from "../support/roles";
import { slipway } from "../support/shipped-preview";
import { shared } from "../support/shared-statements";

/** Errors of the platform's own pack on one of its documents. */
function errors(document: PolicyDocument, kind: DocumentKind, service?: string): string[] {
  return checkDocument(JSON.stringify(document), { kind, ...(service !== undefined && { service }) })
    .map(reported)
    .filter(({ severity }) => severity === "error")
    .map(({ path, message }) => `${path}: ${message}`);
}

describe("any valid organization", () => {
  it("gets documents that its own policy pack signs, each within IAM's limits", () => {
    fc.assert(
      fc.property(organizations(), ({ platform, applications }) => {
        for (const { name, documents } of applications.flatMap((one) => sessionsOf(platform, one))) {
          for (const document of documents) assert.deepEqual(errors(document, "identity"), [], name);
          const size = documents.reduce((sum, document) => sum + JSON.stringify(document).length, 0);
          assert.ok(size <= 10_240, `${name} has ${size} characters`);
        }
        assert.deepEqual(errors(artifacts.artifactBucketPolicy(platform), "resource", "s3"), []);
        assert.deepEqual(errors(artifacts.artifactKeyPolicy(platform), "resource", "kms"), []);
        assert.deepEqual(errors(artifacts.notificationKeyPolicy(platform), "resource", "kms"), []);
        assert.deepEqual(errors(cicdGuardrail(platform), "scp"), []);
        for (const environment of platform.environments) {
          const trust = doorTrust(platform, environment);
          assert.deepEqual(errors(trust, "trust"), []);
          assert.ok(JSON.stringify(trust).length <= 2_048);
          assert.deepEqual(errors(doorPermissions(platform, environment), "identity"), []);
          assert.deepEqual(errors(permissionsBoundary(environment), "boundary"), []);
          assert.deepEqual(errors(environmentGuardrail(platform, environment), "scp"), []);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("has no role that reaches another application", () => {
    fc.assert(
      fc.property(organizations(), ({ platform, applications }) => {
        const sessions = applications.flatMap((one) => sessionsOf(platform, one));
        for (const session of sessions) {
          for (const other of sessions.filter(({ of }) => of !== session.of)) {
            const reached = ownRequests(other)
              .filter(({ statement }) => !shared.has(statement.Sid))
              .find(({ request }) =>
                anyAllows(session.documents, {
                  ...request,
                  context: { ...request.context, ...session.context },
                }),
              );
            assert.equal(reached, undefined, `${session.name} of ${session.of} reaches ${other.of}`);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("has no two applications that share a role, artifact prefix, repository, project or log group", () => {
    fc.assert(
      fc.property(organizations(), ({ platform, applications }) => {
        const owned = applications.map((one) => {
          const plan = planApplication(platform, one);
          return new Set([
            ...plan.pipelines.map(({ name }) => `prefix ${name.slice(0, 20)}`),
            ...plan.jobs.flatMap(({ project }) => [`project ${project}`, `role ${project}`]),
            ...plan.jobs.flatMap(({ reports }) => reports.map(({ group }) => `reports ${group}`)),
            `role ${names.pipelineRoleName(one.name)}`,
            `role ${names.readerRoleName(one.name)}`,
            `role ${names.approverRoleName(one.name)}`,
            `role ${names.cloudFormationRoleName(one.name)}`,
            `role ${names.taskRoleName(one.name)}`,
            `role ${names.taskExecutionRoleName(one.name)}`,
            `role ${names.namespaceRoleName(one.name)}`,
            `repository ${names.repositoryName(one.name)}`,
          ]);
        });
        const all = owned.flatMap((one) => [...one]);
        assert.deepEqual(
          all.filter((name, index) => all.indexOf(name) !== index),
          [],
        );
      }),
    );
  });

  it("is previewed without a problem or a finding", async () => {
    for (const organization of fc.sample(organizations(), { numRuns: 3, seed: 20 }))
      await previews(organization);
  });
});

async function previews(organization: Organization): Promise<void> {
  const copy = new ProjectCopy();
  try {
    for (const stack of ["cicd", "dev", "test", "prod"]) rmSync(join(copy.directory, `Pulumi.${stack}.yaml`));
    rmSync(join(copy.directory, "applications"), { recursive: true });
    for (const [file, content] of Object.entries(filesOf(organization))) copy.write(file, content);
    const { status, stdout, stderr } = await slipway(["preview", "--json"], copy.directory);
    const { stacks, problems } = JSON.parse(stdout) as PreviewDocument;
    assert.deepEqual(problems, [], stderr);
    assert.deepEqual(
      stacks.flatMap(({ policy }) => policy.violations.map(({ urn, message }) => `${urn} ${message}`)),
      [],
    );
    // Only the ARN of a connection that the stack makes itself is unknown, and it has a document of its own.
    const unread = stacks.flatMap(({ policy }) => policy.notVerifiable.map(({ urn }) => urn));
    assert.deepEqual(
      unread.filter((urn) => !urn.endsWith("-pipeline-source")),
      [],
    );
    assert.equal(unread.length > 0, madeConnection(organization));
    assert.equal(stacks.length, organization.settings.length);
    assert.equal(status, 0);
  } finally {
    copy.remove();
  }
}

function madeConnection({ settings }: Organization): boolean {
  return settings.some((one) => one.stack === "cicd" && "name" in one.connection);
}
