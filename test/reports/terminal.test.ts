import assert from "node:assert/strict";
import { renderTerminal, renderWarnings } from "../../reports/terminal";
import { BROKEN, CLEAN, REFUSED, WARNED } from "./documents";

describe("the preview at a terminal", () => {
  it("shows per stack its account, region, and each pipeline as a way with its gates", () => {
    assert.equal(
      renderTerminal(CLEAN, { width: 100, color: false }),
      `cicd  CI/CD account 111111111111 · eu-west-1 · 5 resources

  shop-main  on push to main, release/*, files not docs/** · on tag v* · on pull request to main
             releases queue up
  ┌ Source          acme/shop
  ├ Build_and_Test  Lint + Test → Image
  ◇ Approve_Prod    a person approves within 1 day
  └ Prod            Deploy  only in the window * * 8-16 ? * MON-FRI Europe/Berlin
                    rolls back on failure

dev  environment account 222222222222 · eu-west-1 · 0 resources

✔ Clean.
  2 stacks, 5 resources. 3 policy documents judged by pack 1.0.0, 0 unknown, 0 exemptions used. 1
  value known only after deployment (see --json). Nothing was deployed; no credential was used.
`,
    );
  });

  it("counts resources by type only when it is asked to say more", () => {
    const lines = renderTerminal(CLEAN, { width: 100, color: false, verbose: true }).split("\n");
    assert.equal(lines[1], "  2 iam roles · 1 codepipeline pipeline · 1 ecr repository · 1 iam role policy");
  });

  it("needs one line for a stack without a pipeline, and no empty one before the next of them", () => {
    const [cicd, dev] = CLEAN.stacks;
    assert.ok(cicd && dev);
    const stacks = [{ ...dev, name: "a" }, { ...dev, name: "b" }, cicd];
    assert.deepEqual(
      renderTerminal({ ...CLEAN, stacks }, { width: 100, color: false })
        .split("\n")
        .slice(0, 4),
      [
        "a  environment account 222222222222 · eu-west-1 · 0 resources",
        "b  environment account 222222222222 · eu-west-1 · 0 resources",
        "",
        "cicd  CI/CD account 111111111111 · eu-west-1 · 5 resources",
      ],
    );
  });

  it("warns of what seems forgotten in the input before the verdict, and counts it there", () => {
    const [, warnings] = renderTerminal(WARNED, { width: 100, color: false }).split("0 resources\n\n");
    assert.equal(
      warnings?.split("\n  2 stacks, ")[0],
      `2 warnings about the input

  ! Pulumi.yaml
    There are no <pipelines>.

  ! Pulumi.yaml:34:13
    The environment test has no stack file.
      Add Pulumi.test.yaml.

✔ Clean, with 2 warnings.`,
    );
  });

  it("leaves these warnings to standard error when it is quiet", () => {
    assert.equal(renderTerminal(WARNED, { width: 100, color: false, quiet: true }), "");
    assert.equal(
      renderWarnings(WARNED),
      `warning: Pulumi.yaml: There are no <pipelines>.
warning: Pulumi.yaml:34:13: The environment test has no stack file.
  Add Pulumi.test.yaml.
`,
    );
    assert.equal(renderWarnings(CLEAN), "");
  });

  it("says each finding once, with all its stacks and resources, and how many there are", () => {
    const [, findings] = renderTerminal(BROKEN, { width: 100, color: false }).split("0 resources\n\n");
    assert.equal(
      findings,
      `2 violations

  ✖ no-wildcard-grants  policy  cicd, dev · high
    urn:pulumi:cicd::shop::aws:iam/rolePolicy:RolePolicy::job
    urn:pulumi:dev::shop::aws:iam/rolePolicy:RolePolicy::job
    Statement "ReadAll", Statement[0].Action: "s3:*" grants 150 actions. List the ones that the job
    needs.

1 warning

  ! role-reach  dev · medium
    urn:pulumi:cicd::shop::aws:iam/rolePolicy:RolePolicy::job
    can make <roles>.

1 policy document nobody can judge before deployment

  ? readable-policies  policy  dev · low
    urn:pulumi:cicd::shop::aws:iam/rolePolicy:RolePolicy::job
    policy cannot be known.

1 exemption used

  ○ no-open-trust  policy  dev
    urn:pulumi:cicd::shop::aws:iam/rolePolicy:RolePolicy::job
    trusted by another team.

✖ 2 mandatory violations.
  2 stacks, 5 resources. 3 policy documents judged by pack 1.0.0, 1 unknown, 1 exemption used. 1
  value known only after deployment (see --json). Nothing was deployed; no credential was used.
`,
    );
  });

  it("shows problems with place, stacks and remedy, and nothing else", () => {
    assert.equal(
      renderTerminal(REFUSED, { width: 80, color: false }),
      `✖ 2 problems. There is nothing to show until they are solved.

  applications/shop.yaml:12:5  stacks cicd, dev
  There is no environment "prd".
    The environments are: dev, prod.

  There is no stack file.
`,
    );
  });

  it("keeps to the width, URNs apart", () => {
    const lines = renderTerminal(BROKEN, { width: 60, color: false }).split("\n");
    assert.deepEqual(
      lines.filter((line) => line.length > 60 && !line.includes("urn:pulumi:")),
      [],
    );
  });

  it("uses escape codes only when colours are wanted", () => {
    const escape = String.fromCharCode(27);
    assert.equal(renderTerminal(BROKEN, { width: 80, color: false }).includes(escape), false);
    assert.equal(renderTerminal(BROKEN, { width: 80, color: true }).includes(escape), true);
  });

  it("prints only violations and problems when quiet", () => {
    assert.equal(renderTerminal(CLEAN, { width: 100, color: false, quiet: true }), "");
    const quiet = renderTerminal(BROKEN, { width: 100, color: false, quiet: true });
    assert.deepEqual(
      quiet.split("\n").filter((line) => /^\S/.test(line)),
      ["2 violations"],
    );
    assert.match(renderTerminal(REFUSED, { width: 100, color: false, quiet: true }), /^✖ 2 problems\./);
  });

  it("says so when there is no policy pack", () => {
    const stacks = CLEAN.stacks.map((stack) => ({ ...stack, policy: { ...stack.policy, pack: "" } }));
    assert.match(
      renderTerminal({ ...CLEAN, stacks }, { width: 200, color: false }),
      /There is no policy pack in policy-pack\/, so no policy was checked\./,
    );
  });
});
