import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { describe, it } from "mocha";
import { fileFault, readText } from "../../input/text-file";
import { inFolder } from "../support/settings";

/** An error of Node's file system. */
function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: open`), { code });
}

describe("a file or folder that cannot be read", () => {
  // Tests may run as root, whom no permission stops.
  for (const [code, reason] of [
    ["EACCES", "its permissions do not allow it"],
    ["EPERM", "its permissions do not allow it"],
    ["EISDIR", "it is a folder"],
    ["ELOOP", "it is a symbolic link that leads back to itself"],
    ["ENAMETOOLONG", "its path is too long"],
    ["ENOENT", "there is no such file, or it is a symbolic link that leads nowhere"],
    ["ENOTDIR", "a part of its path is a file, not a folder"],
    ["EIO", "the operating system says EIO"],
  ] as const) {
    it(`is worded: ${code}`, () => {
      assert.equal(fileFault(systemError(code)), reason);
    });
  }

  const problemOf = (path: string, prepare: () => void = () => undefined): unknown =>
    inFolder({}, () => {
      prepare();
      return readText(path, "shown.yaml", 10);
    });

  it("is a problem of the whole file, not an error", () => {
    assert.deepEqual(
      problemOf("a/b", () => {
        writeFileSync("a", "");
      }),
      {
        problems: [
          {
            message: "This file cannot be read: a part of its path is a file, not a folder.",
            file: "shown.yaml",
          },
        ],
      },
    );
    assert.deepEqual(
      problemOf("a", () => {
        mkdirSync("a");
      }),
      { problems: [{ message: "This is a folder; a YAML file is wanted.", file: "shown.yaml" }] },
    );
    assert.deepEqual(problemOf("x".repeat(300)), {
      problems: [{ message: "This file cannot be read: its path is too long.", file: "shown.yaml" }],
    });
  });

  it("loses its byte order mark, and may have so many bytes and no more", () => {
    const read = (content: string): unknown => inFolder({ a: content }, () => readText("a", "a", 1024));
    assert.deepEqual(read("\uFEFFabc"), { value: "abc" });
    assert.deepEqual(read("x".repeat(1024)), { value: "x".repeat(1024) });
    assert.deepEqual(read("x".repeat(1025)), {
      problems: [
        {
          message: "This file is 2 KiB long; nobody writes as much by hand.",
          file: "a",
          remedy: "Allowed: at most 1 KiB.",
        },
      ],
    });
  });
});
