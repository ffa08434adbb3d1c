// What a preview costs at least: every stack of a saved preview as a bare program, run as Pulumi's language host runs one, and an
// engine that does nothing but take each resource and answer. Run: node bench/floor/main.cjs PREVIEW.json
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const grpc = require("@grpc/grpc-js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const { ResourceMonitorService } = require("@pulumi/pulumi/proto/resource_grpc_pb");
const messages = require("@pulumi/pulumi/proto/resource_pb");

const AT_ONCE = 2;
const PROGRAM = path.join(__dirname, "program.cjs");

async function main(file) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-floor-"));
  const { stacks } = JSON.parse(fs.readFileSync(file, "utf8"));
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(ResourceMonitorService, service());
  const port = await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  try {
    const waiting = stacks.map(({ name, resources }) => {
      const list = path.join(scratch, `${name}.json`);
      fs.writeFileSync(list, JSON.stringify(resources.filter(({ type }) => type.startsWith("aws:"))));
      return { name, list };
    });
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next, port);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    server.forceShutdown();
    fs.rmSync(scratch, { recursive: true });
  }
}

function run({ name, list }, port) {
  const runner = require.resolve("@pulumi/pulumi/cmd/run");
  const options = { organization: "organization", project: "floor", stack: name, parallel: 16 };
  const given = Object.entries(options).map(([key, value]) => `--${key}=${value}`);
  const child = spawn(
    process.execPath,
    [runner, `--monitor=127.0.0.1:${port}`, ...given, "--dry-run", `--pwd=${__dirname}`, PROGRAM],
    {
      cwd: __dirname,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        FLOOR_RESOURCES: list,
        PULUMI_CONFIG: JSON.stringify({ "aws:region": "eu-west-1" }),
        PULUMI_NODEJS_TYPESCRIPT: "false",
      },
    },
  );
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) =>
      status === 0 ? resolve() : reject(new Error(`The bare program of ${name} ended with ${status}.`)),
    );
  });
}

function service() {
  let count = 0;
  const answers = {
    getDeploymentInfo: () => new messages.DeploymentInfo(),
    supportsFeature: ({ request }) => {
      const response = new messages.SupportsFeatureResponse();
      response.setHassupport(!["transforms", "invokeTransforms", "resourceHooks"].includes(request.getId()));
      return response;
    },
    registerPackage: () => new messages.RegisterPackageResponse(),
    signalAndWaitForShutdown: () => new Empty(),
    registerResourceOutputs: () => new Empty(),
    registerResource: ({ request }) => {
      const response = new messages.RegisterResourceResponse();
      response.setUrn(`urn:pulumi:floor::floor::${request.getType()}::${request.getName()}-${++count}`);
      response.setObject(request.getObject());
      return response;
    },
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [name, (call, done) => done(null, answer(call))]),
  );
}

void main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
