import type { Fault } from "../fault";

/** A test of `settings/<file>.ts`. */
const rule = (file: string, title: string): Fault["killedBy"] => ({
  file: `test/settings/${file}.test.ts`,
  title,
});
const cron = (what: string): Fault["killedBy"] => ({
  file: "test/settings/schedule.test.ts",
  title: `cron expressions of deployment windows ${what}`,
});

export const settingsFaults: readonly Fault[] = [
  {
    name: "an environment may be in the account of the pipelines",
    file: "settings/platform-rules.ts",
    find: 'new Map([[cicd.accountId, "slipway:cicd"]])',
    replace: "new Map<string, string>()",
    killedBy: {
      file: "test/messages/shared-settings-rules.test.ts",
      title:
        "config: what is wrong is said with its place, what is allowed and the remedy an environment in the CI/CD account",
    },
  },
  {
    name: "capitals make two roles of the one that runs the platform",
    file: "settings/platform-rules.ts",
    find: "platformRole.toLowerCase() !== breakGlassRole.toLowerCase()",
    replace: "platformRole !== breakGlassRole",
    killedBy: rule(
      "platform-rules",
      "rules between the shared settings take two roles for one where only capitals part them, as IAM does",
    ),
  },
  {
    name: "approvals may be asked of nobody",
    file: "settings/platform-rules.ts",
    find: "waiting.length === 0 || notifications.approvals.length > 0",
    replace: "waiting.length === 0 || notifications.approvals.length >= 0",
    killedBy: {
      file: "test/messages/shared-settings-rules.test.ts",
      title:
        "config: what is wrong is said with its place, what is allowed and the remedy approvals that nobody is asked for",
    },
  },
  {
    name: "a stack with credentials of another account is deployed",
    file: "settings/rules.ts",
    find: '    ...repeatProblems(config, "aws:allowedAccountIds", [account.accountId], owner),\n',
    replace: "",
    killedBy: {
      file: "test/messages/stack-settings.test.ts",
      title:
        "config: what is wrong is said with its place, what is allowed and the remedy a region and an account that are not the environment's",
    },
  },
  {
    name: "the provider may reach further accounts beside the right one",
    file: "settings/rules.ts",
    find: "if (JSON.stringify(actual) === JSON.stringify(value)) return [];",
    replace: "if ([given].flat().includes([value].flat()[0])) return [];",
    killedBy: {
      file: "test/messages/stack-settings.test.ts",
      title:
        "config: what is wrong is said with its place, what is allowed and the remedy one account too many for the provider",
    },
  },
  {
    name: "the provider's session token may stand in the file",
    file: "settings/rules.ts",
    find: '"aws:secretKey", "aws:token"]',
    replace: '"aws:secretKey"]',
    killedBy: rule(
      "rules",
      "credentials of the provider are refused in plain text whatever they look like, each of the three",
    ),
  },
  {
    name: "the kind of deployment may be a default tag",
    file: "settings/rules.ts",
    find: "return Object.values(tagKeys)\n",
    replace: "return [tagKeys.application]\n",
    killedBy: rule("rules", "default tags of the provider are none of the two that policies compare"),
  },
  {
    name: "service control policies may be held by an environment's account",
    file: "settings/rules.ts",
    find: '{ ...cicd, name: "the CI/CD account" }, ...environments]',
    replace: '{ ...cicd, name: "the CI/CD account" }]',
    killedBy: {
      file: "test/settings/parse-settings.test.ts",
      title:
        "config: the stack in the organization's management account is in no account of the platform, in a region that exists",
    },
  },
  {
    name: "the connection may be in another region than the pipelines",
    file: "settings/rules.ts",
    find: "region === cicd.region && accountId === cicd.accountId",
    replace: "accountId === cicd.accountId",
    killedBy: rule("rules", "a connection that exists is in the account and the region of the pipelines"),
  },
  {
    name: "a stack may set for itself what all share",
    file: "settings/rules.ts",
    find: "Object.hasOwn(sharedKeys, name) && stackKeys.includes(key)",
    replace: "Object.hasOwn(sharedKeys, name) && stackKeys.includes(name)",
    killedBy: {
      file: "test/messages/stack-settings.test.ts",
      title:
        "config: what is wrong is said with its place, what is allowed and the remedy settings in the wrong place",
    },
  },
  {
    name: "pipelines may be in a region without CodePipeline",
    file: "settings/regions.ts",
    find: "us-gov-east-1 us-gov-west-1`);",
    replace: "us-gov-east-1 us-gov-west-1 ca-west-1`);",
    killedBy: rule(
      "platform-rules",
      "rules between the shared settings refuse pipelines in a region without CodePipeline",
    ),
  },
  {
    name: "the names of days are counted from zero",
    file: "settings/schedule.ts",
    find: "index < 0 ? undefined : index + least",
    replace: "index < 0 ? undefined : index",
    killedBy: cron("accept * * * ? * SUN"),
  },
  {
    name: "a window may name a day of the month and one of the week",
    file: "settings/schedule.ts",
    find: '(parts[2] === "?") === (parts[4] === "?")',
    replace: 'parts[2] === "?" && parts[4] === "?"',
    killedBy: cron("refuse * * * 1 * MON"),
  },
  {
    name: "a window may open in an hour that no day has",
    file: "settings/schedule.ts",
    find: "value >= field.least && value <= field.most",
    replace: "value >= field.least",
    killedBy: cron("refuse * * 9-24 ? * *"),
  },
];
