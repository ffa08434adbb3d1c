import js from "@eslint/js";
import tseslint from "typescript-eslint";

// One direction, no way back (docs/architecture.md): each folder may import only the ones listed for it.
const layers = {
  "names.ts": [],
  "input/": [],
  "settings/": ["names", "input"],
  "config.ts": ["settings", "input"],
  "definitions/": ["settings", "names", "input"],
  "program.ts": ["settings", "config", "input", "definitions", "delivery"],
  "iam/": ["settings", "names", "definitions"],
  "delivery/": ["settings", "names", "definitions"],
  "access/": ["settings", "names", "definitions", "iam", "delivery"],
  "components/": ["settings", "names", "definitions", "delivery", "access"],
  "stacks/": ["settings", "names", "definitions", "delivery", "access", "components"],
  "policy-pack/": [],
  "evaluator/": [],
  "preview/": ["input", "policy-pack/marks"],
  "reports/": ["preview", "evaluator"],
  "reports/changes/": ["preview", "policy-pack/lib/(document|aws|measure|judge)/[\\w-]+"],
  // new-app and init check what they write with the readers of the program themselves, and offer the words that these know.
  "cli/": [
    "input",
    "definitions",
    "settings",
    "preview",
    "reports",
    "reports/changes",
    "evaluator",
    "policy-pack",
  ],
};
const folders = [...new Set(Object.keys(layers).map((layer) => layer.replace(/(\.ts|\/)$/, ""))), "index"];

/** For a file of each layer: what it must not import, by `import`, `export … from`, `import()` or `require()`. */
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
/** The folders in which they must not be typed again. */
const rolesAreData = ["access", "components", "definitions", "delivery", "iam", "stacks"];

const direction = Object.entries(layers).map(([layer, allowed]) => {
  const own = layer.replace(/(\.ts|\/)$/, "");
  const forbidden = folders.filter((folder) => folder !== own && !allowed.includes(folder)).join("|");
  const regex = `^(\\.\\./)+(?!(${allowed.join("|")})$)(${forbidden})(/|$)|^\\./(${layer.endsWith("/") ? "(?!)" : forbidden})(/|$)`;
  const message = `${layer} may import only: ${allowed.join(", ") || "nothing of the project"}.`;
  // A selector's expression may hold no slash of its own.
  const late = `/${regex.replaceAll("/", "\\u002F")}/`;
  return {
    files: [layer.endsWith("/") ? `${layer}**/*.{ts,js,mjs}` : layer],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex, message }] }],
      // The last list of this rule wins for a file: what every layer must not write belongs into this one too.
      "no-restricted-syntax": [
        "error",
        { selector: `ImportExpression[source.value=${late}]`, message },
        { selector: `CallExpression[callee.name="require"][arguments.0.value=${late}]`, message },
        { selector: `CallExpression[callee.property.name="resolve"][arguments.0.value=${late}]`, message },
        { selector: `TSImportType[argument.literal.value=${late}]`, message },
        ...(rolesAreData.includes(own) ? literalsSaidOnce : []),
      ],
    },
  };
});

// The rooms of the pack's analysis, from the ground up: each may import itself and the rooms listed for it.
const rooms = {
  document: [],
  aws: ["document"],
  measure: ["document", "aws"],
  judge: ["document", "aws", "measure"],
  govern: ["document", "judge"],
  check: ["document", "aws", "judge", "govern"],
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

const longest = { skipBlankLines: true, skipComments: true };

/** Files of more than 300 lines that are still to be cut. Nothing may be added here. */
const longFiles = ["test/buildspecs/{image,package-serverless}.test.ts"];

export default tseslint.config(
  { ignores: ["**/bin/*.js", "coverage", "examples", "test/honest/*/", ".engine"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["cli/bin.js", "preview/*.js", "bench/floor/*.cjs"] },
      },
    },
  },
  {
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "max-lines": ["error", { max: 300, ...longest }],
      "max-lines-per-function": ["error", { max: 40, ...longest }],
    },
  },
  {
    files: ["cli/bin.js", "preview/*.js", "bench/floor/*.cjs", "**/*.mjs"],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      "no-undef": "off",
      "@typescript-eslint/no-require-imports": "off",
    },
  },
  // What is long in a test is the function of a `describe`, which only holds other functions.
  { files: ["test/**/*.test.ts"], rules: { "max-lines-per-function": "off" } },
  { files: longFiles, rules: { "max-lines": ["error", { max: 780, ...longest }] } },
  ...direction,
  ...packDirection,
);
