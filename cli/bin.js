#!/usr/bin/env node
"use strict";

const path = require("node:path");

/** Wrong input: what the command needs is not there. */
const NOT_INSTALLED = 2;

try {
  require("../preview/loader.js");
  require("./slipway.ts");
} catch (error) {
  const what = whatIsMissing(error);
  if (what === undefined) throw error;
  const folder = path.join(__dirname, "..");
  process.stderr.write(`slipway: ${what} is not installed.\nRun this first: npm ci --prefix ${folder}\n`);
  process.exitCode = NOT_INSTALLED;
}

/** Undefined for an error that has nothing to do with what is installed. @param {unknown} error */
function whatIsMissing(error) {
  if (!(error instanceof Error)) return undefined;
  // What @swc/core says when npm left out the part that belongs to this computer.
  if (/native binding/i.test(error.message)) return "@swc/core for this computer";
  if (error.code !== "MODULE_NOT_FOUND") return undefined;
  const [, request = ""] = /^Cannot find module '([^']+)'/.exec(error.message) ?? [];
  const [, name] = /^((?:@[^/]+\/)?[^./@][^/]*)(?:\/|$)/.exec(request) ?? [];
  if (name !== undefined) return `the package ${name}`;
  const [asking = ""] = error.requireStack ?? [];
  const [, broken] = /.*node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(asking) ?? [];
  return broken === undefined ? undefined : `a part of the package ${broken.replaceAll("\\", "/")}`;
}
