import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { REGISTER_INSTANCE } from "ts-node";
import { projectDirectory } from "../support/shipped-preview";

/** Prints, in a process of the preview, what code Node.js gets for each file. */
const PRINT_CODE = `
  const { _extensions } = require("node:module");
  const codes = process.argv.slice(1).map((file) => {
    let code;
    _extensions[".ts"]({ _compile: (text) => { code = text; } }, file);
    return code;
  });
  process.stdout.write(JSON.stringify(codes));
`;

const withoutSourceMap = (code: string): string =>
  code.replace(/\/\/# sourceMappingURL=.*\s*$/, "").trimEnd();

/** Prints what a file compiles to, and whether the compiler was loaded for it. */
const PRINT_COMPILED = `
  const { _extensions } = require("node:module");
  let code;
  _extensions[".ts"]({ _compile: (text) => { code = text; } }, process.argv[1]);
  const compiled = Object.keys(require.cache).some((file) => /[\\\\/]@swc[\\\\/]core[\\\\/]index\\.js$/.test(file));
  process.stdout.write(JSON.stringify({ code, compiled }));
`;

describe("compiled code that is kept", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), "slipway-loader-"));
    mkdirSync(path.join(directory, "preview"));
    copyFileSync(path.join(projectDirectory, "preview/loader.js"), path.join(directory, "preview/loader.js"));
    mkdirSync(path.join(directory, "node_modules"));
    for (const scope of ["@swc", "source-map-support", "source-map", "buffer-from"]) {
      symlinkSync(
        path.join(projectDirectory, "node_modules", scope),
        path.join(directory, "node_modules", scope),
      );
    }
    write("export const answer: number = 1;\n");
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const write = (source: string): void => {
    writeFileSync(path.join(directory, "answer.ts"), source);
  };
  const compile = (): { readonly code: string; readonly compiled: boolean } =>
    JSON.parse(
      execFileSync(
        process.execPath,
        [
          "-r",
          path.join(directory, "preview/loader.js"),
          "-e",
          PRINT_COMPILED,
          "--",
          path.join(directory, "answer.ts"),
        ],
        { encoding: "utf8", env: { ...process.env, NODE_V8_COVERAGE: "" } },
      ),
    ) as { readonly code: string; readonly compiled: boolean };
  const kept = (): string[] => {
    const folder = path.join(directory, "node_modules/.cache/slipway/compiled");
    return readdirSync(folder).map((file) => path.join(folder, file));
  };

  it("is taken by the next process, which loads no compiler", () => {
    const first = compile();
    assert.equal(first.compiled, true);
    assert.deepEqual(compile(), { code: first.code, compiled: false });
  });

  it("is not taken for another source", () => {
    const before = compile();
    write("export const answer: number = 2;\n");
    const after = compile();
    assert.equal(after.compiled, true);
    assert.notEqual(after.code, before.code);
  });

  it("is made anew when it is damaged", () => {
    const { code } = compile();
    const [file = ""] = kept();
    writeFileSync(file, readFileSync(file, "utf8").replace("answer", "damage"));
    assert.deepEqual(compile(), { code, compiled: true });
    assert.deepEqual(compile(), { code, compiled: false });
  });

  it("is not needed: where nothing can be kept, the compiler runs each time", () => {
    writeFileSync(path.join(directory, "node_modules/.cache"), "");
    const first = compile();
    assert.deepEqual(compile(), first);
    assert.equal(first.compiled, true);
  });
});

describe("the loader of a preview's processes", () => {
  it("makes the same code of a file as ts-node in the tests' process, or their coverage could not be added up", () => {
    const files = ["names.ts", "policy-pack/marks.ts", "cli/check-policy.ts", "components/pipeline.ts"].map(
      (file) => path.join(projectDirectory, file),
    );
    const loader = path.join(projectDirectory, "preview/loader.js");
    const codes = JSON.parse(
      execFileSync(process.execPath, ["-r", loader, "-e", PRINT_CODE, "--", ...files], { encoding: "utf8" }),
    ) as string[];
    const ofTests = files.map((file) =>
      process[REGISTER_INSTANCE]?.compile(readFileSync(file, "utf8"), file),
    );
    assert.deepEqual(
      codes.map(withoutSourceMap),
      ofTests.map((code) => withoutSourceMap(code ?? "")),
    );
  });
});
