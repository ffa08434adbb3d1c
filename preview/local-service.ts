import * as grpc from "@grpc/grpc-js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "./values";

type Done = (error: grpc.ServiceError | null, response?: unknown) => void;

/** The part of `handleUnaryCall` that our services use. @pulumi/policy leaves the error undefined where gRPC has null. */
type Handler = (
  call: { readonly request: unknown },
  done: (error: Partial<grpc.ServiceError> | null | undefined, response?: unknown) => void,
) => void;

/** A client whose calls a service of the same process answers: the calls and the errors of gRPC, without the way over bytes. */
export type LocalClient = Readonly<Record<string, (request: unknown, ...rest: readonly unknown[]) => object>>;

/** @param service the functions that a gRPC server would be given; each answers one request */
export function localClient(service: object): LocalClient {
  const methods = (Object.entries(service) as [string, Handler][]).map(([name, answer]) => {
    // Before the function that takes the answer, a caller may give metadata and options: here they lead nowhere.
    const send = (request: unknown, ...rest: readonly unknown[]): object => {
      const done = rest.at(-1) as Done;
      answer({ request }, (error, response) => {
        if (error === null || error === undefined) done(null, response ?? undefined);
        else done(serviceError(error));
      });
      return { cancel: () => undefined };
    };
    return [name, send] as const;
  });
  return Object.fromEntries(methods);
}

/** What a client gets to see of an error (`serverErrorToStatus` and `callErrorFromStatus` in @grpc/grpc-js). */
function serviceError(error: Partial<grpc.ServiceError>): grpc.ServiceError {
  const code = error.code ?? grpc.status.UNKNOWN;
  const details = error.details ?? error.message ?? "Unknown Error";
  const metadata = error.metadata ?? new grpc.Metadata();
  const message = `${String(code)} ${grpc.status[code]}: ${details}`;
  return Object.assign(new Error(message), { code, details, metadata });
}

/**
 * Gives a message the properties that its receiver reads, as they are: within one process they need not be encoded into a Struct
 * and decoded again.
 */
export function readAs<Getter extends string>(
  message: Readonly<Record<Getter, () => Struct | undefined>>,
  getter: Getter,
  properties: Properties,
): void {
  const struct: Pick<Struct, "toJavaScript"> = {
    toJavaScript: () => properties,
  };
  Object.assign(message, { [getter]: () => struct });
}
