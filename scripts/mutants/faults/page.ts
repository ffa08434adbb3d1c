import type { Fault } from "../fault";

export const pageFaults: readonly Fault[] = [
  {
    name: "a comment on a pull request may be longer than GitHub takes",
    file: "reports/markdown.ts",
    find: "if (size > room) return false;",
    replace: "",
    killedBy: {
      file: "test/reports/markdown.test.ts",
      title:
        "the preview as Markdown says how many parts are left out where a comment would be too long, and keeps the totals",
    },
  },
  {
    name: "the terminal counts resources by type without being asked",
    file: "reports/terminal.ts",
    find: 'const kinds = verbose ? flow(kindsOf(stack), pen.width, "  ") : [];',
    replace: 'const kinds = flow(kindsOf(stack), pen.width, "  ");',
    killedBy: {
      file: "test/reports/terminal.test.ts",
      title:
        "the preview at a terminal shows per stack its account, region, and each pipeline as a way with its gates",
    },
  },
  {
    name: "the map forgets the way by which deploy jobs enter an environment",
    file: "reports/page/trust-links.ts",
    find: "return whole && narrowed.length > 0 ? narrowed : [value];",
    replace: "return [value];",
    killedBy: {
      file: "test/pictures.test.ts",
      title:
        "the pictures of the documentation are those that the page shows; npm run pictures draws them anew",
    },
  },
];
