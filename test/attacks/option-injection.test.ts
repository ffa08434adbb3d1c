import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { doorVariables } from "../support/environment";
import { lines, type Answers } from "../support/fake-tools";
import { messages, partOf } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const own = "https://abc123def4.execute-api.eu-west-1.amazonaws.com";
const curl = "/usr/bin/curl";

/** Asks whether the application lives, for a stack whose template says this address. */
function verify(address: unknown, fakes: Readonly<Record<string, Answers>> = {}): Build {
  const output = { OutputKey: "HttpApiUrl", OutputValue: address };
  const resource = { ResourceType: "AWS::ApiGatewayV2::Api", PhysicalResourceId: "abc123def4" };
  const bucket = { ResourceType: "AWS::S3::Bucket", PhysicalResourceId: "evil" };
  const answer = (content: object) => `cat <<'JSON'\n${JSON.stringify(content)}\nJSON`;
  return runBuild({
    buildspec: partOf("deploy-serverless.yaml", ['mkdir -p "$SLIPWAY_WORK"', "verify-http.sh"]),
    // A configuration for curl, which would send the job's environment away.
    source: { evil: 'url = "file:///proc/self/environ"\noutput = "stolen"\n' },
    environment: {
      ...doorVariables("serverless"),
      SLIPWAY_STACK_NAME: "shop-dev",
      SLIPWAY_HEALTH_PATH: "/health",
      AWS_SECRET_ACCESS_KEY: "secret",
    },
    fakes: {
      aws: {
        "cloudformation describe-stacks": answer({ Stacks: [{ Outputs: [output] }] }),
        "cloudformation list-stack-resources": answer({ StackResourceSummaries: [bucket, resource] }),
      },
      // The real one, in the folder of the artifact.
      curl: { "": `exec ${curl} "$@"` },
      ...fakes,
    },
  });
}

describe("An address that the application's template writes", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
    if (!existsSync(curl)) this.skip();
  });
  after(cleanUp);

  for (const [what, address] of [
    ["is an option of curl with a file of the artifact", "-Kevil"],
    ["is a long option", "--config=evil"],
    ["is a file", "file:///proc/self/environ"],
    ["leads to a stranger who answers 200", "https://evil.example.com"],
    ["is another API of the region", own.replace("abc123def4", "zzz999zzz9")],
    ["has a stranger behind a user's name", `${own}@evil.example.com`],
    [
      "has the host as a user's name",
      `https://abc123def4.execute-api.eu-west-1.amazonaws.com:x@evil.example.com/`,
    ],
    ["has the host as the beginning of another", `${own}.evil.example.com`],
    ["has a port", `${own}:8443`],
    ["has no encryption", own.replace("https", "http")],
    ["has a query", `${own}/?x`],
    ["goes up", `${own}/../x`],
    ["has several segments", `${own}/a/b`],
    ["has a pattern that curl would expand", `${own}/{a,b}`],
    ["has a second line", `${own}\n-Kevil`],
    ["has a space", `${own} -Kevil`],
    ["is empty", ""],
  ] as const) {
    it(`is refused when it ${what}`, () => {
      const build = verify(address);
      assert.equal(build.status, "FAILED");
      assert.deepEqual(messages(build.log), [
        `slipway: the stack's output HttpApiUrl or ServiceEndpoint is ${JSON.stringify(address)}, which is no address of an API of shop-dev.`,
        `slipway: its APIs are: ${own}. Give the output the API's own address, as the framework does, with at most a stage behind it.`,
      ]);
      assert.deepEqual(lines(build.calls, "curl"), []);
    });
  }

  it("is asked without configuration, credentials, redirects or patterns", () => {
    const build = verify(`${own}/`, { curl: { "": 'env | cut -d= -f1 | sort >"$STATE/names"; printf 200' } });
    assert.equal(build.status, "SUCCEEDED", build.log);
    assert.deepEqual(lines(build.calls, "curl"), [
      `-q --silent --show-error --proto =https --noproxy * --globoff --max-time 10 --max-filesize 1048576 --retry 5 ` +
        `--retry-delay 5 --retry-all-errors --fail --output /dev/null --write-out %{http_code} --url ${own}/health`,
    ]);
    // What bash sets itself, and what the stand-in needs.
    assert.deepEqual(build.left("names")?.trim().split("\n"), ["PATH", "PWD", "SHLVL", "STATE", "_"]);
  });

  for (const status of ["301", "302", "204", "404", "000"]) {
    it(`does not live when it answers ${status}`, () => {
      const build = verify(own, { curl: { "": `printf ${status}` } });
      assert.deepEqual(messages(build.log), [
        `slipway: ${own}/health answers ${status}, not 200 (redirects are not followed).`,
      ]);
    });
  }
});
