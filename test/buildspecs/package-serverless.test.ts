import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { renderBuildspec, toolPins } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build, type Job } from "../support/buildspec-runner";
import { pushed, startVariables } from "../support/track-start";
import { downloads, lines, recognised, report, type Answers } from "../support/fake-tools";
import { skipWithout } from "../support/requirements";

const osls = toolPins().npm.osls;
assert.ok(osls !== undefined);

const environment = {
  SLIPWAY_DIRECTORY: ".",
  SLIPWAY_ENVIRONMENTS: "dev prod",
};

const publishEnvironment = {
  SLIPWAY_APPLICATION: "shop",
  SLIPWAY_ENVIRONMENTS: "dev prod",
  SLIPWAY_ARTIFACT_BUCKET: "artifacts",
  SLIPWAY_KMS_KEY_ALIAS: "alias/slipway-artifacts",
  SLIPWAY_COMMIT_ID: "0123abcd",
};

const sha512 = `sha512-${"A".repeat(86)}==`;
/** A lock file with one package of the registry, and this entry beside it. */
const lock = (name = "node_modules/fine", entry: object = { version: "1.0.0", integrity: sha512 }) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: { "": {}, "node_modules/ws": { version: "8.0.0", integrity: sha512 }, [name]: entry },
  });
/** What npm resolves the framework to, and its hash as install-serverless.sh takes it. */
const frameworkLock = {
  packages: { "": {}, "node_modules/osls": { version: osls.version, integrity: sha512 } },
};
const pins = {
  ...downloads().pins,
  npm: { osls: { ...osls, packages: sha256(`osls ${osls.version} ${sha512}\n`) } },
};

const trust = {
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const role = {
  Type: "AWS::IAM::Role",
  Properties: {
    PermissionsBoundary: "arn",
    Tags: [{ Key: "Application", Value: "shop" }],
    AssumeRolePolicyDocument: trust,
  },
};
const lambda = (key: string) => ({
  Type: "AWS::Lambda::Function",
  Properties: { Code: { S3Bucket: "b", S3Key: key } },
});
const resources = {
  ServerlessDeploymentBucket: { Type: "AWS::S3::Bucket" },
  ServerlessDeploymentBucketPolicy: { Type: "AWS::S3::BucketPolicy" },
  Role: role,
  Function: lambda("serverless/shop/dev/1/shop.zip"),
};

interface World {
  readonly gitleaks?: string;
  readonly trivy?: string;
  /** What Trivy says about the archive. */
  readonly shipped?: string;
  readonly lock?: string;
  /** bash before npm installs; what npm resolves the framework to. */
  readonly npm?: string;
  readonly framework?: object;
  readonly resources?: object;
  /** bash that leaves archives in $folder, for $stage. */
  readonly archives?: string;
  readonly put?: string;
}

const template = (all: object) =>
  JSON.stringify({
    Resources: all,
    Outputs: { ServerlessDeploymentBucketName: {}, HttpApiUrl: { Value: "u" } },
  });

/** An npm that installs an osls which packages as the real one does: `osls package --stage STAGE --package FOLDER`. */
const npm = (world: World): Answers => ({
  "--userconfig": `
case "$*" in
  *" config get registry") echo https://registry.example.com/ ;;
  *" install "*) echo '${JSON.stringify(world.framework ?? frameworkLock)}' >package-lock.json ;;
  *" ci "*)
    ${world.npm ?? ":"}
    ls -A >>"$STATE/installed"
    if [[ $PWD == */framework ]]; then
      mkdir -p node_modules/.bin
      cat >node_modules/.bin/osls <<'OSLS'
#!/bin/bash
set -e
stage=$3 folder=$5
${world.archives ?? archive()}
echo '${template(world.resources ?? resources)}' >"$folder/cloudformation-template-update-stack.json"
OSLS
      chmod +x node_modules/.bin/osls
    fi ;;
esac`,
});
/** bash that leaves an archive with this file, the same bytes every time. */
function archive(content = "the code", name = "index.js"): string {
  return `cd "$folder"; echo "${content}" >${name}; touch -d 2020-01-01 ${name}; zip -qX shop.zip ${name}; rm ${name}`;
}

const put = `for ((i = 1; i < $#; i++)); do case "\${!i}" in
  --key) next=$((i + 1)); key=\${!next} ;; --body) next=$((i + 1)); body=\${!next} ;;
esac; done
mkdir -p "$STATE/bucket/$(dirname "$key")"; cp "$body" "$STATE/bucket/$key"
echo "{\\"VersionId\\": \\"version of \${key##*.}\\"}"`;

/** The package job and, where it succeeds, the publish job on what it made: what both of them did. */
function build(world: World, job: Partial<Job> = {}, application = "shop"): Build {
  const packaged = runPackage(world, job);
  if (packaged.status === "FAILED") return packaged;
  const published = publish(packaged.artifacts ?? assert.fail("no bundle"), world, {
    ...publishEnvironment,
    SLIPWAY_APPLICATION: application,
    SLIPWAY_ENVIRONMENTS: job.environment?.["SLIPWAY_ENVIRONMENTS"] ?? environment.SLIPWAY_ENVIRONMENTS,
  });
  return {
    ...published,
    log: packaged.log + published.log,
    calls: [...packaged.calls, ...published.calls],
    left: (path) => published.left(path) ?? packaged.left(path),
  };
}

function publish(source: Job["source"], world: World = {}, variables = publishEnvironment): Build {
  return runBuild({
    buildspec: renderBuildspec("publish-serverless.yaml", {}, pins),
    installed: true,
    source,
    environment: {
      ...startVariables,
      ...variables,
      SLIPWAY_FILES: variables.SLIPWAY_ENVIRONMENTS.split(" ")
        .flatMap((name) =>
          ["code.zip", "template.json", "names.json"].map((file) => `bundle/${name}/${file}`),
        )
        .join(" "),
    },
    tools: {
      gitleaks: { dir: world.gitleaks ?? report("[]") },
      trivy: { rootfs: world.shipped ?? recognised },
    },
    fakes: { aws: { ...pushed, "s3api put-object": world.put ?? put } },
  });
}

function runPackage(world: World, job: Partial<Job> = {}): Build {
  return runBuild({
    buildspec: renderBuildspec("package-serverless.yaml", {}, pins),
    installed: true,
    source: { "package.json": "{}", "package-lock.json": world.lock ?? lock() },
    environment,
    tools: {
      gitleaks: { dir: world.gitleaks ?? report("[]") },
      trivy: { fs: world.trivy ?? recognised },
    },
    fakes: { npm: npm(world) },
    ...job,
  });
}

const messages = (run: Build) => run.log.split("\n").filter((line) => /^(slipway:| {2})/.test(line));

function assertRefused(run: Build, ...expected: readonly string[]): void {
  assert.equal(run.status, "FAILED", run.log);
  assert.deepEqual(messages(run), expected);
  assert.deepEqual(lines(run.calls, "aws"), [], "something was uploaded after a gate had failed");
}

interface Package {
  readonly templateKey: string;
  readonly templateSha256: string;
  readonly codeKey: string;
  readonly codeSha256: string;
}

function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

const packageOf = (run: Build, name: string) =>
  JSON.parse(run.artifact(`package/${name}/package.json`) ?? "") as Package;

describe("The package and the publish job", function () {
  before(function () {
    skipWithout(this, "bash", "jq", "tar", "zip", "unzip");
  });
  after(cleanUp);

  it("uploads code and template for every environment under its own prefix, encrypted with the platform's key", () => {
    const run = build({}, { installed: false });
    assert.equal(run.status, "SUCCEEDED", run.log);
    const { codeSha256: code } = packageOf(run, "dev");
    assert.match(code, /^[0-9a-f]{64}$/);
    for (const name of ["dev", "prod"]) {
      const made = packageOf(run, name);
      const { templateSha256 } = made;
      assert.deepEqual(made, {
        application: "shop",
        environment: name,
        commit: "0123abcd",
        templateKey: `packages/${name}/shop/${templateSha256}.json`,
        templateSha256,
        templateVersion: "version of json",
        codeKey: `packages/${name}/shop/${code}.zip`,
        codeSha256: code,
      });
    }
    const uploads = run.calls.filter(({ tool }) => tool === "aws").map(({ args }) => args);
    assert.equal(uploads.length, 4);
    for (const args of uploads) {
      const rest = args.join(" ").replace(/--body \S+/, "--body B");
      assert.match(
        rest,
        /^s3api put-object --bucket artifacts --key packages\/(dev|prod)\/shop\/[0-9a-f]{64}\.(zip|json) --body B --server-side-encryption aws:kms --ssekms-key-id alias\/slipway-artifacts --checksum-algorithm SHA256 --output json$/,
      );
    }
  });

  it("makes the template take the code, by version, from the platform's bucket, and makes no bucket of its own", () => {
    const run = build({});
    const { templateKey, templateSha256, codeKey } = packageOf(run, "dev");
    const text = run.left(`bucket/${templateKey}`) ?? "";
    assert.equal(sha256(text), templateSha256);
    assert.deepEqual(JSON.parse(text), {
      Resources: {
        Role: role,
        Function: {
          Type: "AWS::Lambda::Function",
          Properties: { Code: { S3Bucket: "artifacts", S3Key: codeKey, S3ObjectVersion: "version of zip" } },
        },
      },
      Outputs: { HttpApiUrl: { Value: "u" } },
    });
  });

  it("installs without scripts and without any configuration, the framework apart from the application", () => {
    const run = build(
      {},
      { source: { "package.json": "{}", "package-lock.json": lock(), ".npmrc": "git=evil" } },
    );
    assert.equal(run.status, "SUCCEEDED", run.log);
    const calls = lines(run.calls, "npm").map((line) => line.replace(/(--\w+config \S+ )+/, ""));
    assert.deepEqual(calls, [
      `--no-audit --no-fund install --package-lock-only --ignore-scripts --save-exact --before ${osls.before} osls@${osls.version}`,
      "--no-audit --no-fund ci --ignore-scripts",
      "--no-audit --no-fund config get registry",
      "--no-audit --no-fund ci --ignore-scripts",
    ]);
    const files = ["package-lock.json", "package.json"];
    assert.deepEqual(run.left("installed")?.trim().split("\n"), [...files, ...files]);
  });

  describe("uploads nothing", () => {
    it("when there is a secret in the source", () => {
      assertRefused(
        build({
          gitleaks: `${report('[{"File": "/w/scan/source/a.js", "StartLine": 1, "RuleID": "key"}]')}; exit 1`,
        }),
        "slipway: there are secrets in the source. Revoke them, then take them out; the history keeps what was pushed.",
        "  a.js:1  key",
      );
    });

    it("when a dependency has a serious vulnerability for which there is a fix", () => {
      const finding = {
        Severity: "HIGH",
        VulnerabilityID: "CVE-1",
        PkgName: "ws",
        InstalledVersion: "1.0.0",
        FixedVersion: "1.0.1",
      };
      assertRefused(
        build({
          trivy: report(
            JSON.stringify({
              ArtifactType: "filesystem",
              Results: [{ Packages: [{ ID: "ws" }], Vulnerabilities: [finding] }],
            }),
          ),
        }),
        "slipway: dependencies have vulnerabilities for which there is a fix. Update what is named here:",
        "  HIGH CVE-1 ws 1.0.0, fixed in 1.0.1",
      );
    });

    it("when the dependency scan crashes or leaves no report", () => {
      assertRefused(build({ trivy: "exit 1" }));
      assertRefused(build({ trivy: report("{}") }), "slipway: Trivy left no report on the dependencies.");
    });

    it("when the framework, or what it needs, is not what the platform pins, which is then not installed", () => {
      const other = {
        packages: { ...frameworkLock.packages, "node_modules/evil": { version: "1", integrity: sha512 } },
      };
      const run = build({ framework: other });
      assertRefused(
        run,
        `slipway: osls ${osls.version} and what it needs are not the packages that buildspecs/tools.json pins. Nothing of it was run.`,
      );
      assert.equal(lines(run.calls, "npm").length, 1);
    });

    it("when Trivy recognises nothing in the tree", () => {
      assertRefused(
        build({ trivy: report('{"ArtifactType": "filesystem"}') }),
        "slipway: Trivy recognised no package in ., so it cannot say that it is safe. Keep the lock file beside serverless.yml.",
      );
    });

    it("when a package in the archive has a serious vulnerability", () => {
      const vulnerable =
        '[{"Severity": "HIGH", "VulnerabilityID": "CVE-2", "PkgName": "ws", "InstalledVersion": "1", "FixedVersion": "2"}]';
      assertRefused(
        build({
          shipped: report(`{"ArtifactType": "filesystem", "Results": [{"Vulnerabilities": ${vulnerable}}]}`),
        }),
        "slipway: dependencies have vulnerabilities for which there is a fix. Update what is named here:",
        "  HIGH CVE-2 ws 1, fixed in 2",
      );
    });

    it("when the installation or the packaging fails", () => {
      assertRefused(build({ npm: "exit 1" }));
      assertRefused(build({ archives: "exit 1" }));
    });

    it("when the code differs between environments", () => {
      assertRefused(
        build({ archives: archive("$stage") }),
        "slipway: the code for prod differs from that for dev. What is tested must be what is released:",
        "slipway: put what differs into environment variables.",
      );
    });

    for (const [what, archives, held] of [
      ["two archives", 'touch "$folder/a.zip" "$folder/b.zip"', "a.zip b.zip"],
      ["none", ":", "*.zip"],
    ] as const) {
      it(`when a package holds ${what}`, () => {
        assertRefused(
          build({ archives }),
          `slipway: the package for dev must hold one archive of code, it holds: ${held}`,
          "slipway: leave package.individually off; layers and custom resources are not supported.",
        );
      });
    }

    for (const [what, change, expected] of [
      [
        "a role lacks the boundary",
        { Role: { ...role, Properties: { ...role.Properties, PermissionsBoundary: undefined } } },
        "Role has no permissions boundary, so the environment refuses it",
      ],
      [
        "a role lacks the tag",
        { Role: { ...role, Properties: { ...role.Properties, Tags: [] } } },
        "Role lacks the tag Application=shop, so the environment refuses it",
      ],
      [
        "a role has another application's tag",
        {
          Role: {
            ...role,
            Properties: { ...role.Properties, Tags: [{ Key: "Application", Value: "bank" }] },
          },
        },
        "Role lacks the tag Application=shop, so the environment refuses it",
      ],
      [
        "a function takes its code from elsewhere",
        { Function: lambda("somewhere/else.zip") },
        "Function takes its code from elsewhere than shop.zip",
      ],
      [
        "there is a layer",
        { Layer: { Type: "AWS::Lambda::LayerVersion" } },
        "Layer is a layer, which is not supported",
      ],
    ] as const) {
      it(`when ${what}`, () => {
        assertRefused(
          build({ resources: { ...resources, ...change } }),
          `slipway: in the package for dev: ${expected}`,
        );
      });
    }
  });

  it("runs nothing of the application, nor npm, in the job that uploads", () => {
    const packaged = runPackage({});
    assert.deepEqual(lines(packaged.calls, "aws"), []);
    const published = publish(packaged.artifacts ?? assert.fail());
    assert.equal(published.status, "SUCCEEDED", published.log);
    assert.deepEqual([...new Set(published.calls.map(({ tool }) => tool))], ["gitleaks", "trivy", "aws"]);
  });

  it("names no package when the bucket keeps no versions", () => {
    const run = build({ put: "echo '{}'" });
    assert.equal(run.status, "FAILED");
    assert.equal(run.artifact("package/dev/package.json"), undefined);
  });

  describe("with the real framework and the example hello-world", () => {
    const example = join(__dirname, "../../examples/hello-world");
    const modules = join(example, "node_modules");
    const copy = mkdtempSync(join(tmpdir(), "slipway-hello-"));
    let run: Build;

    before(function () {
      if (!existsSync(join(modules, ".bin/osls"))) {
        console.log("      skipped: run npm ci in examples/hello-world first");
        this.skip();
      }
      cpSync(example, copy, { recursive: true, filter: (path) => !path.startsWith(modules) });
      const install = `case "$*" in
        *" config get registry") echo https://registry.example.com/ ;;
        *" install "*) echo '${JSON.stringify(frameworkLock)}' >package-lock.json ;;
        *) ln -s '${modules}' node_modules ;;
      esac`;
      run = build(
        {},
        {
          source: copy,
          environment: { ...environment, SLIPWAY_ENVIRONMENTS: "dev test" },
          fakes: { npm: { "--userconfig": install } },
        },
        "hello-world",
      );
    });
    after(() => {
      rmSync(copy, { recursive: true });
    });

    it("makes the same code for both environments", () => {
      assert.equal(run.status, "SUCCEEDED", run.log);
      const codes = ["dev", "test"].map((name) => packageOf(run, name).codeSha256);
      assert.equal(new Set(codes).size, 1);
    });

    it("names everything after application and environment", () => {
      const { templateKey } = packageOf(run, "test");
      const file = run.left(`bucket/${templateKey}`) ?? "";
      const { Resources } = JSON.parse(file) as {
        Resources: Record<string, { Properties: Record<string, unknown> }>;
      };
      const property = (name: string, key: string) => Resources[name]?.Properties[key];
      assert.equal(property("HelloLambdaFunction", "FunctionName"), "hello-world-test-hello");
      assert.equal(property("HelloRole", "RoleName"), "hello-world-test-hello");
      assert.equal(property("HelloLogGroup", "RetentionInDays"), 30);
      assert.deepEqual(property("HttpApi", "Tags"), { Application: "hello-world" });
      assert.ok(!("ServerlessDeploymentBucket" in Resources));
    });
  });
});
