import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import axe from "axe-core";
import { renderPage } from "../../reports/page/page";
import { BROKEN } from "../reports/documents";
import { fullInput, hostile, madeHostile } from "../reports/page/inputs";
import { shippedPreview } from "../support/shipped-preview";
import { Browser, hasChromium, type Opened } from "./browser";

const widths = [390, 1280, 2560];

describe("the page in Chromium", function () {
  let browser: Browser;
  let html: string;
  let opened: Opened;

  before(async function () {
    if (!hasChromium) {
      console.log("      The page is not opened: there is no /usr/bin/chromium (Debian's package chromium).");
      this.skip();
    }
    browser = new Browser();
    html = await renderPage(fullInput(await shippedPreview()));
  });
  beforeEach(async () => {
    opened = await browser.open(html, "page");
  });
  afterEach(async () => {
    await opened.page.close();
  });
  after(async () => {
    if (hasChromium) await browser.close();
  });

  it("asks for nothing but its own file, and has nothing to complain of", () => {
    assert.deepEqual(opened.requests, []);
    assert.deepEqual(opened.complaints, []);
  });

  for (const width of widths) {
    it(`has all pictures inside the window at ${String(width)} pixels`, async () => {
      await opened.page.setViewportSize({ width, height: 900 });
      const boxes = await opened.page.evaluate(PICTURES);
      assert.equal(boxes.length, 1 + 5, "the map and five releases");
      assert.deepEqual(
        boxes.filter(
          ({ left, right, height, drawn }) => left < 0 || right > width || height < 40 || drawn < 4,
        ),
        [],
      );
      const wide = await opened.page.evaluate("document.documentElement.scrollWidth");
      assert.equal(wide, width);
    });

    it(`draws each release in one row at ${String(width)} pixels`, async () => {
      await opened.page.setViewportSize({ width, height: 900 });
      const middles = await opened.page.evaluate<number[]>(MIDDLES);
      assert.ok(middles.length >= 7);
      assert.deepEqual(
        middles.filter((middle) => Math.abs(middle - (middles[0] ?? 0)) > 1),
        [],
      );
    });
  }

  it("shows the statements that make an arrow, from both sides, by keyboard as by mouse", async () => {
    const { page } = opened;
    const arrow = page.getByRole("button", {
      name: "enters: Deploy jobs for dev (cicd) may enter CICDCrossAccountRole (dev)",
      exact: true,
    });
    await arrow.first().focus();
    await page.keyboard.press("Enter");
    const texts = await page.locator("#statements h4").allTextContents();
    assert.deepEqual(texts, [
      "Trust policy, statement “DeployJobsUnderTheirOwnName” (Allow)",
      "Trust policy, statement “SessionTagsThatSayWhoseJobItIs” (Allow)",
      "Trust policy, statement “SourceIdentityForTheTrail” (Allow)",
      "Policy, statement “PassTheDoor” (Allow)",
    ]);
    await page.locator("#map svg .approves path").first().dispatchEvent("click");
    assert.equal(
      await page.locator("#statements h3").textContent(),
      "Approvers (cicd) may approve releases in Pipelines (cicd)",
    );
    await page.locator("#statements button.place").first().click();
    assert.equal(await page.locator("#resource-count").textContent(), "1 of 188 resources");
  });

  it("finds resources by name, stack and type, and shows policies as what they are", async () => {
    const { page } = opened;
    await page.locator("#resources").getByLabel("Search").fill("door dev");
    await page.locator("#resources").getByLabel("Stack").selectOption("dev");
    await page.locator("#resources").getByLabel("Type").selectOption("iam role");
    await page.locator("#resource-count", { hasText: "1 of 188 resources" }).waitFor();
    await page.locator("#resource-list summary").click();
    const inputs = await page.locator("#resource-list pre").textContent();
    assert.match(inputs ?? "", /"assumeRolePolicy": \{\n {4}"Statement": \[\n {6}\{\n {8}"Action"/);
  });

  it("filters the table and the releases by application", async () => {
    const { page } = opened;
    await page.getByLabel("Application or repository").fill("flask");
    await page.locator("#application-count", { hasText: "1 of 3 applications" }).waitFor();
    assert.equal(await page.locator("#release-list figure").count(), 2);
    assert.equal(await page.locator("#deploy tbody tr:visible").count(), 1);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`has nothing serious for axe to find in its ${colorScheme} form, everything opened`, async () => {
      const { page } = opened;
      await page.emulateMedia({ colorScheme });
      await page.locator("#map [data-arrow]").first().evaluate("(button) => button.click()");
      await page.evaluate('for (const box of document.querySelectorAll("details")) box.open = true');
      // The policy of the page lets no script in, so this one comes by the debugger.
      await page.evaluate(axe.source);
      const found = await page.evaluate<readonly AxeFinding[]>(AXE);
      assert.deepEqual(found, []);
    });
  }

  it("prints what matters, and no controls", async () => {
    const { page } = opened;
    await page.emulateMedia({ media: "print" });
    const visible = async (selector: string): Promise<boolean> => page.locator(selector).first().isVisible();
    assert.deepEqual(
      [await visible("#map svg"), await visible("#deploy table"), await visible("#release-list svg")],
      [true, true, true],
    );
    assert.deepEqual(
      [await visible("nav"), await visible(".filter"), await visible("#resources")],
      [false, false, false],
    );
    const pdf = await page.pdf({ format: "A4", landscape: true });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  });

  it("shows hostile names as texts, and runs none of them", async () => {
    const { page, complaints, requests } = await browser.open(
      await renderPage(madeHostile(fullInput(BROKEN))),
      "hostile",
    );
    await page.evaluate('for (const box of document.querySelectorAll("details")) box.open = true');
    assert.deepEqual([complaints, requests], [[], []]);
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("script").count(), 2);
    const shown = await page.locator("body").innerText();
    assert.ok(shown.includes(hostile.replace("\u0000", "\ufffd")));
    await page.close();
  });

  it("is small, and made by a script that the page's policy names by its hash", () => {
    assert.ok(html.length < 1_000_000, `${String(html.length)} characters`);
    assert.match(
      html,
      /content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/,
    );
    assert.ok(readFileSync(`${__dirname}/../../reports/page/style.css`, "utf8").length > 1000);
  });
});

interface AxeFinding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly string[];
}

/** Run in the page, whose types the tests do not have. */
const PICTURES = `[...document.querySelectorAll(".picture")].map((picture) => {
  const { left, right, height } = picture.getBoundingClientRect();
  return { left, right, height, drawn: picture.querySelectorAll("svg path, svg polygon").length };
})` as unknown as () => { left: number; right: number; height: number; drawn: number }[];

const MIDDLES = `[...document.querySelectorAll("#release-list figure:nth-of-type(3) .node")].map((node) => {
  const { top, bottom } = node.getBoundingClientRect();
  return (top + bottom) / 2;
})`;

const AXE = `axe.run().then(({ violations }) => violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => html.slice(0, 200) + " " + failureSummary) })))`;
