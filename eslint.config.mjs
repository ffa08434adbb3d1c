import js from "@eslint/js";
import tseslint from "typescript-eslint";

// One direction, no way back (docs/architecture.md): each folder may import only the ones listed for it.
const layers = {
  "names.ts": [],
  "input/": [],
  "settings/": ["names", "input"],
  "config.ts": ["settings", "input"],
  "definitions/": ["settings", "names", "input"],
  "program.ts": ["settings", "config", "input", "definitions"],
  "iam/": ["settings", "names", "definitions"],
  "delivery/": ["settings", "names", "definitions"],
  "access/": ["settings", "names", "definitions", "iam", "delivery"],
  "components/": ["settings", "names", "definitions", "delivery", "access"],
  "stacks/": ["settings", "names", "definitions", "delivery", "access", "components"],
  "policy-pack/": [],
  "preview/": ["input", "policy-pack/marks"],
  "reports/": ["preview"],
  "cli/": ["preview", "reports", "policy-pack"],
};
const folders = [...new Set(Object.keys(layers).map((layer) => layer.replace(/(\.ts|\/)$/, ""))), "index"];

const direction = Object.entries(layers).map(([layer, allowed]) => {
  const own = layer.replace(/(\.ts|\/)$/, "");
  const forbidden = folders.filter((folder) => folder !== own && !allowed.includes(folder)).join("|");
  return {
    files: [layer.endsWith("/") ? `${layer}**/*.ts` : layer],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(?!(${allowed.join("|")})$)(${forbidden})(/|$)|^\\./(${layer.endsWith("/") ? "(?!)" : forbidden})(/|$)`,
              message: `${layer} may import only: ${allowed.join(", ") || "nothing of the project"}.`,
            },
          ],
        },
      ],
    },
  };
});

/**
 * What names.ts and iam/tags.ts say once, since both sides of a grant must agree on it: the tag keys, which are credentials,
 * and the prefix of what environments read.
 */
const saidOnce = [
  ["(Request|Resource|Principal)Tag.(Application|DeploymentKind)", "Use iam/tags.ts."],
  ["^(Application|DeploymentKind)$", "Use tagKeys of names.ts."],
  ["^packages.", "Use environmentPrefix or packagePrefix of names.ts."],
];
const literalsSaidOnce = saidOnce.flatMap(([pattern, message]) => [
  { selector: `Literal[value=/${pattern}/]`, message },
  { selector: `TemplateElement[value.raw=/${pattern}/]`, message },
  { selector: `Property > Identifier.key[name=/${pattern}/]`, message },
]);

// The rooms of the pack's analysis, from the ground up: each may import itself and the rooms listed for it.
const rooms = {
  document: [],
  aws: ["document"],
  measure: ["document", "aws"],
  judge: ["document", "aws", "measure"],
  govern: ["document", "judge"],
  check: ["document", "aws", "judge"],
};
const packDirection = [
  ["policy-pack/*.ts", "^\\.\\./", "The pack imports nothing of the project."],
  [
    "policy-pack/rules/*.ts",
    "^(\\.\\./\\.\\./|\\.\\./adapter$|@pulumi/)",
    "A rule is read without Pulumi; adapter.ts makes a policy of it.",
  ],
  ...Object.entries(rooms).map(([room, allowed]) => [
    `policy-pack/lib/${room}/**/*.ts`,
    `^(?!node:|\\./|\\.\\./(${allowed.join("|") || "(?!)"})/)`,
    `policy-pack/lib/${room}/ may import only: ${allowed.join(", ") || "nothing of the pack"}.`,
  ]),
].map(([files, regex, message]) => ({
  files: [files],
  rules: { "no-restricted-imports": ["error", { patterns: [{ regex, message }] }] },
}));

export default tseslint.config(
  { ignores: ["**/bin/*.js", "coverage", "examples", ".engine", "**/*.mjs"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["cli/bin.js", "preview/*.js"] } },
    },
  },
  {
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["cli/bin.js", "preview/*.js"],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      "no-undef": "off",
      "@typescript-eslint/no-require-imports": "off",
    },
  },
  {
    files: ["access", "components", "definitions", "delivery", "iam", "stacks"].map(
      (room) => `${room}/**/*.ts`,
    ),
    rules: { "no-restricted-syntax": ["error", ...literalsSaidOnce] },
  },
  ...direction,
  ...packDirection,
);
