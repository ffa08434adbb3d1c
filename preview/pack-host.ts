/**
 * Runs the policy pack of this process in place of the Pulumi engine, inside the process: what the preview sends line by line is
 * shown to the pack by the calls that it serves, without gRPC between. Preloaded by pack-host.js.
 */
import Module from "node:module";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { readLines, writeLine } from "./lines";
import { localClient } from "./local-service";
import { defaultConfiguration } from "./pack-configuration";
import { PolicyCheck } from "./policy-check";
import { receivedIdentity, type FromPack, type ToPack } from "./process-messages";
import { call } from "./rpc";

type Load = (
  this: unknown,
  request: string,
  parent: { readonly filename?: string } | undefined,
  isMain: boolean,
) => unknown;

function tell(message: FromPack): void {
  writeLine(message);
}

/** Starts to judge what the preview sends; standard input keeps the process running from then on. */
async function serve(service: UntypedServiceImplementation): Promise<void> {
  const analyzer = localClient(service) as unknown as AnalyzerClient;
  const info = await call<AnalyzerInfo>((done) => analyzer.getAnalyzerInfo(new Empty(), done));
  await call((done) => analyzer.configure(defaultConfiguration(info), done));
  const name = `${info.getName()} ${info.getVersion()}`.trim();
  let check: PolicyCheck | undefined;
  readLines(process.stdin, (line) => {
    const message = JSON.parse(line) as ToPack;
    if (message.kind === "stack") check = new PolicyCheck(analyzer, name, receivedIdentity(message.identity));
    else if (message.kind === "resource") check?.show(message.state);
    else if (message.kind === "outputs") check?.setOutputs(message.urn, message.outputs);
    else if (message.kind === "abandon") check = undefined;
    else if (check !== undefined) judge(check);
  });
  process.stdin.ref();
  tell({ kind: "ready", name });
}

function judge(check: PolicyCheck): void {
  check.result().then(
    (result) => {
      tell({ kind: "result", result });
    },
    (error: unknown) => {
      tell({ kind: "broken", message: error instanceof Error ? error.message : String(error) });
    },
  );
}

/** What @pulumi/policy makes instead of a gRPC server. */
class LocalServer {
  private service: UntypedServiceImplementation = {};

  addService(_definition: unknown, service: UntypedServiceImplementation): void {
    this.service = service;
  }

  bindAsync(): void {
    serve(this.service).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    });
  }
}

// What Node's loader calls for every `require`; the typings leave it out.
const loader = Module as unknown as { _load: Load };
const load = loader._load;

loader._load = function (request, parent, isMain) {
  const loaded = load.call(this, request, parent, isMain);
  const isServer = /@pulumi[/\\]policy[/\\]server\.js$/.test(parent?.filename ?? "");
  if (request !== "@grpc/grpc-js" || !isServer) return loaded;
  const replaced: Readonly<Record<string | symbol, unknown>> = {
    Server: LocalServer,
    ServerCredentials: { createInsecure: () => undefined },
  };
  return new Proxy(loaded as object, {
    get: (grpc, name): unknown => replaced[name] ?? Reflect.get(grpc, name),
  });
};
