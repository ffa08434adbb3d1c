import type { Fault, TestName } from "../fault";

const roles = (title: string): TestName => ({
  file: "test/reports/explain/roles.test.ts",
  title: `a role in plain sentences ${title}`,
});
const words = (title: string): TestName => ({
  file: "test/reports/explain/sentences.test.ts",
  title: `the words of an explanation ${title}`,
});

export const explainFaults: readonly Fault[] = [
  {
    name: "the explanation of a role keeps its conditions to itself",
    file: "reports/explain/sentences.ts",
    find: `  if (conditions.length === 0) return "";`,
    replace: `  return "";`,
    killedBy: words("say of Bool aws:SecureTransport: the request is not encrypted"),
  },
  {
    name: "the explanation of a role tells a denial as a permission",
    file: "reports/explain/roles.ts",
    find: `policies.filter(({ effect }) => effect === "Allow")`,
    replace: "policies.filter(({ effect }) => effect.length > 0)",
    killedBy: roles(
      "tells denials of its own apart from what it may, and those of the organization that bind it",
    ),
  },
  {
    name: "the explanation of a role passes over its boundary",
    file: "reports/explain/denials.ts",
    find: "    ...boundarySentences(role, setting),\n",
    replace: "",
    killedBy: roles("tells what a boundary leaves of a role, also where the boundary is not in the preview"),
  },
  {
    name: "an organization's policy is told to a role that it exempts",
    file: "reports/explain/denials.ts",
    find: " && !isExempt(arn, statement)",
    replace: "",
    killedBy: roles(
      "tells denials of its own apart from what it may, and those of the organization that bind it",
    ),
  },
  {
    name: "the explanation names every account as the role's own",
    file: "reports/explain/places.ts",
    find: `account === "" || account === home.accountId`,
    replace: `account !== ""`,
    killedBy: words("name arn:aws:iam::222222222222:role/slipway/door as the role door of dev"),
  },
  {
    name: "a statement that several files write has the source of the first of them",
    file: "reports/explain/source.ts",
    find: "[...writers.keys()].filter((name) => writers.size === 1 || name === home)",
    replace: "[...writers.keys()].slice(0, 1)",
    killedBy: {
      file: "test/reports/explain/source.test.ts",
      title: "where a statement is written of Write in /slipway/people/approver is iam/people.ts:1",
    },
  },
  {
    name: "the explanation of a pipeline lets everybody approve who may see it",
    file: "reports/explain/pipelines.ts",
    find: `"codepipeline:PutApprovalResult"`,
    replace: `"codepipeline:GetPipeline"`,
    killedBy: {
      file: "test/reports/explain/pipelines.test.ts",
      title:
        "a pipeline in plain sentences says what starts it, which gates and jobs run, who approves and when a release may enter",
    },
  },
  {
    name: "new-app takes a capability that the kind does not have",
    file: "cli/new-application.ts",
    find: ".filter((name) => !allowed.includes(name))",
    replace: '.filter((name) => name === "" && !allowed.includes(name))',
    killedBy: {
      file: "test/cli/new-app.test.ts",
      title:
        'slipway new-app tells all at once: --capability: "sqs" is no capability of kind kubernetes. --chart: "../chart" is not a path inside the repository.',
    },
  },
  {
    name: "init writes between settings that are there already",
    file: "cli/write-platform.ts",
    find: "if (existing.length > 0) {",
    replace: "if (existing.length > 1) {",
    killedBy: { file: "test/cli/init.test.ts", title: "slipway init never overwrites settings" },
  },
];
