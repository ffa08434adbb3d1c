import type { Fault, TestName } from "../fault";

const cost = (title: string): TestName => ({
  file: "test/reports/cost/cost.test.ts",
  title: `the cost of a preview ${title}`,
});

export const costFaults: readonly Fault[] = [
  {
    name: "the cost counts every release as approved",
    file: "reports/cost/lines.ts",
    find: "(share) => share ** action.approvals",
    replace: "(share) => share ** 0",
    killedBy: cost("counts minutes of every action but approvals, and those of builds twice"),
  },
  {
    name: "the cost forgets old versions of artifacts",
    file: "reports/cost/facts.ts",
    find: "return days + (versioned ? (older ?? 0) : 0);",
    replace: "return days;",
    killedBy: cost("stores artifacts until the lifecycle has expired object and old version"),
  },
  {
    name: "the cost of the delivery holds what applications run",
    file: "reports/cost/cost.ts",
    find: "const delivery = costs.filter(({ running }) => !running);",
    replace: "const delivery = costs;",
    killedBy: cost("counts ECS tasks in the environment's account, beside the delivery"),
  },
  {
    name: "types of resources that are not known cost nothing",
    file: "reports/cost/cost.ts",
    find: "...types.filter(([type]) => !pricedTypes.has(type) && freeTypes[type] === undefined),",
    replace: "",
    killedBy: cost("says what has no price, and never that it is free"),
  },
  {
    name: "every application has the free tier to itself",
    file: "reports/cost/cost.ts",
    find: "const key = ({ accountId, price }: Line): string => `${accountId} ${price}`;",
    replace:
      "const key = ({ accountId, price, application }: Line): string => `${accountId} ${price} ${application}`;",
    killedBy: cost("takes the free tier of an account off what all that use it pay, by what they use"),
  },
  {
    name: "keys get dearer with every rotation",
    file: "reports/cost/lines.ts",
    find: "const chargedRotations = 2;",
    replace: "const chargedRotations = 99;",
    killedBy: cost("counts keys, and the first two rotations of each"),
  },
  {
    name: "a repository holds more images than were built",
    file: "reports/cost/images.ts",
    find: "return combine(Math.min, made, sumOf(kept));",
    replace: "return sumOf(kept);",
    killedBy: cost("keeps as many images as the lifecycle says, or as were built"),
  },
  {
    name: "a price of another region is taken without a margin",
    file: "reports/cost/tally.ts",
    find: "times(exactly(quotation.usd), elsewhere)",
    replace: "times(exactly(quotation.usd))",
    killedBy: {
      file: "test/reports/cost/tally.test.ts",
      title: "a price in a region is that of us-east-1 and up to 30 % more elsewhere",
    },
  },
  {
    name: "a comparison of costs forgets applications that are gone",
    file: "reports/cost/compare.ts",
    find: "[...new Set([...before.keys(), ...after.keys()])]",
    replace: "[...after.keys()]",
    killedBy: {
      file: "test/reports/cost/compare.test.ts",
      title: "the comparison of two costs tells what is new, gone and changed, each once and by name",
    },
  },
];
