/**
 * Answers the program of this process in place of the Pulumi engine, inside the process: the SDK's calls reach the monitor
 * directly, and what comes of them goes to the preview line by line. Over gRPC every resource would be encoded and decoded four
 * times, which is more work than the program itself. Preloaded with `node -r`, after loader.js.
 */
import Module from "node:module";
import type { Problem } from "../input/problem";
import type { ResourceState } from "./graph";
import { readLines, writeLine } from "./lines";
import { localClient } from "./local-service";
import { Monitor } from "./monitor";
import {
  receivedIdentity,
  STACK_VARIABLE,
  type FromProgram,
  type SentIdentity,
  type ToProgram,
} from "./process-messages";
import type { Properties } from "./values";

type Load = (this: unknown, request: string, parent: unknown, isMain: boolean) => unknown;

/** What the SDK calls instead of a gRPC client of the engine. */
function monitorClient(): object {
  const sent = process.env[STACK_VARIABLE] ?? "";
  Reflect.deleteProperty(process.env, STACK_VARIABLE);
  const monitor = new Monitor({
    ...receivedIdentity(JSON.parse(sent) as SentIdentity),
    stackOutputs: questions(),
    listener: {
      added: (state: ResourceState) => {
        tell({ kind: "resource", state });
      },
      outputsSet: (urn: string, outputs: Properties) => {
        tell({ kind: "outputs", urn, outputs });
      },
      warned: (text: string) => {
        tell({ kind: "warning", text });
      },
      refused: (problem: Problem) => {
        tell({ kind: "problem", problem });
      },
    },
  });
  const close = (): void => {
    monitor.stop();
  };
  return { ...localClient({ ...monitor.service() }), close };
}

function tell(message: FromProgram): void {
  writeLine(message);
}

/** Asks the preview for the outputs of other stacks; the answers come on standard input. */
function questions(): (name: string) => Promise<Properties | undefined> {
  const waiting: ((outputs: Properties | undefined) => void)[] = [];
  let open = 0;
  readLines(process.stdin, (line) => {
    const { id, outputs } = JSON.parse(line) as ToProgram;
    open -= 1;
    // Only a question that is open keeps this process running.
    if (open === 0) process.stdin.unref();
    waiting[id]?.(outputs);
  });
  return (name) =>
    new Promise((resolve) => {
      open += 1;
      process.stdin.ref();
      tell({ kind: "stack-outputs", id: waiting.push(resolve) - 1, name });
    });
}

// What Node's loader calls for every `require`; the typings leave it out.
const loader = Module as unknown as { _load: Load };
const load = loader._load;
const client = monitorClient();

loader._load = function (request, parent, isMain) {
  const loaded = load.call(this, request, parent, isMain);
  if (!/(?:^|\/)resource_grpc_pb(?:\.js)?$/.test(request)) return loaded;
  return {
    ...(loaded as object),
    ResourceMonitorClient: function ResourceMonitorClient() {
      return client;
    },
  };
};
