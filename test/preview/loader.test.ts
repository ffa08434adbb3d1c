import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
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
