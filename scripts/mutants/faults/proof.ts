import type { Fault, TestName } from "../fault";

const lookup = (title: string): TestName => ({
  file: "test/reports/proof/lookup.test.ts",
  title: `the lookup of what a statement could be about ${title}`,
});

const prove = (title: string): TestName => ({
  file: "test/cli/prove.test.ts",
  title: `slipway prove ${title}`,
});

export const proofFaults: readonly Fault[] = [
  {
    name: "the proof looks a negated list of resources up as if it were a plain one",
    file: "reports/proof/lookup.ts",
    find: "if (resources === undefined || resources.negated) return [];",
    replace: "if (resources === undefined) return [];",
    killedBy: lookup("finds everything for a negated list, for a wildcard, and where there is no resource"),
  },
  {
    name: "the proof forgets offers that do not have a condition's key",
    file: "reports/proof/lookup.ts",
    find: "choiceOf(offered, values, session, without)",
    replace: "choiceOf(offered, values, session, [])",
    killedBy: lookup("finds by a key that the request brings, and whatever does not have the key"),
  },
  {
    name: "the proof looks conditions up that hold without their key",
    file: "reports/proof/lookup.ts",
    find: "/^String(Equals|Like)$/",
    replace: "/String(Equals|Like)/",
    killedBy: lookup("finds by a key that the request brings, and whatever does not have the key"),
  },
  {
    name: "the proof excludes a statement by a condition that nobody can know",
    file: "reports/proof/lookup.ts",
    find: 'condition.holds(session) === "no"',
    replace: 'condition.holds(session) !== "yes"',
    killedBy: lookup("excludes a statement whose condition fails by the session alone, and no other"),
  },
  {
    name: "the proof overlooks grants that the resource's policy makes by itself",
    file: "reports/proof/shortlist.ts",
    find: "this.grantsByName.get(name) ?? []",
    replace: "[]",
    killedBy: {
      file: "test/reports/proof/holes.test.ts",
      title: "holes that are put into the platform are found: confused-deputy-of-a-job",
    },
  },
  {
    name: "the proof overlooks grants to everybody",
    file: "reports/proof/shortlist.ts",
    find: "if (plain.includes(undefined)) this.otherGrants.push(grant);",
    replace: "",
    killedBy: {
      file: "test/reports/proof/shortlist.test.ts",
      title: "the shortlist of what could be granted leaves nothing out behind a hole of each kind",
    },
  },
  {
    name: "the proof: slipway prove ends with 0 although there is a way across",
    file: "cli/prove.ts",
    find: "process.exitCode = isExpected && paths.length === 0 ? 0 : DIFFERS;",
    replace: "process.exitCode = 0;",
    killedBy: prove(
      "ends with 1 for a platform with a hole, and draws the way through it, statement by statement",
    ),
  },
  {
    name: "the proof: slipway prove asks an account's own administrator for what is his",
    file: "reports/proof/own-question.ts",
    find: 'kind !== "outsider" || accountId !== owner',
    replace: 'kind !== "outsider" || accountId !== ""',
    killedBy: prove("says who can, and by --expect no whether nobody can"),
  },
  {
    name: "the proof: slipway prove does not say which stacks it leaves out",
    file: "cli/prove.ts",
    find: "document.stacks.filter((one) => !isChosen(one))",
    replace: "document.stacks.filter(() => false)",
    killedBy: prove("leaves stacks out that are not asked for, and says so"),
  },
];
