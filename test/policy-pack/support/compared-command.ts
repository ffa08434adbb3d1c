import assert from "node:assert/strict";
import { CheckedFolder } from "../../support/checked-folder";
import { document, grant } from "./documents";

/** Rows of the comparison that are about the command: how a checker behaves in a pipeline. */
export const COMPARED_COMMAND: Readonly<Record<string, () => void>> = {
  "SARIF that tells of a file which could not be read": () => {
    inFolder({ "broad.json": grant("iam:PassRole", "*") }, (at) => {
      const { status, stdout } = at.run(["--sarif", "broad.json", "nowhere.json"]);
      assert.equal(status, 2);
      assert.match(stdout, /"invocations": \[\{"executionSuccessful":false,/);
      assert.match(stdout, /"uri":"nowhere\.json"/);
    });
  },
  "a former state lets pass what it granted, and nothing more": () => {
    const files = { "before.json": grant("iam:PassRole", "*"), "after.json": grant("s3:DeleteBucket", "*") };
    inFolder(files, (at) => {
      assert.equal(at.run(["--baseline", "before.json", "before.json"]).status, 0);
      assert.equal(at.run(["--baseline", "before.json", "after.json"]).status, 1);
    });
  },
  "one document of 10 MB and 10,000 statements": () => {
    const [last, ...others] = Array.from({ length: 10_000 }, (_, index) => ({
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: index === 0 ? "*" : `arn:aws:s3:::bucket-${String(index)}/${"x".repeat(900)}`,
    }));
    inFolder({ "large.json": document(...others, last ?? {}) }, (at) => {
      const { status, stdout } = at.run(["large.json"]);
      assert.equal(status, 1);
      assert.match(stdout, /"\*" reaches every resource for s3:GetObject/);
    });
  },
};

function inFolder(files: Readonly<Record<string, unknown>>, act: (at: CheckedFolder) => void): void {
  const at = new CheckedFolder();
  try {
    at.write(files);
    act(at);
  } finally {
    at.remove();
  }
}
