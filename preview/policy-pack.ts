import { execFile, spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { ProblemError } from "./problems";
import { call, CHANNEL_OPTIONS, fromStruct } from "./rpc";
import { isObject } from "./values";

/** A policy pack that runs in a process of its own, as the engine runs it. */
export interface PolicyPack {
  /** Name and version. */
  readonly name: string;
  readonly client: AnalyzerClient;
  stop(): void;
}

/**
 * Boots the policy pack in `directory`, after compiling it when a source is newer than what was compiled from it.
 * @throws ProblemError when the pack does not compile or start
 */
export async function startPolicyPack(directory: string, signal: AbortSignal): Promise<PolicyPack> {
  await compileWhenStale(directory, signal);
  const child = spawn(process.execPath, [...PRELOADED, runner(directory), "127.0.0.1:1", "."], {
    cwd: directory,
    env: { ...process.env, PULUMI_NODEJS_DRY_RUN: "true" },
    stdio: ["pipe", "pipe", "pipe"],
    signal,
    killSignal: "SIGKILL",
  });
  const port = await announcedPort(child, directory);
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
  const info = await call<messages.AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done));
  await call((done) => client.configure(defaultConfiguration(info), done));
  return {
    name: `${info.getName()} ${info.getVersion()}`.trim(),
    client,
    stop: () => {
      client.close();
      child.kill("SIGKILL");
    },
  };
}

const PRELOADED = ["with-parent.js", "lazy-modules.js"].flatMap((file) => [
  "--require",
  path.join(__dirname, file),
]);

/** The pack runs on its own copy of the SDK, as the engine's launcher does it. */
function runner(directory: string): string {
  return createRequire(path.join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
}

async function announcedPort(child: ChildProcess, directory: string): Promise<string> {
  const errors: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => errors.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      reject(
        new ProblemError({
          message: `The policy pack in ${directory} does not start:\n${errors.join("").trim()}`,
        }),
      );
    });
    if (child.stdout === null) return;
    createInterface(child.stdout).on("line", (line) => {
      if (/^\d+$/.test(line)) resolve(line);
    });
  });
}

/** Every policy with the level and the properties that the pack itself sets, as the engine does without a config file. */
function defaultConfiguration(info: messages.AnalyzerInfo): messages.ConfigureAnalyzerRequest {
  const request = new messages.ConfigureAnalyzerRequest();
  const initial = info.getInitialconfigMap();
  for (const policy of info.getPoliciesList()) {
    const initialOfPolicy = initial.get(policy.getName());
    const config = new messages.PolicyConfig();
    const level = initialOfPolicy ?? initial.get("all");
    config.setEnforcementlevel(level?.getEnforcementlevel() ?? policy.getEnforcementlevel());
    const properties = { ...schemaDefaults(policy), ...fromStruct(initialOfPolicy?.getProperties()) };
    config.setProperties(Struct.fromJavaScript(properties as Record<string, JavaScriptValue>));
    request.getPolicyconfigMap().set(policy.getName(), config);
  }
  return request;
}

function schemaDefaults(policy: messages.PolicyInfo): Record<string, unknown> {
  const schema = fromStruct(policy.getConfigschema()?.getProperties());
  const defaults = Object.entries(schema).flatMap(([key, property]) =>
    isObject(property) && property["default"] !== undefined ? [[key, property["default"]] as const] : [],
  );
  return Object.fromEntries(defaults);
}

async function compileWhenStale(directory: string, signal: AbortSignal): Promise<void> {
  const build = path.join(directory, "build.mjs");
  if (!fs.existsSync(build) || isCompiled(directory)) return;
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [build], { cwd: directory, signal }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else
        reject(
          new ProblemError({
            message: `The policy pack in ${directory} does not compile:\n${stdout}${stderr}`.trim(),
          }),
        );
    });
  });
}

function isCompiled(directory: string): boolean {
  const output = path.join(directory, "bin", "index.js");
  if (!fs.existsSync(output)) return false;
  const compiled = fs.statSync(output).mtimeMs;
  const sources = fs.readdirSync(directory, { recursive: true, encoding: "utf8" });
  return sources
    .filter((file) => /\.(?:ts|mjs|json)$/.test(file) && !/(?:^|\/)(?:bin|node_modules)\//.test(file))
    .every((file) => fs.statSync(path.join(directory, file)).mtimeMs <= compiled);
}
