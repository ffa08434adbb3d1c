/**
 * Leaves out of the start of a Pulumi process what a preview hardly ever uses: the TypeScript compiler and npm's
 * Arborist, which serialise closures, and the Automation API. Each is loaded when something first asks for a part of it,
 * so that nothing behaves differently; without this, they are three quarters of the SDK's loading time.
 * Preloaded with `node -r`.
 */
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

/** The copy of the SDK whose cmd/run or cmd/run-policy-pack this process runs. */
const sdk = sdkOf(process.argv[1] ?? "") ?? path.dirname(require.resolve("@pulumi/pulumi/package.json"));
const load = Module._load;

/** V8's debugger, which tells a closure's source file. It reports scripts of the past too, when it is started late. */
const debuggerHooks = "../../runtime/closure/v8Hooks";

/** What is loaded late, by the file that asks for it. */
const late = new Map([
  [path.join(sdk, "index.js"), ["./automation"]],
  [path.join(sdk, "typescript-shim.js"), ["typescript"]],
  [path.join(sdk, "tsutils.js"), ["typescript", "ts-node"]],
  [path.join(sdk, "runtime", "closure", "codePaths.js"), ["@npmcli/arborist"]],
  [path.join(sdk, "cmd", "run", "index.js"), [debuggerHooks]],
  [path.join(sdk, "cmd", "run-policy-pack", "index.js"), [debuggerHooks]],
  [path.join(sdk, "cmd", "run-policy-pack", "run.js"), ["typescript", "ts-node"]],
]);

Module._load = function (request, parent, isMain) {
  const now = () => load.call(this, request, parent, isMain);
  if (!late.get(parent?.filename)?.includes(request)) return now();
  if (request === "typescript") return lazy(now, { version: versionOf(request, parent) });
  if (request === "ts-node")
    return lazy(now, { VERSION: versionOf(request, parent), register: registerLater(now) });
  if (request === debuggerHooks) return lazy(now, { isInitializedAsync: () => Promise.resolve() });
  return lazy(now, { __esModule: true });
};

/** The folder of the SDK that a script belongs to; modules know themselves by their real paths. */
function sdkOf(script) {
  const real = fs.existsSync(script) ? fs.realpathSync(script) : script;
  return /^.*[/\\]@pulumi[/\\]pulumi(?=[/\\])/.exec(real)?.[0];
}

/** A module that is loaded when a part of it is asked for that is not known beforehand. */
function lazy(now, known) {
  return new Proxy(known, { get: (_, key) => (Object.hasOwn(known, key) ? known[key] : now()[key]) });
}

/** A module that is not installed fails as it would without us. */
function versionOf(request, parent) {
  return Module.createRequire(parent.filename)(`${request}/package.json`).version;
}

/** ts-node registers itself when the first TypeScript file is met: a compiled policy pack has none. */
function registerLater(now) {
  return (options) => {
    const placeholder = (module, filename) => {
      if (Module._extensions[".ts"] === placeholder) delete Module._extensions[".ts"];
      now().register(options);
      Module._extensions[".ts"](module, filename);
    };
    Module._extensions[".ts"] ??= placeholder;
  };
}
