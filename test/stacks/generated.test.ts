import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { planCicdAccess, rolesOfCicd } from "../../access/cicd-access";
import { planEnvironmentAccess, rolesOfEnvironment } from "../../access/environment-access";
import { planGuardrails } from "../../access/organization-access";
import type { RolePlan } from "../../access/role-plan";
import { planApplication } from "../../delivery/plan-application";
import type { Application } from "../../definitions/application";
import type { PolicyDocument } from "../../iam/document";
import * as names from "../../names";
import { checkWhole, reportedFinding } from "../../policy-pack/lib/check/check-source";
import { Lines } from "../../policy-pack/lib/check/source";
import type { DocumentKind } from "../../policy-pack/lib/document/context";
import type { PreviewDocument } from "../../preview/preview-document";
import { assuming } from "../../reports/cost/assumptions";
import { costOf } from "../../reports/cost/cost";
import type { CicdSettings, EnvironmentSettings } from "../../settings/settings";
import { organizations, type Organization } from "../support/generators";
import { filesOf } from "../support/organization-files";
import { allows } from "../support/policy-evaluator";
import { ProjectCopy } from "../support/project-copy";
import { ownRequests } from "../support/requests";
import { sessionsOf } from "../support/sessions";
import { slipway } from "../support/shipped-preview";
import { shared } from "../support/shared-statements";

/** Errors of the platform's own pack on one of its documents. */
function errors(document: PolicyDocument, kind: DocumentKind, service?: string): string[] {
  const source = { value: document, lines: new Lines(), repeatedKeys: [] };
  return checkWhole(source, { kind, service })
    .findings.map(reportedFinding)
    .filter(({ severity }) => severity === "error")
    .map(({ path, message }) => `${path}: ${message}`);
}

function rolesOf(
  settings: CicdSettings | EnvironmentSettings,
  applications: readonly Application[],
): RolePlan[] {
  if (settings.stack === "environment")
    return rolesOfEnvironment(planEnvironmentAccess(settings, applications));
  const plans = applications.map((application) => planApplication(settings.platform, application));
  return rolesOfCicd(planCicdAccess(settings, plans));
}

describe("any valid organization", () => {
  it("gets documents that its own policy pack signs, each within IAM's limits", () => {
    fc.assert(
      fc.property(organizations(), ({ platform, settings, applications }) => {
        for (const { name, documents } of sessionsOf(settings, applications)) {
          for (const document of documents) assert.deepEqual(errors(document, "identity"), [], name);
          const size = documents.reduce((sum, document) => sum + JSON.stringify(document).length, 0);
          assert.ok(size <= 10_240, `${name} has ${size} characters`);
        }
        for (const account of settings) {
          for (const { name, trust } of rolesOf(account, applications)) {
            assert.deepEqual(errors(trust, "trust"), [], name);
            assert.ok(JSON.stringify(trust).length <= 2_048, name);
          }
          if (account.stack === "environment") {
            const { boundary } = planEnvironmentAccess(account, applications);
            assert.deepEqual(errors(boundary.document, "boundary"), []);
          } else {
            const access = planCicdAccess(account, []);
            assert.deepEqual(errors(access.artifactBucket, "resource", "s3"), []);
            assert.deepEqual(errors(access.artifactKey, "resource", "kms"), []);
            assert.deepEqual(errors(access.notificationKey, "resource", "kms"), []);
            assert.deepEqual(errors(access.approvalTopic, "resource", "sns"), []);
            assert.deepEqual(errors(access.statusTopic, "resource", "sns"), []);
          }
        }
        for (const { document } of planGuardrails(platform)) assert.deepEqual(errors(document, "scp"), []);
      }),
      { numRuns: 40 },
    );
  });

  it("speaks in every chat channel by one configuration, under a role and a guardrail that allow nothing", () => {
    fc.assert(
      fc.property(organizations(), ({ settings: [account], applications }) => {
        assert.ok(account?.stack === "cicd");
        const plans = applications.map((application) => planApplication(account.platform, application));
        const rules = plans.flatMap(({ chatRules }) => chatRules);
        const targets = rules.map(({ channels }) => channels.map((channel) => channel.configurationArn));
        const { chat } = planCicdAccess(account, plans);
        const made = chat?.channels.map((channel) => channel.configurationArn) ?? [];
        assert.deepEqual(made, [...new Set(made)]);
        assert.deepEqual(
          targets.flat().filter((arn) => !made.includes(arn)),
          [],
        );
        assert.ok(targets.every(({ length }) => length > 0 && length <= 10));
        assert.deepEqual(chat?.role.policies ?? {}, {});
        assert.match(chat?.guardrailArn ?? "AWSDenyAll", /(^|^arn:aws:iam::aws:policy\/)AWSDenyAll$/);
      }),
      { numRuns: 60 },
    );
  });

  it("has no role that reaches another application", () => {
    fc.assert(
      fc.property(organizations(), ({ settings, applications }) => {
        const sessions = sessionsOf(settings, applications).map((session) => ({
          ...session,
          // Made once for each session, not once for each pair: there are hundreds of pairs.
          requests: ownRequests(session).filter(({ statement }) => !shared.has(statement.Sid)),
          Statement: session.documents.flatMap(({ Statement }) => Statement),
        }));
        for (const { of, name, context, Statement } of sessions) {
          for (const other of sessions.filter((session) => session.of !== of)) {
            const reached = other.requests.find(({ request }) =>
              allows(
                { Version: "2012-10-17", Statement },
                { ...request, context: { ...request.context, ...context } },
              ),
            );
            assert.equal(reached, undefined, `${name} of ${of} reaches ${other.of}`);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("has no two applications that share a role, artifact prefix, repository, project or log group", () => {
    fc.assert(
      fc.property(organizations(), ({ settings, applications }) => {
        const held = applications.map(
          (application) =>
            new Set(
              settings.flatMap((account) => [
                ...rolesOf(account, [application])
                  // Of all applications: the one knows who comes in, the other may do nothing.
                  .filter(({ name }) => ![names.doorRoleName, names.chatRoleName].includes(name))
                  .map(({ name }) => `role ${name}`),
                ...(account.stack === "cicd" ? thingsOf(account, application) : []),
              ]),
            ),
        );
        const all = held.flatMap((things) => [...things]);
        assert.deepEqual(
          all.filter((name, index) => all.indexOf(name) !== index),
          [],
        );
      }),
    );
  });

  it("is previewed without a problem or a finding", async () => {
    for (const organization of tellingOrganizations()) await previews(organization);
  });
});

/** What an application has of its own in the CI/CD account, beside roles. */
function thingsOf({ platform }: CicdSettings, application: Application): string[] {
  const plan = planApplication(platform, application);
  return [
    ...plan.pipelines.map(({ name }) => `prefix ${names.pipelinePrefix(name)}`),
    ...plan.jobs.map(({ project }) => `project ${project}`),
    ...plan.chatRules.map(({ name }) => `notification rule ${name}`),
    ...plan.jobs.flatMap(({ reports }) => reports.map(({ group }) => `reports ${group}`)),
    ...(plan.images ? [`repository ${plan.images.repository}`] : []),
  ];
}

/**
 * The smallest that show the most: a preview takes seconds for each account, and most organizations show what others do.
 * One has all kinds of deployment, makes its connection and speaks in chat; one lives in another partition and adopts a connection.
 */
function tellingOrganizations(): Organization[] {
  const candidates = fc
    .sample(organizations(), { numRuns: 120, seed: 20 })
    .toSorted((a, b) => a.settings.length - b.settings.length);
  const kinds = ({ applications }: Organization): number =>
    new Set(applications.map(({ deployment }) => deployment.kind)).size;
  const everyKind = candidates.find(
    (candidate) =>
      kinds(candidate) === 3 &&
      madeConnection(candidate) &&
      candidate.applications.some(({ chat }) => chat !== undefined),
  );
  const elsewhere = candidates.find(
    (candidate) =>
      kinds(candidate) === 2 &&
      !madeConnection(candidate) &&
      candidate.platform.cicd.region.startsWith("cn-") &&
      candidate.applications.some(({ capabilities }) => capabilities.length > 3),
  );
  assert.ok(everyKind && elsewhere, "no sampled organization is as wanted: sample more");
  return [everyKind, elsewhere];
}

async function previews(organization: Organization): Promise<void> {
  const copy = new ProjectCopy();
  try {
    for (const stack of ["cicd", "dev", "test", "prod"]) rmSync(join(copy.directory, `Pulumi.${stack}.yaml`));
    rmSync(join(copy.directory, "applications"), { recursive: true });
    for (const [file, content] of Object.entries(filesOf(organization))) copy.write(file, content);
    const { status, stdout, stderr } = await slipway(["preview", "--json"], copy.directory);
    const document = JSON.parse(stdout) as PreviewDocument;
    const { stacks, problems } = document;
    assert.deepEqual(problems, [], stderr);
    assert.deepEqual(costOf(document, assuming()).notPriced, []);
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
