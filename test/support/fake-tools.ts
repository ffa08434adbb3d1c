import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { toolPins, type BinaryPin, type ToolPins } from "../../delivery/buildspec";

/** By program and first words of the arguments: what the program does, in bash, with the arguments in "$@". */
export type Fakes = Readonly<Record<string, Answers>>;
export type Answers = Readonly<Record<string, string>>;

/** One call of a fake program. `as` is the access key it was made with: the last part of the assumed role, or `job`. */
export interface Call {
  readonly tool: string;
  readonly as: string;
  readonly args: readonly string[];
}

/** An AWS CLI that takes credentials as the real one does, from the profile's credential_process. */
const credentials = `
if [ -n "\${AWS_PROFILE:-}" ]; then
  while read -r key middle value; do
    if [[ $key == "["* ]]; then section="$key $middle"; fi
    if [[ $key == credential_process && $section == "[profile $AWS_PROFILE]" ]]; then process=$value; fi
  done <"$AWS_CONFIG_FILE"
  given=$("$process") || exit 253
  pattern='"Version": 1,.*"AccessKeyId": "([^"]+)"'
  [[ $given =~ $pattern ]] || exit 253
  as=\${BASH_REMATCH[1]}
fi`;

/**
 * Puts the fakes into `folder`; they record their calls in `state`, also when they are run without any environment. What
 * no answer is given for fails, and says so.
 */
export function writeFakes(folder: string, fakes: Fakes, state: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [tool, answers] of Object.entries(fakes))
    writeProgram(join(folder, tool), fakeProgram(tool, answers, state));
}

/** The calls, in order, of all fakes that ran with `folder` as $STATE. */
export function recordedCalls(folder: string): Call[] {
  const file = join(folder, "calls");
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\x1e\0")
    .slice(0, -1)
    .map((record) => {
      const [tool = "", as = "", ...args] = record.split("\0").slice(0, -1);
      return { tool, as, args };
    });
}

/** bash that puts the value of the option in "$@" into $file. */
export const option = (name: string) =>
  `for ((i = 1; i < $#; i++)); do [ "\${!i}" != ${name} ] || { next=$((i + 1)); file=\${!next}; }; done`;

/** bash of a scanner that writes this report to the file that it is told. */
export const report = (content: string) =>
  `for ((i = 1; i < $#; i++)); do case "\${!i}" in --report-path | --output) next=$((i + 1)); echo '${content}' >"\${!next}" ;; esac; done`;
/** A Trivy that recognises a package and finds nothing against it. */
export const recognised = report(
  '{"ArtifactType": "filesystem", "Results": [{"Packages": [{"ID": "ws@8.0.0"}]}]}',
);

/** The calls of one program, a line for each. */
export function lines(calls: readonly Call[], tool: string): string[] {
  return calls.filter((call) => call.tool === tool).map(({ args }) => args.join(" "));
}

/**
 * Stands in for the tools that jobs download: pins for `renderBuildspec` with checksums of archives that are made here,
 * and the curl that serves them. Each tool in them runs the program of its name in $STATE/tools.
 */
export function downloads(): { readonly pins: ToolPins; readonly curl: Answers } {
  return (served ??= makeDownloads(toolPins()));
}

let served: ReturnType<typeof downloads> | undefined;

function makeDownloads(pins: ToolPins): ReturnType<typeof downloads> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-downloads-"));
  process.on("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const binaries = Object.entries(pins.binaries).map(([name, pin]) => {
    const file = join(folder, name);
    makeDownload(file, name, pin.member);
    return [name, { ...pin, sha256: createHash("sha256").update(readFileSync(file)).digest("hex") }] as const;
  });
  const serve = binaries.map(
    ([name, pin]: readonly [string, BinaryPin]) => `*" ${pin.url}") tool=${name} ;;`,
  );
  const curl = `
    ${option("--output")}
    case "$*" in ${serve.join("\n")} *) echo "no such download: $*" >&2; exit 22 ;; esac
    cp "${folder}/$tool" "$file"`;
  return { pins: { ...pins, binaries: Object.fromEntries(binaries) }, curl: { "": curl } };
}

function makeDownload(file: string, name: string, member: string | null): void {
  // Jobs put it into $STATE/work/bin and may run it without any environment.
  const program = `#!/bin/bash\nexec "\${0%/work/bin/*}/tools/${name}" "$@"\n`;
  if (member === null) {
    writeProgram(file, program);
    return;
  }
  const content = `${file}.content`;
  mkdirSync(dirname(join(content, member)), { recursive: true });
  writeProgram(join(content, member), program);
  spawnSync("tar", ["-czf", file, "-C", content, member]);
}

function fakeProgram(tool: string, answers: Answers, state: string): string {
  const cases = Object.entries(answers).map(([words, action]) => `"${words}"*)\n${action}\n;;`);
  return `#!/bin/bash
export STATE='${state}'
as=job
${tool === "aws" ? credentials : ""}
# In one write: the two ends of a pipe record at the same time.
printf '%s\\0' '${tool}' "$as" "$@" $'\\x1e' >>"$STATE/calls"
case "$*" in
${cases.join("\n")}
*) echo "unexpected call: ${tool} $*" >&2; exit 64 ;;
esac
`;
}

function writeProgram(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}
