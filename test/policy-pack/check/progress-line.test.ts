import assert from "node:assert/strict";
import { ProgressLine } from "../../../policy-pack/check/progress-line";

/** What a check of so many files writes. */
function written(files: number, isTTY: boolean): string[] {
  const texts: string[] = [];
  const line = new ProgressLine({
    isTTY,
    write: (text: string | Uint8Array) => texts.push(String(text)) > 0,
  });
  for (let count = 0; count < files; count++) line.count();
  line.clear();
  return texts;
}

describe("the progress of a check", () => {
  it("is a line of its own over 200 files, and is taken away", () => {
    assert.deepEqual(written(260, true), [
      "\r\u001b[2K200 files checked",
      "\r\u001b[2K250 files checked",
      "\r\u001b[2K",
    ]);
  });

  it("is not told of a few files, nor without a terminal", () => {
    assert.deepEqual(written(199, true), []);
    assert.deepEqual(written(1_000, false), []);
  });
});
