import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { accessMapOf, type AccessMap } from "./access-map";
import { changesSection } from "./changes-section";
import { costSection } from "./cost-section";
import { dataOf } from "./data";
import { loadGraphviz } from "./draw";
import { findingsSection, problemsSection } from "./findings";
import { flowDrawing } from "./flow-picture";
import { escape, section } from "./html";
import type { PageInput } from "./input";
import { limitsSection } from "./limits-section";
import { mapDrawing } from "./map-picture";
import { deployTable, headline } from "./overview";
import { packed } from "./pack-data";
import { proofSection } from "./proof-section";
import { releasesOf } from "./releases";

/** Everything as one page that opens from disk: pictures, texts, style and script are in it, and it loads nothing. */
export async function renderPage(input: PageInput): Promise<string> {
  const { problems } = input.document;
  if (problems.length > 0) return pageOf("<h1>Slipway preview</h1>", problemsSection(problems), "");
  const draw = await loadGraphviz();
  const map = accessMapOf(input.document);
  const releases = releasesOf(input.document);
  const pictures = releases.map((release) => ({ release, picture: draw(flowDrawing(release)) }));
  const sections = [
    section(
      "deploy",
      "Who can deploy what to where",
      filterBox("Application or repository") + deployTable(input, releases),
    ),
    mapSection(map, draw(mapDrawing(map))),
    section("releases", "Releases", '<div id="release-list"></div>', String(releases.length)),
    ...(input.changes === undefined ? [] : [changesSection(input.changes)]),
    findingsSection(input.document),
    ...(input.proof === undefined ? [] : [proofSection(input.proof)]),
    ...(input.cost === undefined ? [] : [costSection(input.cost)]),
    ...(input.limits === undefined ? [] : [limitsSection(input.limits)]),
    ...(input.roles === undefined
      ? []
      : [section("roles", "Roles in plain words", '<div id="role-list"></div>', String(input.roles.length))]),
    section("resources", "Resources", '<div id="resource-list"></div>'),
  ];
  return pageOf(
    `<h1>Slipway preview</h1>${headline(input)}`,
    sections.join("\n"),
    packed(dataOf(input, map, pictures)),
  );
}

function filterBox(label: string): string {
  return `<p class="filter"><label>${escape(label)} <input type="search" id="application-filter" autocomplete="off"></label> <span id="application-count" role="status"></span></p>`;
}

function mapSection({ homes, arrows }: AccessMap, picture: string): string {
  const title = new Map(
    homes.flatMap(({ name, boxes }) => boxes.map((box) => [box.id, { name, title: box.title }])),
  );
  const places = arrows.map(
    ({ id, sentence }) => `<li><button type="button" data-arrow="${id}">${escape(sentence)}</button></li>`,
  );
  const body =
    "<p>Each arrow is a way that the policies open. Choose one to see the statements that make it.</p>" +
    `<div class="picture" role="region" tabindex="0" aria-label="Map of the accounts">${picture}</div>` +
    '<div id="statements" role="status" tabindex="-1" hidden></div>' +
    `<details><summary>The same in words: ${String(arrows.length)} ways</summary><ul class="arrows">${places.join("")}</ul></details>`;
  return section("map", "Accounts and the trust between them", body, `${String(title.size)} boxes`);
}

const titles: readonly (readonly [id: string, title: string])[] = [
  ["deploy", "Who deploys"],
  ["map", "Accounts"],
  ["releases", "Releases"],
  ["changes", "Changes"],
  ["findings", "Findings"],
  ["proof", "Proof"],
  ["cost", "Cost"],
  ["limits", "Limits"],
  ["roles", "Roles"],
  ["resources", "Resources"],
];

function pageOf(head: string, body: string, data: string): string {
  const [style, script] = [pageStyle(), clientScript()];
  const links = titles
    .filter(([id]) => body.includes(`<section id="${id}"`))
    .map(([id, title]) => `<li><a href="#${id}">${title}</a></li>`);
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    "<title>Slipway preview</title>",
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    '<a class="skip" href="#main">Skip to the content</a>',
    `<header>${head}</header>`,
    `<nav aria-label="Sections"><ul>${links.join("")}</ul></nav>`,
    `<main id="main" tabindex="-1">${body}</main>`,
    "<noscript><p>Releases, roles and resources are shown by the script of this page, which your browser does not run.</p></noscript>",
    "<footer><p>Made by slipway preview. The page loads nothing and sends nothing.</p></footer>",
    `<script type="application/octet-stream" id="data">${data}</script>`,
    `<script>${script}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** How the page looks; its colours are those of pictures elsewhere as well. */
export function pageStyle(): string {
  return part("style.css");
}

/** In the order in which they need one another. */
const clientParts = ["elements", "statements", "map", "releases", "resources", "roles", "start"];

/** The modules of the script as one: a page on disk cannot import, so what they export to one another is simply there. */
function clientScript(): string {
  const parts = clientParts.map((name) => part(`client/${name}.mjs`));
  return parts
    .map((text) =>
      text
        .replace(/^import .*\n/gm, "")
        .replace(/^export /gm, "")
        .trim(),
    )
    .join("\n");
}

function part(name: string): string {
  return fs.readFileSync(path.join(__dirname, name), "utf8").trim();
}

/** The only style and the only script that the browser accepts. */
function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
