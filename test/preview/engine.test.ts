import assert from "node:assert/strict";
import type { PreviewedResource, StackPreview } from "../../preview/preview-document";
import { previewFixture, stackOf } from "./run-fixture";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function named(stack: StackPreview, name: string): PreviewedResource {
  const found = stack.resources.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`no resource ${name}`);
  return found;
}

describe("preview of a program with transforms", () => {
  let stack: StackPreview;
  before(async () => {
    stack = stackOf(await previewFixture("transforms"), "dev");
  });

  it("runs a resource's own transforms first, then its parent's, then the stack's", () => {
    assert.deepEqual(named(stack, "pair-second").inputs["tags"], { mark: "own-parent-stack" });
    assert.deepEqual(named(stack, "pair-first").inputs["tags"], { mark: "-parent-stack" });
  });

  it("takes the options that a transform returns", () => {
    assert.equal(named(stack, "pair-second").protect, true);
    assert.equal(named(stack, "pair-first").protect, false);
  });

  it("forgets what a property depends on when the resource has transforms of its own, as the SDK does", () => {
    const { dependencies, propertyDependencies } = named(stack, "pair-second");
    const first = named(stack, "pair-first").urn;
    assert.deepEqual(dependencies, [first]);
    assert.deepEqual(propertyDependencies, { displayName: [], name: [], tags: [] });
  });

  it("lets a transform change the arguments of a function call", () => {
    assert.deepEqual(stack.outputs, { region: "eu-west-3" });
  });

  it("puts the types of all ancestors into a URN", () => {
    assert.equal(
      named(stack, "pair-first").urn,
      "urn:pulumi:dev::transforms::fixture:index:Pair$aws:sns/topic:Topic::pair-first",
    );
  });
});

describe("preview of a program with all resource options", () => {
  let stack: StackPreview;
  let remarks: readonly string[];
  before(async () => {
    const result = await previewFixture("options");
    stack = stackOf(result, "dev");
    ({ remarks } = result);
  });

  it("hands protection down to children that do not say otherwise", () => {
    const protects = ["holder", "holder-inner", "holder-inner-topic", "holder-inner-open"];
    assert.deepEqual(
      protects.map((name) => named(stack, name).protect),
      [true, true, true, false],
    );
  });

  it("hands the providers of a component down to its grandchildren", () => {
    assert.equal(
      named(stack, "holder-inner-topic").provider,
      `urn:pulumi:dev::options::pulumi:providers:aws::elsewhere::${UNKNOWN}`,
    );
  });

  it("makes ARNs in the account and region of the resource's own provider", () => {
    assert.equal(
      named(stack, "holder-inner-topic").outputs["arn"],
      "arn:aws:sns:us-east-1:222222222222:holder-inner-topic",
    );
  });

  it("gives an explicit provider the inputs that the engine gives it", () => {
    const { inputs, parent, custom } = named(stack, "elsewhere");
    assert.deepEqual(inputs, {
      __internal: {},
      allowedAccountIds: '["222222222222"]',
      defaultTags: '{"tags":{"Owner":"platform"}}',
      region: "us-east-1",
      skipCredentialsValidation: "false",
      skipRegionValidation: "true",
      version: "7.48.0",
    });
    assert.equal(parent, "urn:pulumi:dev::options::pulumi:pulumi:Stack::options-dev");
    assert.equal(custom, true);
  });

  it("adds dependsOn to the dependencies but to no property", () => {
    const { dependencies, propertyDependencies } = named(stack, "topic");
    assert.deepEqual(dependencies, [named(stack, "key").urn]);
    assert.deepEqual(propertyDependencies, { kmsMasterKeyId: [named(stack, "key").urn], name: [] });
  });

  it("runs the hooks that ask for previews, and only warns of one that fails afterwards", () => {
    assert.deepEqual(remarks, [
      "urn:pulumi:dev::options::aws:sns/topic:Topic::all-options: the hook after failed: the mail server is down",
    ]);
  });

  it("hides the outputs that are declared secret, not the inputs of the same name", () => {
    assert.equal(named(stack, "all-options").outputs["displayName"], "[secret]");
    assert.equal(named(stack, "all-options").inputs["displayName"], "of topic");
  });

  it("writes a policy document out as the AWS provider does", () => {
    assert.equal(
      named(stack, "document").inputs["policy"],
      '{"Statement":[{"Action":"sns:Publish","Condition":{"StringEquals":{"aws:SourceAccount":"111111111111"}},' +
        '"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},' +
        '"Resource":"arn:aws:sns:eu-central-1:111111111111:topic","Sid":"AllowEvents"}],"Version":"2012-10-17"}',
    );
  });

  it("takes a document with one unknown value for unknown, and names it", () => {
    assert.equal(named(stack, "unknown-document").inputs["policy"], UNKNOWN);
    assert.deepEqual(stack.unknowns, [
      { urn: named(stack, "topic").urn, path: "kmsMasterKeyId" },
      { urn: named(stack, "unknown-document").urn, path: "policy" },
    ]);
  });
});

describe("preview of a program with config and secrets", () => {
  let stack: StackPreview;
  before(async () => {
    stack = stackOf(await previewFixture("secrets"), "dev");
  });

  it("hands the program the config as the engine merges and words it", () => {
    assert.deepEqual(stack.outputs["plain"], {
      port: 8080,
      sizes: [1, 2],
      tags: '{"a":"\\u003cone\\u003e","b":"two"}',
      enabled: true,
      limit: "100000000000000001",
      ratio: "1.5",
      old: "old form",
    });
  });

  it("shows no secret, be it known or not", () => {
    assert.deepEqual([stack.outputs["hidden"], stack.outputs["host"]], ["[secret]", "[secret]"]);
    assert.equal(named(stack, "token").inputs["value"], "[secret]");
    assert.equal(named(stack, "open").inputs["value"], "[secret]");
    assert.equal(JSON.stringify(stack).includes("known secret"), false);
  });

  it("counts a secret that cannot be decrypted as unknown", () => {
    assert.deepEqual(stack.unknowns, [
      { urn: named(stack, "password").urn, path: "value" },
      { urn: named(stack, "token").urn, path: "value" },
      { urn: named(stack, "secrets-dev").urn, path: "outputs.hidden" },
    ]);
  });

  it("reads account and region from Pulumi.yaml too", () => {
    assert.deepEqual([stack.accountId, stack.region], ["111111111111", "eu-central-1"]);
  });
});

describe("preview of stacks that refer to one another", () => {
  it("answers a reference from the outputs of the same run, and leaves the others unknown", async () => {
    const reader = stackOf(await previewFixture("references"), "reader");
    assert.deepEqual(reader.outputs["names"], ["base", "base", UNKNOWN, UNKNOWN]);
    assert.deepEqual(reader.outputs["secrets"], ["[secret]", "[secret]", UNKNOWN, UNKNOWN]);
  });

  it("knows nothing of a stack that is not part of the run", async () => {
    const reader = stackOf(await previewFixture("references", { stacks: ["reader"] }), "reader");
    assert.deepEqual(reader.outputs["names"], [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]);
  });

  it("ends when two stacks wait for each other", async () => {
    const result = await previewFixture("references", { stacks: ["left", "right"] });
    assert.deepEqual(
      result.document.stacks.map(({ name, outputs }) => [name, outputs["names"]]),
      [
        ["left", [UNKNOWN]],
        ["right", [UNKNOWN]],
      ],
    );
  });
});

describe("preview of a program that calls functions", () => {
  let stack: StackPreview;
  before(async () => {
    stack = stackOf(await previewFixture("invokes"), "dev");
  });

  it("answers from config what follows from it", () => {
    const { account, accountInChina, partition, inChina, region } = stack.outputs;
    assert.deepEqual([account, accountInChina, region], ["111111111111", "333333333333", "eu-central-1"]);
    assert.deepEqual(partition, {
      id: "aws",
      partition: "aws",
      dnsSuffix: "amazonaws.com",
      reverseDnsPrefix: "com.amazonaws",
    });
    assert.deepEqual(inChina, {
      id: "aws-cn",
      partition: "aws-cn",
      dnsSuffix: "amazonaws.com.cn",
      reverseDnsPrefix: "cn.com.amazonaws",
    });
  });

  it("leaves unknown what only AWS can answer", () => {
    assert.deepEqual([stack.outputs["caller"], stack.outputs["status"]], [UNKNOWN, UNKNOWN]);
  });

  it("knows of an adopted resource what its id says", () => {
    assert.equal(stack.outputs["adopted"], "arn:aws:s3:::a-bucket-that-exists");
    assert.equal(stack.outputs["interpolated"], "a-bucket-that-exists/x");
    assert.equal(
      stack.outputs["connection"],
      "arn:aws:codestar-connections:eu-central-1:111111111111:connection/0f1e2d3c",
    );
  });
});

describe("preview of a program whose resources hold functions of it", () => {
  let stack: StackPreview;
  before(async () => {
    stack = stackOf(await previewFixture("closures"), "dev");
  });

  it("serializes the functions, as the SDK does it with all that it loads late", () => {
    const { inputs, provider } = named(stack, "greeting");
    assert.equal(provider, `urn:pulumi:dev::closures::pulumi:providers:pulumi-nodejs::default::${UNKNOWN}`);
    assert.match(JSON.stringify(inputs["__provider"]), /good morning/);
    assert.equal(inputs["greeting"], "good morning");
  });

  it("gives the provider of such functions the whole config", () => {
    assert.deepEqual(named(stack, "default").inputs, {
      "aws:region": "eu-central-1",
      "aws:allowedAccountIds": '["111111111111"]',
    });
  });

  it("shows what an archive is made of", () => {
    const { code } = named(stack, "callback").inputs as {
      readonly code: { readonly assets: Record<string, object> };
    };
    assert.deepEqual(Object.keys(code.assets["__index.js"] ?? {}), ["text"]);
  });
});

describe("preview of a program with a remote component", () => {
  it("registers the component with its dependencies, and its outputs are unknown", async () => {
    const stack = stackOf(await previewFixture("remote"), "dev");
    const topic = named(stack, "topic").urn;
    const { urn, custom, provider, inputs, dependencies, propertyDependencies } = named(stack, "network");
    assert.deepEqual(
      { urn, custom, provider, inputs, dependencies, propertyDependencies },
      {
        urn: "urn:pulumi:dev::remote::fixturenet:index:Network::network",
        custom: false,
        provider: `urn:pulumi:dev::remote::pulumi:providers:fixturenet::default_1_2_3::${UNKNOWN}`,
        inputs: { key: "[secret]", owner: "arn:aws:sns:eu-central-1:111111111111:topic" },
        dependencies: [topic],
        propertyDependencies: { key: [], owner: [topic] },
      },
    );
    assert.deepEqual(stack.outputs, { networkId: UNKNOWN });
  });
});
