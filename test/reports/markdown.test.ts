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

  it("draws each release as a diagram that is folded away", () => {
    const [, release] = renderMarkdown(CLEAN).split("<details><summary>Release <b>shop-main</b>");
    assert.equal(
      release?.split("</details>")[0],
      ` on push to main, release/*, files not docs/** · on tag v* · on pull request to main · releases queue up</summary>

\`\`\`mermaid
flowchart LR
  s0a0x0(["acme/shop<br/>on push to main, release/#42;, files not docs/#42;#42;<br/>on tag v#42;<br/>on pull request to main"])
  subgraph s1["Build#95;and#95;Test"]
  s1a0x0["Lint"]
  s1a0x1["Test"]
  s1a1x0["Image"]
  end
  s2a0x0{{"Approve#95;Prod<br/>a person approves within 1 day"}}
  subgraph s3["Prod"]
  s3w0x0[/"Window<br/>only MON to FRI, 08:00 to 16:59 Europe/Berlin"/]
  s3a0x0["Deploy"]
  end
  s0a0x0 --> s1a0x0 & s1a0x1
  s1a0x0 & s1a0x1 --> s1a1x0
  s1a1x0 --> s2a0x0
  s2a0x0 --> s3w0x0
  s3w0x0 --> s3a0x0
\`\`\`

`,
    );
  });

  it("says how many parts are left out where a comment would be too long, and keeps the totals", () => {
    const [cicd, ...others] = BROKEN.stacks;
    assert.ok(cicd);
    const [found] = cicd.policy.violations;
    assert.ok(found);
    const violations = Array.from({ length: 200 }, (_, index) => ({
      ...found,
      message: `${String(index)} ${"é".repeat(250)}`,
    }));
    const stacks = [{ ...cicd, policy: { ...cicd.policy, violations } }, ...others];
    const text = renderMarkdown({ ...BROKEN, stacks });
    assert.ok(Buffer.byteLength(text) <= 65_536);
    assert.ok(Buffer.byteLength(text) > 60_000);
    assert.match(
      text,
      /\n\n\*\*\d+ parts left out\*\*: a comment on GitHub holds 65,536 characters\. `slipway preview --html FILE` writes a page with everything\.\n\n2 stacks, /,
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
