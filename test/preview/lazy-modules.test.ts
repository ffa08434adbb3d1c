import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const LAZY_MODULES = path.join(__dirname, "..", "..", "preview", "lazy-modules.js");

/** What a process that preloads the late loading prints. */
function run(script: string): unknown {
  const has = "const has = (part) => Object.keys(require.cache).some((file) => file.includes(part));";
  const { stdout, stderr } = spawnSync(process.execPath, ["--require", LAZY_MODULES, "-e", has + script], {
    cwd: __dirname,
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

describe("late loading of what the SDK hardly ever uses", () => {
  it("leaves the compiler, npm's client and the Automation API out of the start", () => {
    const loaded = run(
      `require("@pulumi/pulumi");
       console.log(JSON.stringify(["/typescript/lib/", "/@npmcli/arborist/", "/automation/stack"].map(has)));`,
    );
    assert.deepEqual(loaded, [false, false, false]);
  });

  it("leaves out of a program's start what sends traces", () => {
    const loaded = run(
      `const { newSpan } = require("@pulumi/pulumi/cmd/run/tracing");
       newSpan("start").end();
       console.log(JSON.stringify(["/@opentelemetry/api/", "/@opentelemetry/sdk-trace-node/"].map(has)));`,
    );
    assert.deepEqual(loaded, [true, false]);
  });

  it("leaves gRPC out of a program's start, and loads it for the first client that is made", () => {
    const loaded = run(
      `require("@pulumi/pulumi");
       const { CallbacksClient } = require("@pulumi/pulumi/proto/callback_grpc_pb");
       const grpc = () => has("/@grpc/grpc-js/build/src/channel.js");
       const before = grpc();
       const client = new CallbacksClient("127.0.0.1:1", require("@grpc/grpc-js").credentials.createInsecure());
       console.log(JSON.stringify([before, grpc(), typeof client.invoke]));
       client.close();`,
    );
    assert.deepEqual(loaded, [false, true, "function"]);
  });

  it("gives a client the credentials that the SDK's settings left out, as a program of the real engine needs them", () => {
    const made = run(
      `const { CallbacksClient } = require("@pulumi/pulumi/proto/callback_grpc_pb");
       const client = new CallbacksClient("127.0.0.1:1", undefined);
       console.log(JSON.stringify(typeof client.invoke));
       client.close();`,
    );
    assert.equal(made, "function");
  });

  it("loads each when something asks for a part of it", () => {
    const found = run(
      `const { automation } = require("@pulumi/pulumi");
       const typescript = require("@pulumi/pulumi/typescript-shim");
       console.log(JSON.stringify([typeof automation.LocalWorkspace, typeof typescript.version, has("/typescript/lib/"),
         typeof typescript.createSourceFile, has("/typescript/lib/")]));`,
    );
    assert.deepEqual(found, ["function", "string", false, "function", true]);
  });

  it("does not note where in the program each resource is made", () => {
    const frames = run(
      `const { Resource } = require("@pulumi/pulumi");
       console.log(JSON.stringify(Resource.callsites()));`,
    );
    assert.deepEqual(frames, []);
  });
});
