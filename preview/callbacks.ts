import * as grpc from "@grpc/grpc-js";
import type { Message } from "google-protobuf";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { CallbackInvokeRequest, type Callback } from "@pulumi/pulumi/proto/callback_pb";
import { call, CHANNEL_OPTIONS } from "./rpc";

/** Calls functions of the program, such as transforms and hooks, from the outside. */
export class Callbacks {
  private readonly clients = new Map<string, CallbacksClient>();

  /** Runs the function behind `callback` and gives its answer, still encoded. Throws what the function threw. */
  async run(callback: Callback, request: Message): Promise<Uint8Array> {
    const message = new CallbackInvokeRequest();
    message.setToken(callback.getToken());
    message.setRequest(request.serializeBinary());
    const client = this.client(callback.getTarget());
    const response = await call<{ getResponse_asU8(): Uint8Array }>((done) => client.invoke(message, done));
    return response.getResponse_asU8();
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
    this.clients.clear();
  }

  private client(target: string): CallbacksClient {
    const existing = this.clients.get(target);
    if (existing !== undefined) return existing;
    const client = new CallbacksClient(target, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
    this.clients.set(target, client);
    return client;
  }
}
