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
  "components/": ["settings", "names", "definitions", "iam", "delivery", "access"],
  "stacks/": ["settings", "names", "definitions", "iam", "delivery", "access", "components"],
  "policy-pack/": [],
  "preview/": ["input"],
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
              regex: `^(\\.\\./)+(${forbidden})(/|$)|^\\./(${layer.endsWith("/") ? "(?!)" : forbidden})(/|$)`,
              message: `${layer} may import only: ${allowed.join(", ") || "nothing of the project"}.`,
            },
          ],
        },
      ],
    },
  };
});

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
  ...direction,
);
