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
  "components/": ["settings", "names", "definitions", "iam", "delivery", "access"],
  "stacks/": ["settings", "names", "definitions", "iam", "delivery", "access", "components"],
  "policy-pack/": [],
  "preview/": ["input"],
  "reports/": ["preview"],
  "cli/": ["preview", "reports", "policy-pack"],
};
const folders = [...new Set(Object.keys(layers).map((layer) => layer.replace(/(\.ts|\/)$/, ""))), "index"];

/** For a file of each layer: what it must not import, by `import`, `export … from`, `import()` or `require()`. */
const direction = Object.entries(layers).map(([layer, allowed]) => {
  const own = layer.replace(/(\.ts|\/)$/, "");
  const forbidden = folders.filter((folder) => folder !== own && !allowed.includes(folder)).join("|");
  const regex = `^(\\.\\./)+(${forbidden})(/|$)|^\\./(${layer.endsWith("/") ? "(?!)" : forbidden})(/|$)`;
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
      ],
    },
  };
});

const longest = { skipBlankLines: true, skipComments: true };

/** Functions of more than 40 lines that are still to be cut. Nothing may be added here. */
const longFunctions = [
  "components/{artifact-bucket,ecs-target,job,people-roles,pipeline}.ts",
  "delivery/{events,jobs}.ts",
  "iam/{artifacts,capabilities,door,guardrails,people}.ts",
  "policy-pack/lib/principals.ts",
  "preview/{monitor,project}.ts",
  "stacks/cicd.ts",
  "test/engine/aws-simulator/{server,types/pipeline}.ts",
  "test/engine/support/grants.ts",
  "test/support/{generators,roles}.ts",
];

/** Files of more than 300 lines that are still to be cut. Nothing may be added here. */
const longFiles = [
  "test/buildspecs/{image,package-serverless}.test.ts",
  "test/config.test.ts",
  "test/definitions/read.test.ts",
  "test/engine/aws-simulator/{simulator.test,types/containers,types/pipeline}.ts",
  "test/policy-pack/{analyzer,comparison,lib/judge}.test.ts",
  "test/support/generators.ts",
];

export default tseslint.config(
  { ignores: ["**/bin/*.js", "coverage", "examples", ".engine"] },
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
      "max-lines": ["error", { max: 300, ...longest }],
      "max-lines-per-function": ["error", { max: 40, ...longest }],
    },
  },
  {
    files: ["cli/bin.js", "preview/*.js", "**/*.mjs"],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      "no-undef": "off",
      "@typescript-eslint/no-require-imports": "off",
    },
  },
  // What is long in a test is the function of a `describe`, which only holds other functions.
  { files: ["test/**/*.test.ts"], rules: { "max-lines-per-function": "off" } },
  { files: longFunctions, rules: { "max-lines-per-function": ["error", { max: 90, ...longest }] } },
  { files: longFiles, rules: { "max-lines": ["error", { max: 750, ...longest }] } },
  ...direction,
);
