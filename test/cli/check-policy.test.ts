import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { ACCOUNT, access, grant, trust } from "../policy-pack/support/documents";
import { CheckedFolder, type CheckRun } from "../support/checked-folder";

describe("slipway check-policy", function () {
  this.timeout(120_000);
  let at: CheckedFolder;

  before(() => {
    at = new CheckedFolder();
    at.write({
      "narrow.json": grant("s3:GetObject", "arn:aws:s3:::reports/*"),
      "broad.json": grant(["s3:GetObject", "iam:PassRole"], "*"),
      "lists.json": grant("s3:ListBucket", "arn:aws:s3:::*"),
      "trust.json": trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` }),
      "key.json": access({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, "kms:*"),
      "metrics.json": grant("cloudwatch:PutMetricData", "*"),
      "broken.json": "{",
    });
  });

  after(() => {
    at.remove();
  });

  const run = (args: readonly string[], input?: string): CheckRun => at.run(args, input);
  const report = (args: readonly string[], input?: string): ReturnType<CheckedFolder["report"]> =>
    at.report(args, input);

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
      assert.match(readFileSync(path.resolve(at.folder, file), "utf8"), new RegExp(`^# ${rule}\n`));
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
