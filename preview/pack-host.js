/**
 * Loads pack-host.ts into the process of a policy pack, and leaves no other trace: the pack's own TypeScript is compiled by the SDK,
 * and its errors keep their stack traces. Preloaded with `node -r`.
 */
"use strict";

const Module = require("node:module");

const { stackTraceLimit } = Error;
// With a limit of 0, loader.js does not map stack traces.
Error.stackTraceLimit = 0;
require("./loader");
require("./pack-host.ts");
delete Module._extensions[".ts"];
Error.stackTraceLimit = stackTraceLimit;
