/**
 * How fast the policy pack is: boot as an analyzer, statements per second, many documents through
 * `slipway check-policy`, memory, every AWS managed policy, and a million mutated documents.
 * Run: node -r ts-node/register bench/policy-pack.ts [--fuzz 1000000]
 * What one process does alone is measured in CPU seconds, which other work on the machine changes little.
 */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { managedArns, managedDocument } from "../policy-pack/lib/aws/managed-policies";
import { contextOf } from "../policy-pack/lib/document/context";
import type { Severity } from "../policy-pack/lib/judge/findings";
import { judgeDocument } from "../policy-pack/lib/judge/judge-document";
import { fuzz } from "../test/policy-pack/support/fuzz";

const ROOT = path.join(__dirname, "..");
const IDENTITY = contextOf("identity");

/** A measurement, its unit and the most (or, for a rate, the least) that is accepted. */
interface Measured {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  readonly atLeast?: boolean;
}

/** Seconds until Pulumi's runner says where the pack listens; `preloaded` is what Node loads before it. */
async function boot(pack: string, preloaded: readonly string[] = []): Promise<number> {
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, [...preloaded, runner, "127.0.0.1:1", "."], {
    cwd: pack,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const seconds = secondsSince(start);
  child.kill();
  return seconds;
}

const PACK = path.join(ROOT, "policy-pack");

/** A pack without any policy, inside the project so that it finds the same libraries. */
function emptyPack(): string {
  const folder = path.join(ROOT, "node_modules/.cache/slipway-empty-pack");
  mkdirSync(path.join(folder, "bin"), { recursive: true });
  for (const name of ["PulumiPolicy.yaml", "package.json"])
    copyFileSync(path.join(PACK, name), path.join(folder, name));
  const program =
    'const { PolicyPack } = require("@pulumi/policy"); new PolicyPack("empty", { policies: [] });';
  writeFileSync(path.join(folder, "bin/index.js"), program);
  return folder;
}

function secondsSince(start: bigint): number {
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Every AWS managed policy, judged: real documents, many of them large. */
function managed(): {
  readonly seconds: number;
  readonly statements: number;
  readonly grades: Record<Severity | "quiet", number>;
} {
  const documents = managedArns().map((arn) => managedDocument(arn));
  const grades = { error: 0, warning: 0, note: 0, quiet: 0 };
  let statements = 0;
  const start = process.cpuUsage();
  for (const one of documents) {
    const { findings, document } = judgeDocument(one, IDENTITY);
    statements += document.statements.length;
    const found = new Set(findings.map(({ severity }) => severity));
    grades[(["error", "warning", "note"] as const).find((severity) => found.has(severity)) ?? "quiet"]++;
  }
  return { seconds: cpuSince(start), statements, grades };
}

interface Command {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

/** 1,500 documents in a folder through the compiled command, in a process of its own. */
function command(form: "--json" | "--sarif"): Command {
  const folder = mkdtempSync(path.join(tmpdir(), "slipway-bench-"));
  for (const [index, arn] of managedArns().slice(0, 1_500).entries())
    writeFileSync(path.join(folder, `${index}.json`), JSON.stringify(managedDocument(arn)));
  const measured = checked(form, folder);
  rmSync(folder, { recursive: true });
  return measured;
}

/** A document of 10 MB with 10,000 statements through the same command. */
function large(): Command {
  const folder = mkdtempSync(path.join(tmpdir(), "slipway-bench-"));
  const statements = Array.from({ length: 10_000 }, (_, index) => ({
    Sid: `Reports${index}`,
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject"],
    Resource: Array.from(
      { length: 16 },
      (__, part) => `arn:aws:s3:::reports-${index}/a-folder-among-many/${part}/*`,
    ),
  }));
  const file = path.join(folder, "large.json");
  writeFileSync(file, JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 1));
  const measured = checked("--json", file);
  rmSync(folder, { recursive: true });
  return measured;
}

function checked(form: "--json" | "--sarif", input: string): Command {
  const script = path.join(__dirname, "check-policy-process.mjs");
  const start = process.hrtime.bigint();
  const { stderr } = spawnSync(process.execPath, [script, form, input], {
    maxBuffer: 1 << 30,
    encoding: "utf8",
  });
  const seconds = secondsSince(start);
  const [, megabytes, cpu] = /peak (\d+) cpu ([\d.]+)/.exec(stderr) ?? [];
  return { seconds, cpu: Number(cpu), megabytes: Number(megabytes) };
}

async function main(): Promise<void> {
  spawnSync(process.execPath, [path.join(ROOT, "policy-pack/build.mjs")], { stdio: "inherit" });
  const { results, grades, failures } = await measure();
  for (const { what, value, unit, limit, atLeast } of results) {
    const good = atLeast === true ? value >= limit : value <= limit;
    const bound = `${atLeast === true ? "at least" : "at most"} ${limit}`;
    process.stdout.write(`${good ? "ok  " : "SLOW"} ${what}: ${value.toFixed(2)} ${unit} (${bound})\n`);
    if (!good) process.exitCode = 1;
  }
  process.stdout.write(`AWS managed policies by gravest finding: ${JSON.stringify(grades)}\n`);
  for (const failure of failures.slice(0, 5)) process.stdout.write(`${failure}\n`);
}

/** Everything that is measured; `grades` counts AWS managed policies, `failures` are of mutated documents. */
async function measure(): Promise<{ results: Measured[]; grades: object; failures: readonly string[] }> {
  const starts = await bootResults();
  const all = managed();
  const warm = managed();
  const wanted = Number(process.argv[process.argv.indexOf("--fuzz") + 1]);
  const count = process.argv.includes("--fuzz") && wanted > 0 ? wanted : 100_000;
  const fuzzed = fuzz(count, 1);
  const policies = managedArns().length;
  const rate = warm.statements / warm.seconds;
  const results: Measured[] = [
    ...starts,
    { what: `all ${policies} AWS managed policies, cold`, value: all.seconds, unit: "CPU s", limit: 10 },
    { what: "statements judged, warm", value: rate, unit: "per CPU s", limit: 10_000, atLeast: true },
    ...commandResults(),
    {
      what: `${count} mutated documents: crashes and garbage that passed`,
      value: fuzzed.failures.length,
      unit: "",
      limit: 0,
    },
  ];
  return { results, grades: all.grades, failures: fuzzed.failures };
}

/**
 * Pulumi's own runner loads the TypeScript compiler before any pack, which the preview leaves out. What that costs, a pack
 * without policies shows.
 */
async function bootResults(): Promise<Measured[]> {
  const late = path.join(ROOT, "preview/lazy-modules.js");
  const alone = await medianBoot(PACK);
  const empty = await medianBoot(emptyPack());
  const inPreview = await medianBoot(PACK, ["-r", late]);
  const how = "boot as an analyzer (median of three)";
  return [
    { what: `${how}, as Pulumi starts it`, value: alone, unit: "s", limit: 1.1 },
    { what: `${how}, against a pack without policies`, value: alone / empty, unit: "times", limit: 1.1 },
    { what: `${how}, as the preview starts it`, value: inPreview, unit: "s", limit: 0.7 },
  ];
}

async function medianBoot(pack: string, preloaded: readonly string[] = []): Promise<number> {
  const boots = [await boot(pack, preloaded), await boot(pack, preloaded), await boot(pack, preloaded)];
  const [, median = Number.NaN] = boots.sort((left, right) => left - right);
  return median;
}

function commandResults(): Measured[] {
  const json = command("--json");
  const sarif = command("--sarif");
  const big = large();
  const files = `check on 1,500 files (${json.seconds.toFixed(1)} s by the clock)`;
  return [
    { what: files, value: json.cpu, unit: "CPU s", limit: 4 },
    { what: "check on 1,500 files, peak memory", value: json.megabytes, unit: "MiB", limit: 200 },
    { what: "check --sarif, against --json", value: sarif.cpu / json.cpu, unit: "times", limit: 1.3 },
    {
      what: "check on one document of 10 MB and 10,000 statements",
      value: big.cpu,
      unit: "CPU s",
      limit: 10,
    },
    { what: "the same, peak memory", value: big.megabytes, unit: "MiB", limit: 400 },
  ];
}

void main();
