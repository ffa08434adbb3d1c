import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readFolder } from "../../definitions/folder";
import { inFolder } from "../support/settings";

describe("a file whose name only begins like README", () => {
  it("is an application's", () => {
    const files = {
      "applications/readme-web.yaml": "",
      "applications/README.md": "",
      "applications/a.yaml": "",
    };
    assert.deepEqual(
      inFolder(files, () => readFolder("applications")),
      { files: ["a.yaml", "readme-web.yaml"], problems: [] },
    );
  });
});
