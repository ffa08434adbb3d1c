import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";

/** Where Debian's package puts it. */
const executablePath = "/usr/bin/chromium";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const hasChromium = existsSync(executablePath);

/** A page in a browser, and what went wrong in it. */
export interface Opened {
  readonly page: Page;
  /** Messages of the console and errors of the script. */
  readonly complaints: string[];
  /** Addresses that the page asked for, its own file apart. */
  readonly requests: string[];
}

/** A headless Chromium with a profile of its own. */
export class Browser {
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), "slipway-page-"));
  private context: BrowserContext | undefined;

  /** Opens the page from disk and waits until its script is done. */
  async open(html: string, name: string): Promise<Opened> {
    const file = path.join(this.folder, `${name}.html`);
    writeFileSync(file, html);
    this.context ??= await chromium.launchPersistentContext(path.join(this.folder, "profile"), {
      executablePath,
      headless: true,
      args: flags,
    });
    const page = await this.context.newPage();
    const [complaints, requests]: [string[], string[]] = [[], []];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`file://${file}`);
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    return { page, complaints, requests: requests.filter((url) => url !== `file://${file}`) };
  }

  async close(): Promise<void> {
    await this.context?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
