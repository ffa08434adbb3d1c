import assert from "node:assert/strict";
import { renderHtml } from "../../reports/html";
import { BROKEN, CLEAN, REFUSED, WARNED } from "./documents";

describe("the preview as a page", () => {
  it("needs nothing from elsewhere and runs no script", () => {
    for (const document of [CLEAN, BROKEN, REFUSED]) {
      const page = renderHtml(document);
      assert.match(page, /^<!doctype html>\n/);
      assert.match(page, /content="default-src 'none'; style-src 'unsafe-inline'"/);
      assert.doesNotMatch(page, /<script|<link|<img|https?:|url\(/);
    }
  });

  it("lists warnings about the input below the verdict", () => {
    const page = renderHtml(WARNED);
    assert.match(page, /<span class="clean">Clean, with 2 warnings about the input<\/span>/);
    const [, section] = page.split("<h2>Warnings about the input <small>2</small></h2>");
    assert.equal(
      section?.split("</section>")[0],
      '<ul class="findings">' +
        '<li class="warning"><code>Pulumi.yaml</code><p>There are no &lt;pipelines&gt;.</p></li>' +
        '<li class="warning"><code>Pulumi.yaml:34:13</code><p>The environment test has no stack file.</p>' +
        '<p class="remedy">Add Pulumi.test.yaml.</p></li></ul>',
    );
  });

  it("draws each stage of a pipeline, approvals apart", () => {
    const stages = [...renderHtml(CLEAN).matchAll(/<li( class="approval")?><b>([^<]*)<\/b>/g)];
    assert.deepEqual(
      stages.map(([, approval, name]) => [name, approval !== undefined]),
      [
        ["Source", false],
        ["Build_and_Test", false],
        ["Approve_Prod", true],
        ["Prod", false],
      ],
    );
  });

  it("counts what was judged and lists what was found", () => {
    const page = renderHtml(BROKEN);
    assert.match(page, /<span class="broken">2 mandatory violations<\/span>/);
    assert.match(page, /<dd>3<\/dd><dt>policy documents<\/dt>/);
    assert.equal([...page.matchAll(/<li class="(?:violation|warning|exempted)">/g)].length, 4);
  });

  it("escapes whatever comes from outside", () => {
    assert.ok(renderHtml(BROKEN).includes("<p>can make &lt;roles&gt;.</p>"));
    assert.ok(renderHtml(REFUSED).includes("<p>There is no environment &quot;prd&quot;.</p>"));
  });
});
