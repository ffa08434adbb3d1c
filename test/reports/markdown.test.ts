import assert from "node:assert/strict";
import { renderMarkdown } from "../../reports/markdown";
import { BROKEN, CLEAN, REFUSED, WARNED } from "./documents";

describe("the preview as Markdown", () => {
  it("starts with the verdict and a table of the stacks", () => {
    assert.deepEqual(renderMarkdown(CLEAN).split("\n").slice(0, 7), [
      "## Slipway preview: ✔ Clean",
      "",
      "| Stack | Kind | Account | Region | Resources | Pipelines |",
      "| --- | --- | --- | --- | --- | --- |",
      "| **cicd** | CI/CD account | 111111111111 | eu-west-1 | 5 | 1 |",
      "| **dev** | environment account | 222222222222 | eu-west-1 | 0 | 0 |",
      "",
    ]);
  });

  it("puts warnings about the input between the verdict and the table", () => {
    assert.equal(
      renderMarkdown(WARNED).split("\n\n| Stack |")[0],
      [
        "## Slipway preview: ✔ Clean, with 2 warnings about the input",
        "- `Pulumi.yaml`  \n  There are no &lt;pipelines&gt;.",
        "- `Pulumi.yaml:34:13`  \n  The environment test has no stack file.  \n  _Add Pulumi.test.yaml._",
      ].join("\n\n"),
    );
  });

  it("folds each pipeline away as a table of its stages", () => {
    const [, pipeline] = renderMarkdown(CLEAN).split("<details><summary>Pipeline <b>shop-main</b>");
    assert.equal(
      pipeline?.split("</details>")[0],
      ` on push to main, release/*, files not docs/** · on tag v* · on pull request to main · releases queue up</summary>

| Stage | Steps |  |
| --- | --- | --- |
| **Source** | acme/shop |  |
| **Build\\_and\\_Test** | Lint + Test → Image |  |
| **Approve\\_Prod** | a person approves within 1 day |  |
| **Prod** | Deploy | only in the window \\* \\* 8-16 ? \\* MON-FRI Europe/Berlin; rolls back on failure |

`,
    );
  });

  it("lists violations before warnings, and lets no message become markup", () => {
    const text = renderMarkdown(BROKEN);
    assert.match(text, /^## Slipway preview: ✖ 2 mandatory violations\n/);
    assert.ok(text.indexOf("### Violations") < text.indexOf("### Warnings"));
    assert.ok(text.includes("can make &lt;roles&gt;."));
    assert.ok(text.includes('Statement "ReadAll", Statement\\[0\\].Action: "s3:\\*" grants 150 actions.'));
  });

  it("lists problems with place, stacks and remedy", () => {
    assert.equal(
      renderMarkdown(REFUSED),
      `## ✖ 2 problems in the input

- \`applications/shop.yaml:12:5\` in cicd, dev  
  There is no environment "prd".  
  _The environments are: dev, prod._

- There is no stack file.
`,
    );
  });
});
