/**
 * Leaves out of the start of a Pulumi process what a preview hardly ever uses: the TypeScript compiler and npm's
 * Arborist, which serialise closures, the Automation API, and what sends traces. Each is loaded when something first asks for a part of it,
 * so that nothing behaves differently; without this, they are three quarters of the SDK's loading time. Leaves out, too, where
 * in the program each resource and each promise was made, which only an engine or a debugger shows.
 * Preloaded with `node -r`.
 */
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

/** The copy of the SDK whose cmd/run or cmd/run-policy-pack this process runs. */
const sdk = sdkOf(process.argv[1] ?? "") ?? path.dirname(require.resolve("@pulumi/pulumi/package.json"));
const load = Module._load;

/** Asks V8's debugger for the source file of a closure. Started late, the debugger reports the scripts loaded before, too. */
const debuggerHooks = "../../runtime/closure/v8Hooks";

/** What sends traces, and nothing but that: a preview sends none. */
const tracers = [
  "exporter-zipkin",
  "instrumentation",
  "instrumentation-grpc",
  "resources",
  "sdk-trace-base",
  "sdk-trace-node",
].map((name) => `@opentelemetry/${name}`);

/** Who asks for gRPC, and hardly ever uses it: within a process of a preview, calls are answered where they are made. */
const mayCallLate = new RegExp(
  `^(?:${[sdk, __dirname].map(escaped).join("|")})[/\\\\]|[/\\\\]@pulumi[/\\\\]policy[/\\\\]`,
);

/** Modules of the SDK that have been changed already. */
const patched = new WeakSet();

/** What is loaded late, by the file that asks for it. */
const late = new Map([
  [path.join(sdk, "index.js"), ["./automation"]],
  [path.join(sdk, "typescript-shim.js"), ["typescript"]],
  [path.join(sdk, "tsutils.js"), ["typescript", "ts-node"]],
  [path.join(sdk, "runtime", "closure", "codePaths.js"), ["@npmcli/arborist"]],
  [path.join(sdk, "cmd", "run", "index.js"), [debuggerHooks]],
  [path.join(sdk, "cmd", "run-policy-pack", "index.js"), [debuggerHooks]],
  [path.join(sdk, "cmd", "run-policy-pack", "run.js"), ["typescript", "ts-node"]],
  [path.join(sdk, "cmd", "run", "tracing.js"), tracers],
]);

Module._load = function (request, parent, isMain) {
  const loadNow = () => load.call(this, request, parent, isMain);
  const asking = parent?.filename ?? "";
  if (request === "@grpc/grpc-js" && mayCallLate.test(asking))
    return lazy(loadNow, callsLater(loadNow, asking));
  if (/^\.{1,2}\/resource$/.test(request) && asking.startsWith(sdk)) return withoutCallSites(loadNow());
  if (request === "./debuggable" && parent?.path === path.join(sdk, "runtime"))
    return withoutPromiseStacks(loadNow());
  if (!late.get(parent?.filename)?.includes(request)) return loadNow();
  if (request === "typescript") return lazy(loadNow, { version: versionOf(request, parent) });
  if (request === "ts-node")
    return lazy(loadNow, { VERSION: versionOf(request, parent), register: registerLater(loadNow) });
  if (request === debuggerHooks) return lazy(loadNow, { isInitializedAsync: () => Promise.resolve() });
  return lazy(loadNow, { __esModule: true });
};

/** The folder of the SDK that a script belongs to; modules know themselves by their real paths. */
function sdkOf(script) {
  const real = fs.existsSync(script) ? fs.realpathSync(script) : script;
  return /^.*[/\\]@pulumi[/\\]pulumi(?=[/\\])/.exec(real)?.[0];
}

/** Stands for a module and has some of its parts already. The module is loaded when any other part is asked for. */
function lazy(loadNow, parts) {
  return new Proxy(parts, { get: (_, key) => (Object.hasOwn(parts, key) ? parts[key] : loadNow()[key]) });
}

/**
 * The SDK notes for every resource the whole stack of calls that made it, with source maps applied: a sixth of a large
 * program's time, for an engine that shows where a resource comes from. A preview shows none of it.
 */
function withoutCallSites(resources) {
  // A module of the SDK's runtime has the same name.
  if (resources.Resource !== undefined) resources.Resource.callsites = () => [];
  return resources;
}

/**
 * The SDK remembers every promise until it is settled, to say at the end which never were, and notes with each its stack of calls
 * for a debugger: a twelfth of a large program's time. Where this process keeps no stack traces, only the remembering is left.
 */
function withoutPromiseStacks(debuggable) {
  if (Error.stackTraceLimit > 0 || patched.has(debuggable)) return debuggable;
  patched.add(debuggable);
  const { debuggablePromise } = debuggable;
  const { getStore } = require(path.join(sdk, "runtime", "state.js"));
  let isFirst = true;
  debuggable.debuggablePromise = (promise, context) => {
    // The first one makes the SDK look for what is left when the process exits.
    if (isFirst) {
      isFirst = false;
      return debuggablePromise(promise, context);
    }
    const { leakCandidates } = getStore();
    leakCandidates.add(promise);
    return promise.then(
      (value) => {
        leakCandidates.delete(promise);
        return value;
      },
      (error) => {
        leakCandidates.delete(promise);
        error.promise = promise;
        throw error;
      },
    );
  };
  return debuggable;
}

/** The parts of gRPC that are asked for at the start: classes of clients, which are made when the first client is. */
function callsLater(loadNow, asking) {
  const makeGenericClientConstructor = (...definition) =>
    new Proxy(function () {}, {
      construct: (_, [address, credentials, ...rest]) => {
        const grpc = loadNow();
        const Client = grpc.makeGenericClientConstructor(...definition);
        return new Client(address, credentials ?? grpc.credentials.createInsecure(), ...rest);
      },
    });
  // What the SDK's settings make goes to the client of the engine. In a preview program-host.ts takes its place; elsewhere the
  // client gets its credentials when it is made.
  const credentials = { createInsecure: () => undefined };
  const parts = { __esModule: true, makeGenericClientConstructor };
  return asking === path.join(sdk, "runtime", "settings.js") ? { ...parts, credentials } : parts;
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Throws the error of Node.js itself where the module is not installed. */
function versionOf(request, parent) {
  return Module.createRequire(parent.filename)(`${request}/package.json`).version;
}

/** ts-node registers itself when the first TypeScript file is met: a compiled policy pack has none. */
function registerLater(loadNow) {
  return (options) => {
    const placeholder = (module, filename) => {
      if (Module._extensions[".ts"] === placeholder) delete Module._extensions[".ts"];
      loadNow().register(options);
      Module._extensions[".ts"](module, filename);
    };
    Module._extensions[".ts"] ??= placeholder;
  };
}
