/** The Pulumi engine that `npm run engine` provided, and the simulator bundled as its AWS plugin. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { buildSync } from "esbuild";
import { readSchema } from "../aws-simulator/schema";
import { types } from "../aws-simulator/types";

export const root = join(__dirname, "..", "..", "..");
const engineFolder = join(root, ".engine");
const simulatorSource = join(__dirname, "..", "aws-simulator");

export interface Engine {
  readonly version: string;
  /** PATH for the engine's processes: the CLI, its language host, the simulator, and Node itself. */
  readonly path: string;
  /** File with the legal properties of every resource type. */
  readonly schemaFile: string;
}

/** The engine, or in words why there is none. */
export function findEngine(): Engine | string {
  const record = join(engineFolder, "engine.json");
  if (!existsSync(record)) return "the Pulumi engine is not there yet: run `npm run engine`";
  const known = JSON.parse(readFileSync(record, "utf8")) as {
    version?: string;
    path?: string[];
    unavailable?: string;
  };
  if (known.version === undefined || known.path === undefined)
    return known.unavailable ?? `${record} is not readable`;
  const simulator = buildSimulator();
  const path = [...known.path, simulator, process.env["PATH"] ?? ""].join(delimiter);
  return { version: known.version, path, schemaFile: join(simulator, "schema.json") };
}

/** Bundles the simulator (loading it then takes a fraction of the time) and gives its folder; made again when its source changed. */
function buildSimulator(): string {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const files = readdirSync(simulatorSource, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  for (const name of files.sort()) hash.update(readFileSync(join(simulatorSource, name)));
  const folder = join(engineFolder, `simulator-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  buildSync({
    entryPoints: [join(simulatorSource, "main.ts")],
    outfile: join(draft, "pulumi-resource-aws"),
    bundle: true,
    platform: "node",
    target: "node20",
    minify: true,
    banner: { js: "#!/usr/bin/env node" },
    // Only the type of the schema is used by the simulator, never its reader.
    external: ["typescript"],
    logLevel: "error",
  });
  chmodSync(join(draft, "pulumi-resource-aws"), 0o755);
  writeFileSync(join(draft, "schema.json"), JSON.stringify(readSchema([...types.keys()])));
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another test process was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
