import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import path from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { MESSAGES, readLines } from "../../preview/lines";

const PREVIEW = path.join(__dirname, "..", "..", "preview");

describe("lines between the processes of a preview", () => {
  it("are read whole, however they are cut on the way", () => {
    const stream = new PassThrough();
    const lines: string[] = [];
    readLines(stream, (line) => lines.push(line));
    for (const chunk of ["on", "e\ntwo\nth", "r", "ee\n\nunfin"]) stream.emit("data", chunk);
    assert.deepEqual(lines, ["one", "two", "three", ""]);
  });

  it("arrive whole from a process that ends at once after writing more than a pipe holds", async () => {
    const script = `
      const { writeLine } = require(${JSON.stringify(path.join(PREVIEW, "lines.ts"))});
      for (let index = 0; index < 40; index += 1) writeLine({ index, text: "é".repeat(100_000) });
      process.exit(0);
    `;
    const child = spawn(process.execPath, ["-r", path.join(PREVIEW, "loader.js"), "-e", script], {
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    const received: unknown[] = [];
    readLines(child.stdio[MESSAGES] as Readable, (line) => received.push(JSON.parse(line)));
    await new Promise((resolve) => child.once("close", resolve));
    assert.deepEqual(
      received,
      Array.from({ length: 40 }, (_, index) => ({ index, text: "é".repeat(100_000) })),
    );
  });
});
