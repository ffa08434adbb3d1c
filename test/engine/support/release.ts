/** A deployed platform kept as a file: its states, its configuration, and the accounts as they were. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Engine } from "./engine";
import { platform } from "./platform";
import type { Workspace } from "./workspace";

const releases = join(__dirname, "..", "fixtures");

/** Kept of a workspace: the backend's stacks, the project's settings and applications, and the simulated accounts. */
const kept = [
  /^state\/\.pulumi\/stacks\/.*\.json$/,
  /^state\/\.pulumi\/meta\.yaml$/,
  /^project\/Pulumi[^/]*\.yaml$/,
  /^project\/applications\//,
  /^aws\/(world\.json|accounts\/)/,
];

export function saveRelease(workspace: Workspace, version: string): void {
  const files = readdirSync(workspace.folder, { recursive: true, encoding: "utf8" })
    .filter(
      (name) => kept.some((pattern) => pattern.test(name)) && statSync(join(workspace.folder, name)).isFile(),
    )
    .sort();
  // The folder of the machine that made it means nothing elsewhere.
  const content = Object.fromEntries(
    files.map((name) => [
      name,
      readFileSync(join(workspace.folder, name), "utf8").replaceAll(workspace.folder, ""),
    ]),
  );
  writeFileSync(
    join(releases, `${version}.json.gz`),
    gzipSync(withoutPositions(JSON.stringify(content)), { level: 9 }),
  );
}

/** Today's program over the states, settings and accounts of a release. */
export function restoreRelease(engine: Engine, version: string): Workspace {
  const workspace = platform(engine);
  for (const name of readdirSync(join(workspace.project, "applications")))
    workspace.remove(join("applications", name));
  const content = JSON.parse(
    gunzipSync(readFileSync(join(releases, `${version}.json.gz`))).toString("utf8"),
  ) as Record<string, string>;
  for (const [name, text] of Object.entries(content)) {
    const file = join(workspace.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return workspace;
}

/** Versions that are kept, oldest first. */
export function savedReleases(): string[] {
  if (!existsSync(releases)) return [];
  return readdirSync(releases)
    .filter((name) => name.endsWith(".json.gz"))
    .map((name) => relative("", name).replace(/^.*\//, "").replace(".json.gz", ""))
    .sort((left, right) => left.localeCompare(right, "en", { numeric: true }));
}

/** Where in the program a resource was made: half of the state, and of no use later. */
function withoutPositions(json: string): string {
  return JSON.stringify(JSON.parse(json), (key, value: unknown) =>
    typeof value === "string" && key.startsWith("state/") && key.endsWith(".json") ? strip(value) : value,
  );
}

function strip(state: string): string {
  return JSON.stringify(JSON.parse(state), (key, value: unknown) =>
    key === "stackTrace" || key === "sourcePosition" ? undefined : value,
  );
}
