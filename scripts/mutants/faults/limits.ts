import type { Fault, TestName } from "../fault";

const limits = (title: string): TestName => ({
  file: "test/reports/limits/limits.test.ts",
  title: `the limits of a preview ${title}`,
});

export const limitFaults: readonly Fault[] = [
  {
    name: "the limits count what applications share ten times too",
    file: "reports/limits/limits.ts",
    find: "atTenTimes: shared + times * ofApplications",
    replace: "atTenTimes: times * (shared + ofApplications)",
    killedBy: limits("counts what the shipped platform makes"),
  },
  {
    name: "the limits count each stack of an account alone",
    file: "reports/limits/limits.ts",
    find: "resource.accountId || resource.stack",
    replace: "resource.stack || resource.accountId",
    killedBy: limits("counts the stacks of one account together, and its regions apart where AWS does"),
  },
  {
    name: "the limits measure only the last inline policy of a role",
    file: "reports/limits/counts.ts",
    find: "shared: before.shared + (grows ? 0 : amount),",
    replace: "shared: grows ? before.shared : amount,",
    killedBy: limits(
      "measures the inline policies of a role together, without the white space that IAM does not count",
    ),
  },
  {
    name: "the limits count white space that IAM does not",
    file: "reports/limits/counts.ts",
    find: "parsed(written) === undefined ? written",
    replace: "parsed(written) !== null ? written",
    killedBy: limits(
      "measures the inline policies of a role together, without the white space that IAM does not count",
    ),
  },
  {
    name: "the limits forget the policy that AWS attaches to every account",
    file: "reports/limits/counts.ts",
    find: "{ controlPolicies: 1 }",
    replace: "{ controlPolicies: 0 }",
    killedBy: limits("counts the policy that AWS attaches to every account"),
  },
  {
    name: "--fail-over passes over a limit that is broken",
    file: "cli/limits.ts",
    find: "  process.exitCode = OVER;\n",
    replace: "",
    killedBy: {
      file: "test/cli/limits.test.ts",
      title:
        "slipway limits ends with 1 when more of a limit is used than --fail-over allows, and prints all the same",
    },
  },
];
