/**
 * Lets Node load the TypeScript of this repository: swc strips the types. Preloaded with `node -r` in every
 * process that runs our sources. Types are checked by `npm run types`, not here; ts-node would load
 * the TypeScript compiler into each process for 0.3 s and 60 MB.
 */
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { stripVTControlCharacters } = require("node:util");

/**
 * The options that ts-node gives to swc in the tests' own process (`createSwcOptions` in ts-node), so that a file compiles to
 * the same code in all processes. Coverage needs that: it adds up, over all processes, how often each position of the compiled
 * code ran.
 */
const settings = {
  jsc: { parser: { syntax: "typescript" }, target: "es2022", keepClassNames: true },
  // A dynamic import stays one, so that packages which are ES modules can be loaded.
  module: { type: "commonjs", ignoreDynamic: true },
  // A process that keeps no stack traces has no use for source maps.
  sourceMaps: Error.stackTraceLimit > 0 ? "inline" : false,
};

/** Where compiled code is kept: beside the packages, so that `npm ci` begins anew. */
const cache = path.join(__dirname, "..", "node_modules", ".cache", "slipway", "compiled");
let compilerKey;

/** Compiled code by file, for its source map. */
const loaded = new Map();
if (Error.stackTraceLimit > 0) mapStackTraces();

Module._extensions[".ts"] = (module, filename) => {
  const code = compiled(fs.readFileSync(filename, "utf8"), filename);
  if (Error.stackTraceLimit > 0) loaded.set(filename, code);
  module._compile(code, filename);
};

/** Only our own files: Node's --enable-source-maps would read the maps of every package. */
function mapStackTraces() {
  require("source-map-support").install({
    environment: "node",
    handleUncaughtExceptions: false,
    retrieveSourceMap: (filename) => {
      const [, encoded] = /sourceMappingURL=data:[^,]*,(\S+)\s*$/.exec(loaded.get(filename) ?? "") ?? [];
      return encoded === undefined
        ? null
        : { url: filename, map: Buffer.from(encoded, "base64").toString("utf8") };
    },
  });
  // Only frames of the project's own sources are kept, not the preview's. The SDK has stack traces coloured by util.inspect, and with frames of packages in
  // them that takes Node.js 20.20 a minute and a gigabyte.
  const format = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) => format(error, frames.filter(isOwn));
}

function isOwn(frame) {
  const file = frame.getFileName() ?? "";
  return !/^node:|[/\\]node_modules[/\\]/.test(file) && !file.startsWith(__dirname + path.sep);
}

/**
 * The compiled code, kept from an earlier process where the same source was compiled with the same settings by the same version.
 * What is kept ends with its own hash: a damaged file is compiled anew.
 * @param {string} source @param {string} filename
 */
function compiled(source, filename) {
  const kept = path.join(cache, `${hash(`${compiler()}\n${filename}\n${source}`)}.js`);
  const found = readKept(kept);
  if (found !== undefined) return found;
  const code = transform(source, filename);
  keep(kept, code);
  return code;
}

/** @param {string} file */
function readKept(file) {
  try {
    const text = fs.readFileSync(file, "utf8");
    const end = text.lastIndexOf("\n");
    const code = text.slice(0, end);
    return text.slice(end + 1) === hash(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Put in place at once, since other processes read and write here too. Where it cannot be written, nothing is kept. */
function keep(file, code) {
  const unfinished = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(unfinished, `${code}\n${hash(code)}`);
    fs.renameSync(unfinished, file);
  } catch {
    // The next process compiles it again.
  }
}

/** Everything but the source that decides what comes out. */
function compiler() {
  compilerKey ??= JSON.stringify([require("@swc/core/package.json").version, settings]);
  return compilerKey;
}

function hash(text) {
  return createHash("sha256").update(text).digest("hex");
}

/** @param {string} source @param {string} filename */
function transform(source, filename) {
  // Loaded outside of the `try`: that swc is not installed is no syntax error of the file.
  const { transformSync } = require("@swc/core");
  try {
    return transformSync(source, { ...settings, filename, swcrc: false }).code;
  } catch (error) {
    throw new SyntaxError(place(filename, stripVTControlCharacters(String(error))), { cause: error });
  }
}

/** `file:line:column: what` from the picture that swc draws of a syntax error. @param {string} filename @param {string} text */
function place(filename, text) {
  const what = /[x×] (.*)/.exec(text)?.[1] ?? text;
  const [, line = "1"] = /[╭,][─-]\[.*:(\d+):\d+\]/.exec(text) ?? [];
  const [, lead = "", source = ""] = new RegExp(`^(\\s*${line} [|│] )(.*)$`, "m").exec(text) ?? [];
  const marks = text.split("\n").find((other) => /^\s+[:·]\s.*[\^─]/.test(other)) ?? "";
  const column = source === "" ? 1 : Math.max(marks.search(/[\^─]/) - lead.length + 1, 1);
  return `${filename}:${line}:${String(column)}: ${what}`;
}
