/**
 * Lets Node load the TypeScript of this repository: swc strips the types, a cache keeps what it made. Preloaded with
 * `node -r` in every process that runs our sources. Types are checked by `npm run types`, not here; ts-node would load
 * the TypeScript compiler into each process for 0.3 s and 60 MB.
 */
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { stripVTControlCharacters } = require("node:util");

const root = path.join(__dirname, "..");
const cache = path.join(root, "node_modules", ".cache", "slipway");
const settings = {
  jsc: { parser: { syntax: "typescript" }, target: "es2022", keepClassNames: true },
  // A dynamic import stays one, so that packages which are ES modules can be loaded.
  module: { type: "commonjs", ignoreDynamic: true, importInterop: "node" },
  sourceMaps: "inline",
};
const salt = JSON.stringify([settings, require("@swc/core/package.json").version]);

// A process that keeps no stack traces has no use for source maps.
if (Error.stackTraceLimit > 0) process.setSourceMapsEnabled(true);

Module._extensions[".ts"] = (module, filename) => {
  module._compile(compiled(filename), filename);
};

/** @param {string} filename */
function compiled(filename) {
  const source = fs.readFileSync(filename, "utf8");
  const key = createHash("sha256").update(salt).update(filename).update("\0").update(source).digest("hex");
  const kept = path.join(cache, `${key.slice(0, 32)}.js`);
  try {
    return fs.readFileSync(kept, "utf8");
  } catch {
    const code = transform(source, filename);
    keep(kept, code);
    return code;
  }
}

/** @param {string} source @param {string} filename */
function transform(source, filename) {
  try {
    return require("@swc/core").transformSync(source, { ...settings, filename, swcrc: false }).code;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(`${filename}: ${stripVTControlCharacters(message)}`, { cause: error });
  }
}

/** A cache that cannot be written is only slower. @param {string} file @param {string} code */
function keep(file, code) {
  try {
    fs.mkdirSync(cache, { recursive: true });
    const draft = `${file}.${String(process.pid)}`;
    fs.writeFileSync(draft, code);
    fs.renameSync(draft, file);
  } catch {
    return;
  }
}
