import type { Fault } from "../fault";

const access = (title: string): Fault["killedBy"] => ({
  file: "test/reports/changes/access/access.test.ts",
  title: `the comparison of access ${title}`,
});

export const changeFaults: readonly Fault[] = [
  {
    name: "the change report takes a refusal that is gone for less",
    file: "reports/changes/access/access.ts",
    find: '(placed.statement.effect === "Allow") === (side === "now")',
    replace: 'side === "now"',
    killedBy: access("takes a refusal that is gone for more"),
  },
  {
    name: "the change report does not follow an alias",
    file: "reports/changes/matching.ts",
    find: "[resource.urn, ...aliases]",
    replace: "[resource.urn]",
    killedBy: {
      file: "test/reports/changes/matching.test.ts",
      title: "the resources of two previews are matched by an alias where the URN is new",
    },
  },
];
