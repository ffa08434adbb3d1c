/**
 * How fast the policy pack is: boot as an analyzer, statements per second, many documents through
 * `slipway check-policy`, memory, every AWS managed policy, and a million mutated documents.
 * Run: node -r ts-node/register bench/policy-pack.ts [--fuzz 1000000]
 * What one process does alone is measured in CPU seconds, which other work on the machine changes little.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

async function boot(): Promise<number> {
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const pack = path.join(ROOT, "policy-pack");
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
    cwd: pack,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const seconds = secondsSince(start);
  child.kill();
  return seconds;
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

/** 1,500 documents as files through the command, in a process of its own. */
function command(): { readonly seconds: number; readonly cpu: number; readonly megabytes: number } {
  const folder = mkdtempSync(path.join(tmpdir(), "slipway-bench-"));
  const files = managedArns()
    .slice(0, 1_500)
    .map((arn, index) => {
      const file = path.join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify(managedDocument(arn)));
      return file;
    });
  const script = path.join(__dirname, "check-policy-process.ts");
  const start = process.hrtime.bigint();
  const { stderr } = spawnSync(
    process.execPath,
    ["-r", path.join(ROOT, "preview/loader.js"), script, "--json", ...files],
    {
      maxBuffer: 1 << 30,
      encoding: "utf8",
    },
  );
  const seconds = secondsSince(start);
  rmSync(folder, { recursive: true });
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
  const boots = [await boot(), await boot(), await boot()].sort((left, right) => left - right);
  const all = managed();
  const warm = managed();
  const checked = command();
  const wanted = Number(process.argv[process.argv.indexOf("--fuzz") + 1]);
  const count = process.argv.includes("--fuzz") && wanted > 0 ? wanted : 100_000;
  const fuzzed = fuzz(count, 1);
  const results: Measured[] = [
    { what: "boot as an analyzer (median of three)", value: boots[1] ?? Number.NaN, unit: "s", limit: 1 },
    {
      what: `all ${managedArns().length} AWS managed policies, cold`,
      value: all.seconds,
      unit: "CPU s",
      limit: 10,
    },
    {
      what: "statements judged, warm",
      value: warm.statements / warm.seconds,
      unit: "per CPU s",
      limit: 5_000,
      atLeast: true,
    },
    {
      what: `check-policy on 1,500 files (${checked.seconds.toFixed(1)} s by the clock)`,
      value: checked.cpu,
      unit: "CPU s",
      limit: 4,
    },
    { what: "check-policy on 1,500 files, peak memory", value: checked.megabytes, unit: "MB", limit: 200 },
    {
      what: `${count} mutated documents: crashes and garbage that passed`,
      value: fuzzed.failures.length,
      unit: "",
      limit: 0,
    },
  ];
  return { results, grades: all.grades, failures: fuzzed.failures };
}

void main();
