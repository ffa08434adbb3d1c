import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
    readonly findings: readonly Readonly<
      Record<"rule" | "severity" | "path" | "message" | "remedy", string>
    >[];
    readonly error: string | null;
  }[];
}

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
    const lines = stdout.split("\n");
    assert.equal(lines[0], "broad.json");
    assert.equal(
      lines[1],
      '  error: statement "Example", Statement[0].Resource: "*" reaches every resource for s3:GetObject, iam:PassRole. Name the resources, as arn:aws:s3:<Region>:<Account>:accesspoint/<AccessPointName>/object/<ObjectName>, or narrow by a condition such as aws:ResourceTag that the action carries. (docs/rules/no-wildcard-grants.md)',
    );
    assert.equal(lines.at(-2), "2 documents: 2 errors, 0 warnings, 0 notes");
  });

  it("--json keeps to its contract", () => {
    const { version, documents } = report(["narrow.json", "trust.json"]);
    assert.equal(version, 1);
    assert.deepEqual(documents[0], { file: "narrow.json", findings: [], error: null });
    const [finding] = documents[1]?.findings ?? [];
    assert.deepEqual(finding, {
      rule: "no-open-trust",
      severity: "error",
      path: "Statement[0].Principal.AWS",
      message: `statement "Example", Statement[0].Principal.AWS: "arn:aws:iam::${ACCOUNT}:root" lets every principal of the account assume the role that may call sts:AssumeRole. Add ArnLike aws:PrincipalArn with the roles that are meant, or name the role. (docs/rules/no-open-trust.md)`,
      remedy: "Add ArnLike aws:PrincipalArn with the roles that are meant, or name the role.",
    });
  });

  it("makes a document that cannot be read a finding of severity error", () => {
    const { documents } = report(["broken.json"]);
    assert.deepEqual(
      documents[0]?.findings.map(({ rule, severity, path: at }) => `${severity} ${rule} ${at}`),
      ["error readable-policies document"],
    );
    assert.equal(documents[0].error, null);
    assert.equal(run(["broken.json"]).status, 1);
  });

  it("says which file could not be opened and ends with 2, having checked the others", () => {
    const { status, stdout, stderr } = run(["nowhere.json", "broad.json", "."]);
    assert.equal(status, 2);
    assert.equal(
      stderr,
      "nowhere.json does not exist\n. is a folder; name the files in it, as with FOLDER/*.json\n",
    );
    assert.match(stdout, /^broad\.json$/m);
    assert.equal(report(["nowhere.json"]).documents[0]?.error, "nowhere.json does not exist");
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
    assert.equal(run(["--kind", "scp", "broad.json"]).status, 0);
    assert.equal(run(["--kind", "identity", "trust.json"]).status, 1);
  });

  it("refuses an unknown kind or a wrong account with 2 and the words allowed", () => {
    const kind = run(["--kind", "group", "narrow.json"]);
    assert.equal(kind.status, 2);
    assert.match(kind.stderr, /Allowed choices are identity, trust, resource, boundary, scp\./);
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
