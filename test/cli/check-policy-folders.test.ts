import assert from "node:assert/strict";
import path from "node:path";
import { grant } from "../policy-pack/support/documents";
import { CheckedFolder } from "../support/checked-folder";

const TEMPLATE = `Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: dynamodb:GetItem
            Resource: "*"
`;

const BROAD = grant(["s3:GetObject", "iam:PassRole"], "*");
const LISTS = grant("s3:ListBucket", "arn:aws:s3:::*");

describe("slipway check-policy on folders and repositories", function () {
  this.timeout(120_000);
  let at: CheckedFolder;

  before(() => {
    at = new CheckedFolder();
    at.write({
      "broad.json": BROAD,
      "lists.json": LISTS,
      "tree/other.json": { name: "other" },
      "tree/sub/lists.json": LISTS,
      "tree/stack.yaml": TEMPLATE,
      "before/sub/lists.json": LISTS,
      "before/stack.yaml": TEMPLATE.replace("GetItem", "PutItem"),
    });
  });

  after(() => {
    at.remove();
  });

  it("walks a folder, and says how many of its files hold no policy", () => {
    const { documents, checked, notChecked } = at.report(["tree"]);
    assert.deepEqual(
      documents.map(({ file, name, findings }) => [file, name, findings.map(({ line }) => line)]),
      [
        [path.join("tree", "stack.yaml"), "Reader PolicyDocument", [10]],
        [path.join("tree", "sub", "lists.json"), null, [8]],
      ],
    );
    const other = path.join("tree", "other.json");
    assert.deepEqual([checked, notChecked], [2, [{ file: other, why: `${other} holds no policy document` }]]);
    assert.match(at.run(["tree"]).stdout, /\nPassed over: 1 file without a policy document\.\n$/);
  });

  it("--baseline lets pass what a former state already granted, and nothing more", () => {
    assert.equal(at.run(["--baseline", "broad.json", "broad.json"]).status, 0);
    assert.equal(at.run(["--baseline", "lists.json", "broad.json"]).status, 1);
    assert.equal(at.run(["--baseline", "tree", "tree"]).status, 0);
    assert.equal(at.run(["--baseline", "before", "tree"]).status, 1);
    const [finding] = at.report(["--baseline", "tree", "tree"]).documents[0]?.findings ?? [];
    assert.equal(finding?.severity, "note");
    assert.match(finding.message, /: "\*" baseline: reaches every resource for dynamodb:GetItem\. /);
    assert.deepEqual(at.run(["--baseline", "nowhere.json", "broad.json"]), {
      status: 2,
      stdout: "",
      stderr: "the baseline cannot be used: nowhere.json does not exist\n",
    });
  });

  it("--sarif names files from the repository's root, and says when one could not be opened", () => {
    at.write({ "repository/.git/HEAD": "ref: refs/heads/main", "repository/infra/broad.json": BROAD });
    const args = ["--sarif", "broad.json", "nowhere.json"];
    const { stdout, stderr, status } = at.run(args, "", "repository/infra");
    assert.deepEqual([status, stderr], [2, "nowhere.json does not exist\n"]);
    const uris = [...stdout.matchAll(/"uri":"([^"]*)","uriBaseId":"%SRCROOT%"/g)].map(([, uri]) => uri);
    assert.deepEqual(uris, ["infra/broad.json", "infra/broad.json", "infra/nowhere.json"]);
    assert.match(stdout, /"invocations": \[\{"executionSuccessful":false,"exitCode":2,/);
  });
});
