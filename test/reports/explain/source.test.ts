import assert from "node:assert/strict";
import { explainRoles } from "../../../reports/explain/roles";
import { sourceOf } from "../../../reports/explain/source";
import { explainStatements } from "../../../reports/explain/statement";
import { readSources } from "../../../cli/sources";
import { projectDirectory, shippedPreview } from "../../support/shipped-preview";

describe("where a statement is written", () => {
  it("is one file of iam/ for every statement of the shipped platform", async () => {
    const document = await shippedPreview();
    const sources = readSources(projectDirectory);
    const roles = explainRoles(document, sources);
    const statements = explainStatements(document, roles, sources);
    assert.ok(statements.length > 200);
    assert.deepEqual(
      statements
        .filter(({ source }) => source === undefined)
        .map(({ owner, statement }) => `${owner}:${statement}`),
      [],
    );
    const fileOf = (owner: string, sid: string): string | undefined =>
      statements
        .find((candidate) => candidate.owner === owner && candidate.statement === sid)
        ?.source?.split(":")[0];
    // Two files write these; the role decides.
    assert.equal(fileOf("CICDCrossAccountRole", "ReadOwnPackages"), "iam/door.ts");
    assert.equal(fileOf("hello-world-cloudformation", "ReadOwnPackages"), "iam/execution-roles.ts");
    assert.equal(fileOf("CICDCrossAccountRole", "SourceIdentityForTheTrail"), "iam/door.ts");
    assert.equal(fileOf("sso-dashboard", "SourceIdentityForTheTrail"), "iam/execution-roles.ts");
    assert.equal(fileOf("hello-world-test", "WriteOwnLog"), "iam/job-role.ts");
    assert.equal(fileOf("backend-flask-task-execution", "WriteOwnLog"), "iam/execution-roles.ts");
    assert.equal(fileOf("backend-flask-main-publish", "SignInToRegistry"), "iam/job-role.ts");
    assert.equal(fileOf("hello-world-cloudformation", "ManageOwnHttpApis"), "iam/capabilities.ts");
    assert.equal(fileOf("slipway/backend-flask", "PullFromDev"), "iam/repository.ts");
  });

  const sources = new Map([
    ["iam/a.ts", 'one\nallow("Read", [])\n`PullFrom${part(name)}`'],
    ["iam/door.ts", 'allow(\n  "Write",\n)'],
    ["iam/people.ts", 'allow("Write", "X"); `${x}`; `arn:${y}`'],
  ]);
  const cases: readonly (readonly [sid: string, role: string, source: string | undefined])[] = [
    ["Read", "/slipway/job/x", "iam/a.ts:2"],
    ["PullFromDev", "", "iam/a.ts:3"],
    ["PullFrom", "", undefined],
    ["Write", "/slipway/CICDCrossAccountRole", "iam/door.ts:2"],
    ["Write", "/slipway/people/approver", "iam/people.ts:1"],
    ["Write", "/other/role", undefined],
    ["Nowhere", "/slipway/people/approver", undefined],
  ];
  for (const [sid, rolePath, source] of cases) {
    it(`of ${sid} in ${rolePath || "no role"} is ${source ?? "not known"}`, () => {
      assert.equal(sourceOf(sid, rolePath, sources), source);
    });
  }
});
