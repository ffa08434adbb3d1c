/** Serves the provider to the engine over gRPC: one process per provider instance, as with the real provider. */
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

import { configure } from "./configure";
import { Faults } from "./faults";
import { invoke } from "./invoke";
import { NoAnswer, Provider, type Configuration } from "./provider";
import type { Schema } from "./schema";
import { decode, encode } from "./values";
import { Accounts } from "./world";

/** How long requests are collected before they are worked off, last come first: who needs an order must ask for it. */
const gatherMilliseconds = 4;

type Handler<Request, Response> = (request: Request) => Response;

/** Answers on a port of its own and gives that port. `folder` holds the accounts. */
export async function serve(folder: string, schema: Schema): Promise<number> {
  const accounts = new Accounts(folder);
  const faults = new Faults(folder);
  const server = new grpc.Server();
  server.addService(ResourceProviderService, handlers(accounts, faults, schema));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function handlers(accounts: Accounts, faults: Faults, schema: Schema): grpc.UntypedServiceImplementation {
  let configuration: Configuration | undefined;
  const provider = (): Provider => {
    if (configuration === undefined) throw new Error("The provider was asked before it was configured.");
    return new Provider(accounts, schema, faults, configuration);
  };
  const { answer, answerLater } = answersWith(faults);
  return {
    getPluginInfo: answer(() => new PluginInfo().setVersion(schema.version)),
    checkConfig: answer((request: wire.CheckRequest) =>
      new wire.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: answer(() => new wire.DiffResponse().setChanges(wire.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: answer((request: wire.ConfigureRequest) => {
      configuration = configure(accounts.world, decode(request.getArgs()).props, process.env);
      return new wire.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    check: answer((request: wire.CheckRequest) => check(provider(), request)),
    diff: answer((request: wire.DiffRequest) => diff(provider(), request)),
    read: answer((request: wire.ReadRequest) => read(provider(), request)),
    create: answerLater((request: wire.CreateRequest) => create(provider(), request)),
    update: answerLater((request: wire.UpdateRequest) => update(provider(), request)),
    delete: answerLater((request: wire.DeleteRequest) => {
      provider().remove(typeOf(request.getUrn()), request.getUrn(), request.getId());
      return new Empty();
    }),
    invoke: answer((request: wire.InvokeRequest) => {
      if (configuration === undefined) throw new Error("The provider was asked before it was configured.");
      const result = invoke(configuration, request.getTok(), decode(request.getArgs()).props);
      return new wire.InvokeResponse().setReturn(encode(result));
    }),
    cancel: answer(() => new Empty()),
  };
}

type Answering = <Request, Response>(
  handler: Handler<Request, Response>,
) => grpc.handleUnaryCall<Request, Response>;

/** How a handler's result becomes an answer: at once, or when the requests of the moment have been gathered. */
function answersWith(faults: Faults): { readonly answer: Answering; readonly answerLater: Answering } {
  return {
    answer:
      (handler) =>
      ({ request }, callback) => {
        respond(() => handler(request), callback, faults);
      },
    answerLater:
      (handler) =>
      ({ request }, callback) => {
        gather(() => {
          respond(() => handler(request), callback, faults);
        });
      },
  };
}

let waiting: (() => void)[] = [];

function gather(work: () => void): void {
  waiting.push(work);
  if (waiting.length > 1) return;
  setTimeout(() => {
    const batch = waiting.reverse();
    waiting = [];
    for (const run of batch) run();
  }, gatherMilliseconds);
}

function respond<Response>(
  run: () => Response,
  callback: grpc.sendUnaryData<Response>,
  faults: Faults,
): void {
  try {
    const result = run();
    faults.release(() => {
      callback(null, result);
    });
  } catch (error) {
    if (error instanceof NoAnswer) {
      faults.reached();
      if (error.kind === "die") process.kill(process.pid, "SIGKILL");
      return;
    }
    // A provider written in Go answers a plain error with the code UNKNOWN.
    callback({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
  }
}

/** The last part of a URN's type: `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. */
function typeOf(urn: string): string {
  const [, , types = ""] = urn.split("::");
  return types.slice(types.lastIndexOf("$") + 1);
}

function check(provider: Provider, request: wire.CheckRequest): wire.CheckResponse {
  const { props, secrets } = decode(request.getNews());
  const olds = decode(request.getOlds()).props;
  const { inputs, failures } = provider.check(
    typeOf(request.getUrn()),
    request.getUrn(),
    props,
    olds,
    request.getRandomseed_asU8(),
  );
  const response = new wire.CheckResponse().setInputs(encode(inputs, secrets));
  for (const { property, reason } of failures)
    response.addFailures(new wire.CheckFailure().setProperty(property).setReason(reason));
  return response;
}

function diff(provider: Provider, request: wire.DiffRequest): wire.DiffResponse {
  const [news, olds, oldInputs] = [request.getNews(), request.getOlds(), request.getOldInputs()].map(
    (struct) => decode(struct).props,
  );
  const { changed, replaces, deleteBeforeReplace } = provider.diff(
    typeOf(request.getUrn()),
    request.getId(),
    news ?? {},
    olds ?? {},
    oldInputs ?? {},
  );
  const { DIFF_SOME, DIFF_NONE } = wire.DiffResponse.DiffChanges;
  return new wire.DiffResponse()
    .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...changed])
    .setReplacesList([...replaces])
    .setDeletebeforereplace(deleteBeforeReplace);
}

function create(provider: Provider, request: wire.CreateRequest): wire.CreateResponse {
  const type = typeOf(request.getUrn());
  const { props, secrets } = decode(request.getProperties());
  if (request.getPreview())
    return new wire.CreateResponse().setProperties(encode(provider.plan(type, props), secrets));
  const made = provider.create(type, request.getUrn(), props);
  return new wire.CreateResponse().setId(made.id).setProperties(encode(made.props, secrets));
}

function update(provider: Provider, request: wire.UpdateRequest): wire.UpdateResponse {
  const type = typeOf(request.getUrn());
  const { props, secrets } = decode(request.getNews());
  if (request.getPreview()) {
    const planned = provider.plan(type, props, decode(request.getOlds()).props);
    return new wire.UpdateResponse().setProperties(encode(planned, secrets));
  }
  const changed = provider.update(type, request.getUrn(), request.getId(), props);
  return new wire.UpdateResponse().setProperties(encode(changed.props, secrets));
}

function read(provider: Provider, request: wire.ReadRequest): wire.ReadResponse {
  const type = typeOf(request.getUrn());
  const props = provider.read(type, request.getUrn(), request.getId());
  if (props === undefined) return new wire.ReadResponse();
  const former = decode(request.getInputs());
  return new wire.ReadResponse()
    .setId(request.getId())
    .setProperties(encode(props, decode(request.getProperties()).secrets))
    .setInputs(encode(provider.inputsOf(type, props, former.props), former.secrets));
}
