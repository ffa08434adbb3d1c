import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ACCOUNT, access, grant, trust } from "../policy-pack/support/documents";

const BIN = path.join(__dirname, "../../cli/bin.js");

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Report {
  readonly version: number;
  readonly documents: readonly {
    readonly file: string;
    readonly name: string | null;
    readonly findings: readonly (Readonly<
      Record<"rule" | "severity" | "path" | "message" | "remedy", string>
    > & { readonly line: number })[];
    readonly error: string | null;
  }[];
  readonly checked: number;
  readonly notChecked: readonly Readonly<Record<"file" | "why", string>>[];
}

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

describe("slipway check-policy", function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "slipway-check-"));
    const files: Readonly<Record<string, unknown>> = {
      "narrow.json": grant("s3:GetObject", "arn:aws:s3:::reports/*"),
      "broad.json": grant(["s3:GetObject", "iam:PassRole"], "*"),
      "lists.json": grant("s3:ListBucket", "arn:aws:s3:::*"),
      "trust.json": trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` }),
      "key.json": access({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, "kms:*"),
      "metrics.json": grant("cloudwatch:PutMetricData", "*"),
    };
    for (const [name, value] of Object.entries(files))
      writeFileSync(path.join(folder, name), JSON.stringify(value, null, 2));
    writeFileSync(path.join(folder, "broken.json"), "{");
    mkdirSync(path.join(folder, "tree/sub"), { recursive: true });
    mkdirSync(path.join(folder, "before/sub"), { recursive: true });
    writeFileSync(path.join(folder, "tree/other.json"), '{ "name": "other" }');
    for (const at of ["tree", "before"])
      copyFileSync(path.join(folder, "lists.json"), path.join(folder, at, "sub/lists.json"));
    writeFileSync(path.join(folder, "tree/stack.yaml"), TEMPLATE);
    writeFileSync(path.join(folder, "before/stack.yaml"), TEMPLATE.replace("GetItem", "PutItem"));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  function run(args: readonly string[], input = ""): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "check-policy", ...args], {
      cwd: folder,
      input,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { status, stdout, stderr };
  }

  function report(args: readonly string[], input = ""): Report {
    return JSON.parse(run(["--json", ...args], input).stdout) as Report;
  }

  it("says nothing against a narrow document and ends with 0", () => {
    assert.deepEqual(run(["narrow.json"]), {
      status: 0,
      stdout: "1 document: 0 errors, 0 warnings, 0 notes\n",
      stderr: "",
    });
  });

  it("ends with 0 for warnings and with 1 for errors, which it says with their remedy", () => {
    assert.equal(run(["lists.json"]).status, 0);
    const { status, stdout } = run(["broad.json", "narrow.json"]);
    assert.equal(status, 1);
    const page = (rule: string): string => {
      const [, file = ""] = new RegExp(`^${rule}: .* - see (.*)$`, "m").exec(stdout) ?? [];
      assert.match(readFileSync(path.resolve(folder, file), "utf8"), new RegExp(`^# ${rule}\n`));
      return file;
    };
    assert.equal(
      stdout,
      `broad.json, statement "Example"
  broad.json:11: error: Resource "*" reaches every resource for s3:GetObject, iam:PassRole. (no-wildcard-grants)
    Name the resources, as arn:aws:s3:::<BucketName>/<ObjectName>, or narrow by a condition such as aws:ResourceTag that the action carries.
  broad.json:11: error: Resource "*" iam:PassRole lets its holder hand every role of the account to any service and act with its permissions. (no-privilege-escalation)
    Name the roles, and the service by StringEquals iam:PassedToService.

no-privilege-escalation: 1 error - see ${page("no-privilege-escalation")}
no-wildcard-grants: 1 error - see ${page("no-wildcard-grants")}

2 documents: 2 errors, 0 warnings, 0 notes
`,
    );
  });

  it("--strict makes warnings fail", () => {
    assert.equal(run(["--strict", "lists.json"]).status, 1);
    assert.equal(run(["--strict", "narrow.json"]).status, 0);
  });

  it("--json keeps to its contract", () => {
    const { version, documents } = report(["narrow.json", "trust.json"]);
    assert.equal(version, 1);
    assert.deepEqual(documents[0], {
      file: "narrow.json",
      name: null,
      line: 1,
      findings: [],
      unknowns: [],
      error: null,
    });
    const [finding] = documents[1]?.findings ?? [];
    assert.deepEqual(finding, {
      rule: "no-open-trust",
      severity: "error",
      path: "Statement[0].Principal.AWS",
      line: 8,
      message: `statement "Example", Statement[0].Principal.AWS: "arn:aws:iam::${ACCOUNT}:root" lets every principal of the account assume the role that may call sts:AssumeRole. Add ArnLike aws:PrincipalArn with the roles that are meant, or name the role. (docs/rules/no-open-trust.md)`,
      remedy: "Add ArnLike aws:PrincipalArn with the roles that are meant, or name the role.",
    });
  });

  it("makes a document that cannot be read a finding of severity error", () => {
    const { documents, checked, notChecked } = report(["broken.json"]);
    assert.deepEqual(
      documents[0]?.findings.map(({ severity, message }) => `${severity} ${message}`),
      [
        "error document: is not JSON at line 1, column 2: a closing brace is missing, so what it grants cannot be told. Correct it, or leave the file out. (docs/rules/readable-policies.md)",
      ],
    );
    assert.equal(documents[0].error, null);
    assert.equal(checked, 0);
    assert.deepEqual(notChecked, [
      { file: "broken.json", why: "broken.json cannot be read as a policy document" },
    ]);
    const { status, stdout } = run(["broken.json"]);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /\n0 documents: 1 error, 0 warnings, 0 notes\nNot checked: broken\.json cannot be read as a policy document\.\n$/,
    );
  });

  it("says which file could not be opened and ends with 2, having checked the others", () => {
    const { status, stdout, stderr } = run(["nowhere.json", "broad.json"]);
    assert.equal(status, 2);
    assert.equal(stderr, "nowhere.json does not exist\n");
    assert.match(stdout, /^broad\.json, statement "Example"$/m);
    assert.match(stdout, /\n1 document: 2 errors, .*\nNot checked: 1 file that could not be opened\.\n$/);
    const { documents, checked, notChecked } = report(["nowhere.json"]);
    assert.equal(documents[0]?.error, "nowhere.json does not exist");
    assert.deepEqual(
      [checked, notChecked],
      [0, [{ file: "nowhere.json", why: "nowhere.json does not exist" }]],
    );
  });

  it("walks a folder, and says how many of its files hold no policy", () => {
    const { documents, checked, notChecked } = report(["tree"]);
    assert.deepEqual(
      documents.map(({ file, name, findings }) => [file, name, findings.map(({ line }) => line)]),
      [
        [path.join("tree", "stack.yaml"), "Reader PolicyDocument", [10]],
        [path.join("tree", "sub", "lists.json"), null, [8]],
      ],
    );
    const other = path.join("tree", "other.json");
    assert.deepEqual([checked, notChecked], [2, [{ file: other, why: `${other} holds no policy document` }]]);
    assert.match(run(["tree"]).stdout, /\nPassed over: 1 file without a policy document\.\n$/);
  });

  it("--baseline lets pass what a former state already granted, and nothing more", () => {
    assert.equal(run(["--baseline", "broad.json", "broad.json"]).status, 0);
    assert.equal(run(["--baseline", "lists.json", "broad.json"]).status, 1);
    assert.equal(run(["--baseline", "tree", "tree"]).status, 0);
    assert.equal(run(["--baseline", "before", "tree"]).status, 1);
    const [finding] = report(["--baseline", "tree", "tree"]).documents[0]?.findings ?? [];
    assert.equal(finding?.severity, "note");
    assert.match(finding.message, /: "\*" baseline: reaches every resource for dynamodb:GetItem\. /);
    assert.deepEqual(run(["--baseline", "nowhere.json", "broad.json"]), {
      status: 2,
      stdout: "",
      stderr: "the baseline cannot be used: nowhere.json does not exist\n",
    });
  });

  it("reads standard input", () => {
    const { documents } = report(["-"], JSON.stringify(trust("*")));
    assert.deepEqual(
      documents.map(({ file, findings }) => [file, findings.length]),
      [["-", 1]],
    );
  });

  it("tells the kind from the document, and takes it from --kind and --service", () => {
    assert.equal(run(["key.json"]).status, 0);
    assert.equal(run(["--kind", "resource", "--service", "s3", "key.json"]).status, 1);
    assert.equal(run(["--service", "KMS", "key.json"]).status, 0);
    assert.equal(run(["--kind", "scp", "broad.json"]).status, 0);
    assert.equal(run(["--kind", "identity", "trust.json"]).status, 1);
  });

  it("refuses an unknown kind or a wrong account with 2 and the words allowed", () => {
    const kind = run(["--kind", "group", "narrow.json"]);
    assert.equal(kind.status, 2);
    assert.match(kind.stderr, /Allowed choices are identity, trust, resource, boundary, scp\./);
    const service = run(["--service", "dynamodbb", "narrow.json"]);
    assert.equal(service.status, 2);
    assert.match(
      service.stderr,
      /Did you mean dynamodb\? Prefixes are those of actions, as s3 in s3:GetObject\./,
    );
    const account = run(["--account", "12", "narrow.json"]);
    assert.equal(account.status, 2);
    assert.match(account.stderr, /An account id has 12 digits\./);
  });

  it("--sarif is what code scanning takes", () => {
    const log = JSON.parse(run(["--sarif", "broad.json", "lists.json"]).stdout) as {
      readonly version: string;
      readonly runs: readonly {
        readonly tool: {
          readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] };
        };
        readonly results: readonly {
          readonly ruleId: string;
          readonly ruleIndex: number;
          readonly level: string;
          readonly locations: readonly {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number };
            };
          }[];
        }[];
      }[];
    };
    assert.equal(log.version, "2.1.0");
    const [first] = log.runs;
    assert.deepEqual(
      first?.results.map(({ ruleId, level, locations }) => {
        const at = locations[0]?.physicalLocation;
        return `${level} ${ruleId} ${at?.artifactLocation.uri ?? ""}:${at?.region.startLine ?? 0}`;
      }),
      [
        "error no-wildcard-grants broad.json:11",
        "error no-privilege-escalation broad.json:11",
        "warning no-wildcard-grants lists.json:8",
      ],
    );
    for (const { ruleId, ruleIndex } of first.results)
      assert.equal(first.tool.driver.rules[ruleIndex]?.id, ruleId);
  });

  it("--sarif names files from the repository's root, and says when one could not be opened", () => {
    mkdirSync(path.join(folder, "repository/.git"), { recursive: true });
    mkdirSync(path.join(folder, "repository/infra"));
    copyFileSync(path.join(folder, "broad.json"), path.join(folder, "repository/infra/broad.json"));
    const args = [BIN, "check-policy", "--sarif", "broad.json", "nowhere.json"];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, {
      cwd: path.join(folder, "repository/infra"),
      encoding: "utf8",
    });
    assert.deepEqual([status, stderr], [2, "nowhere.json does not exist\n"]);
    const uris = [...stdout.matchAll(/"uri":"([^"]*)","uriBaseId":"%SRCROOT%"/g)].map(([, uri]) => uri);
    assert.deepEqual(uris, ["infra/broad.json", "infra/broad.json", "infra/nowhere.json"]);
    assert.match(stdout, /"invocations": \[\{"executionSuccessful":false,"exitCode":2,/);
  });

  it("--github prints annotations with file and line", () => {
    const [line = ""] = run(["--github", "broad.json"]).stdout.split("\n");
    assert.match(
      line,
      /^::error file=broad\.json,line=11,title=no-wildcard-grants::statement "Example", Statement\[0\]\.Resource: /,
    );
  });

  it("--propose-exemptions writes the entry to paste in", () => {
    const about = [
      "--stack",
      "prod",
      "--urn",
      "metrics",
      "--owner",
      "Operations",
      "--ticket",
      "OPS-12",
      "--expires",
      "2027-06-30",
    ];
    const reason = ["--reason", "The agent sets its namespace itself."];
    const { stdout, stderr } = run(["--propose-exemptions", ...about, ...reason, "metrics.json"]);
    assert.equal(stderr, "");
    const entry = JSON.parse(stdout.trim().replace(/,$/, "")) as Readonly<Record<string, unknown>>;
    assert.deepEqual(entry, {
      rule: "no-wildcard-grants",
      stack: "prod",
      urn: "metrics",
      actions: ["cloudwatch:PutMetricData"],
      resource: "*",
      statement: entry["statement"],
      reason: "The agent sets its namespace itself.",
      owner: "Operations",
      ticket: "OPS-12",
      expires: "2027-06-30",
    });
    assert.match(String(entry["statement"]), /^[0-9a-f]{16}$/);
    assert.match(
      run(["--propose-exemptions", "metrics.json"]).stderr,
      /exemption 1 expires on "YYYY-MM-DD", which is no date/,
    );
  });

  it("does not take two forms of output at once", () => {
    assert.equal(run(["--json", "--sarif", "narrow.json"]).status, 2);
  });
});
