import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify, type CollectionTag, type ScalarTag } from "yaml";
import type { TestDefinition } from "../definitions/application";
import type { BuildspecSize } from "../definitions/rules";

export const buildspecFiles = [
  "test.yaml",
  "image-ecs.yaml",
  "image-kubernetes.yaml",
  "package-serverless.yaml",
  "publish-serverless.yaml",
  "publish-ecs.yaml",
  "publish-kubernetes.yaml",
  "deploy-serverless.yaml",
  "deploy-ecs.yaml",
  "deploy-kubernetes.yaml",
] as const;
export type BuildspecFile = (typeof buildspecFiles)[number];

/** What an application decides about a job: its tests, nothing else. */
export interface BuildspecValues {
  /** Required by test.yaml, read by no other. */
  readonly test?: TestDefinition;
}

/** buildspecs/tools.json: every tool that a job installs, by version and checksum. */
export interface ToolPins {
  readonly binaries: Readonly<Record<string, BinaryPin>>;
  readonly npm: Readonly<Record<string, NpmPin>>;
  readonly kubernetesSchemas: { readonly version: string; readonly commit: string };
}

export interface NpmPin {
  readonly version: string;
  /** Dependencies are resolved as of this day, the same ones every time. */
  readonly before: string;
  /** SHA-256 over names, versions and integrities of the package and all that it needs: see install-serverless.sh. */
  readonly packages: string;
}

export interface BinaryPin {
  readonly version: string;
  readonly url: string;
  /** Path of the tool in the archive; null when the download is the tool itself. */
  readonly member: string | null;
  /** Hexadecimal, of the download. */
  readonly sha256: string;
}

/** Characters that CodeBuild accepts as a project's inline buildspec. */
export const maximumLength = 25_600;

const folder = join(__dirname, "..", "buildspecs");

/**
 * The buildspec of a CodeBuild project as text: `file` of buildspecs/ with its scripts, tools and the application's
 * tests put in, so that nothing a job does is read from an application's repository.
 *
 * Throws when the result is longer than CodeBuild accepts, or names a script or tool that does not exist.
 */
export function renderBuildspec(
  file: string,
  values: BuildspecValues = {},
  tools: ToolPins = toolPins(),
): string {
  if (values.test !== undefined || tools !== toolPins()) return render(file, values, tools);
  const text = rendered.get(file) ?? render(file, values, tools);
  rendered.set(file, text);
  return text;
}

/** All but the test job's are the same for every application: hundreds of applications render them once. */
const rendered = new Map<string, string>();

/** The pins of buildspecs/tools.json. */
export function toolPins(): ToolPins {
  return (pins ??= JSON.parse(read("tools.json")) as ToolPins);
}

let pins: ToolPins | undefined;

/** What the test job's buildspec takes of an application's tests, for the rules of definitions/. */
export const buildspecSize: BuildspecSize = {
  most: maximumLength,
  ofTests: (test) => buildspecText("test.yaml", { test }, toolPins()).length,
};

function buildspecText(file: string, values: BuildspecValues, tools: ToolPins): string {
  const customTags = [...scriptTags(tools), applicationTag(file, values.test)];
  return stringify(withoutEmptyPhases(parse(read(file), { customTags }) as Buildspec), {
    lineWidth: 0,
    indent: 1,
  });
}

function render(file: string, values: BuildspecValues, tools: ToolPins): string {
  const text = buildspecText(file, values, tools);
  if (text.length <= maximumLength) return text;
  throw new Error(
    `The buildspec ${file} has ${text.length} characters; CodeBuild accepts ${maximumLength}. ` +
      (values.test === undefined
        ? "Shorten the scripts that it takes from buildspecs/scripts/."
        : "Move the test commands into a script in the application's repository and call that."),
  );
}

interface Buildspec {
  phases: Readonly<Record<string, { readonly commands?: unknown; readonly "runtime-versions"?: unknown }>>;
}

/** CodeBuild takes no phase without anything to do, as an install phase is when an application needs none. */
function withoutEmptyPhases(spec: Buildspec): Buildspec {
  const phases = Object.entries(spec.phases).filter(
    ([, phase]) => phase.commands !== undefined || phase["runtime-versions"] !== undefined,
  );
  return { ...spec, phases: Object.fromEntries(phases) };
}

/**
 * The tags that buildspec files use, each standing for one command or one value:
 * `!script NAME` the script, `!tools [NAME]` their verified installation, `!file NAME` a file put into the work folder,
 * `!npm-version NAME`, `!npm-before NAME`, `!npm-packages NAME` a pin, `!kubernetes version|schemas` what charts are checked against.
 */
function scriptTags(tools: ToolPins): (ScalarTag | CollectionTag)[] {
  const npm = (name: string) => known(tools.npm, name, "buildspecs/tools.json");
  return [
    scalar("!script", readScript),
    scalar("!file", placeFile),
    scalar("!npm-version", (name) => npm(name).version),
    scalar("!npm-before", (name) => npm(name).before),
    scalar("!npm-packages", (name) => npm(name).packages),
    scalar("!kubernetes", (what) => kubernetes(tools, what)),
    scalar("!tools", (names) => installTools(tools, names.split(" "))),
  ];
}

/** `!application runtimes|install|commands|reports`: what the application chose for its test job. */
function applicationTag(file: string, test: TestDefinition | undefined): ScalarTag {
  return scalar("!application", (part) => {
    if (test === undefined) throw new Error(`The buildspec ${file} needs the application's test definition.`);
    const parts: Readonly<Record<string, object>> = {
      runtimes: test.runtimes,
      install: test.install,
      commands: test.commands,
      reports: reports(test),
    };
    const value = known(parts, part, `!application in ${file}`);
    return Object.keys(value).length === 0 ? undefined : value;
  });
}

/** CodeBuild puts the project's name and a hyphen before a report's name, which gives the report group's name. */
function reports({ reports }: TestDefinition): Record<string, { files: string[]; "file-format": string }> {
  return Object.fromEntries(
    reports.map(({ name, file, format }) => [name, { files: [file], "file-format": format }]),
  );
}

function placeFile(name: string): string {
  const target = `"$SLIPWAY_WORK/${name}"`;
  const text = name.endsWith(".jq") ? compact(read(name)) : read(name);
  return `set -euo pipefail\nmkdir -p "$SLIPWAY_WORK"\ncat >${target} <<'SLIPWAY_FILE'\n${text}SLIPWAY_FILE\n`;
}

function installTools({ binaries }: ToolPins, names: readonly string[]): string {
  const lines = names.map((name) => {
    const { sha256, url, member } = known(binaries, name, "buildspecs/tools.json");
    return `${name} ${sha256} ${url} ${member ?? "-"}`;
  });
  return `SLIPWAY_TOOLS='${lines.join("\n")}'\n${readScript("install-tools.sh")}`;
}

function kubernetes({ kubernetesSchemas: { version, commit } }: ToolPins, what: string): string {
  if (what === "version") return version;
  const place =
    "{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json";
  return `https://raw.githubusercontent.com/yannh/kubernetes-json-schema/${commit}/${place}`;
}

function known<T>(table: Readonly<Record<string, T>>, name: string, where: string): T {
  const value = table[name];
  if (value !== undefined) return value;
  throw new Error(`${where} knows no "${name}". It knows: ${Object.keys(table).join(", ")}.`);
}

function scalar(tag: string, resolve: (text: string) => unknown): ScalarTag {
  return { tag, resolve };
}

function readScript(name: string): string {
  return compact(read(join("scripts", name)));
}

/** Neither bash nor jq needs comments and indentation, and a project's buildspec is short of characters. */
function compact(text: string): string {
  return text.replace(/^ *#(?!!).*\n/gm, "").replace(/^ +/gm, "");
}

function read(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}
