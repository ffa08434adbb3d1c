import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { PreviewDocument } from "../preview/preview-document";
import { accessMapOf } from "../reports/page/access-map";
import { loadGraphviz } from "../reports/page/draw";
import { flowDrawing } from "../reports/page/flow-picture";
import { mapDrawing } from "../reports/page/map-picture";
import { pageStyle } from "../reports/page/page";
import { releasesOf } from "../reports/page/releases";

const project = path.join(__dirname, "..");

/** The release that the README tells of. */
const shownRelease = "hello-world-main";

/** The pictures of the documentation, by their file in docs/pictures/: those of the page of the shipped platform. */
export async function picturesOf(document: PreviewDocument): Promise<ReadonlyMap<string, string>> {
  const draw = await loadGraphviz();
  const release = releasesOf(document).find(({ pipeline }) => pipeline.name === shownRelease);
  if (release === undefined) throw new Error(`The shipped platform has no pipeline ${shownRelease}.`);
  // A picture in a document can be looked at only: nothing in it can be chosen.
  const { dot, title, description } = mapDrawing(accessMapOf(document));
  return new Map([
    ["accounts.svg", standalone(draw({ dot, title, description }), 'id="map"')],
    ["release.svg", standalone(draw(flowDrawing(release)), 'class="release"')],
  ]);
}

/** The picture with the page's colours, light and dark, as a file of its own. */
function standalone(svg: string, place: string): string {
  const rules = pageStyle().split(/(?<=^\})\n+/m);
  const own = rules.filter((rule) => /^(?::root|@media \(prefers|svg )/.test(rule)).join("\n");
  const style = `<style>${own}\nsvg { background: var(--page); font-family: Helvetica, Arial, sans-serif; }</style>`;
  const opening = svg.replace("<svg ", `<svg xmlns="http://www.w3.org/2000/svg" ${place} `);
  return `${opening.replace(">", `>${style}\n`)}\n`;
}

async function main(): Promise<void> {
  const arguments_ = [path.join(project, "cli", "bin.js"), "preview", "--json"];
  const json = execFileSync(process.execPath, arguments_, { cwd: project, maxBuffer: 256 * 1024 * 1024 });
  const folder = path.join(project, "docs", "pictures");
  mkdirSync(folder, { recursive: true });
  for (const [name, svg] of await picturesOf(JSON.parse(json.toString()) as PreviewDocument)) {
    writeFileSync(path.join(folder, name), svg);
  }
}

if (require.main === module) void main();
