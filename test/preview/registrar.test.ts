import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { ResourceState } from "../../preview/graph";
import { ProblemError } from "../../preview/problems";
import { Registrar } from "../../preview/registrar";
import { secret } from "../../preview/values";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const PROVIDER = `urn:pulumi:dev::shop::pulumi:providers:aws::other::${UNKNOWN}`;

interface Wanted {
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  readonly custom?: boolean;
  readonly inputs?: Record<string, string>;
  readonly dependencies?: string[];
  readonly protect?: boolean;
  readonly providers?: Readonly<Record<string, string>>;
  readonly importId?: string;
  readonly version?: string;
  readonly secretOutputs?: string[];
}

/** What an SDK that leaves everything to the engine would send; the Node.js SDK does part of it itself. */
function request(wanted: Wanted): RegisterResourceRequest {
  const message = new RegisterResourceRequest();
  message.setType(wanted.type);
  message.setName(wanted.name);
  message.setParent(wanted.parent ?? "");
  message.setCustom(wanted.custom ?? true);
  message.setObject(Struct.fromJavaScript(wanted.inputs ?? {}));
  message.setDependenciesList(wanted.dependencies ?? []);
  message.setVersion(wanted.version ?? "");
  message.setAdditionalsecretoutputsList(wanted.secretOutputs ?? []);
  message.setImportid(wanted.importId ?? "");
  if (wanted.protect !== undefined) message.setProtect(wanted.protect);
  for (const [key, value] of Object.entries(wanted.providers ?? {}))
    message.getProvidersMap().set(key, value);
  return message;
}

describe("Registrar", () => {
  let registrar: Registrar;
  beforeEach(() => {
    const config = new Map([["aws:region", { text: "eu-west-1", isSecret: false, isObject: false }]]);
    registrar = new Registrar({ organization: "organization", project: "shop", stack: "dev", config });
  });

  const register = (wanted: Wanted): Promise<ResourceState> => registrar.register(request(wanted));
  const topic = { type: "aws:sns/topic:Topic", name: "topic" };
  const component = { type: "shop:index:Thing", name: "thing", custom: false };

  it("hands protection down from parents, unless the child says otherwise", async () => {
    const { urn: parent } = await register({ ...component, protect: true });
    const child = await register({ ...topic, parent });
    const open = await register({ ...topic, name: "open", parent, protect: false });
    assert.deepEqual([child.options.protect, open.options.protect], [true, false]);
  });

  it("hands the providers of components down through components", async () => {
    const { urn: outer } = await register({ ...component, providers: { aws: PROVIDER } });
    const { urn: parent } = await register({ ...component, name: "inner", parent: outer });
    assert.equal((await register({ ...topic, parent })).provider, PROVIDER);
  });

  it("makes one default provider for each version that is asked for", async () => {
    const first = await register({ ...topic, name: "a", version: "7.48.0" });
    const second = await register({ ...topic, name: "b", version: "7.48.0" });
    const third = await register({ ...topic, name: "c" });
    assert.equal(first.provider, `urn:pulumi:dev::shop::pulumi:providers:aws::default_7_48_0::${UNKNOWN}`);
    assert.equal(second.provider, first.provider);
    assert.equal(third.provider, `urn:pulumi:dev::shop::pulumi:providers:aws::default::${UNKNOWN}`);
  });

  it("refuses a default provider that the config switches off by its name or with all others", async () => {
    for (const [denied, named] of [
      ['["aws"]', "aws"],
      ['["*"]', "*"],
      ['["random","aws"]', "random, aws"],
    ] as const) {
      const config = new Map([
        ["pulumi:disable-default-providers", { text: denied, isSecret: false, isObject: true }],
      ]);
      const strict = new Registrar({ organization: "organization", project: "shop", stack: "dev", config });
      await assert.rejects(
        strict.register(request(topic)),
        (error) =>
          error instanceof ProblemError &&
          error.message ===
            `aws:sns/topic:Topic topic names no provider, and the default provider of aws is switched off (pulumi:disable-default-providers: ${named}).`,
      );
    }
  });

  it("makes the outputs secret that a resource declares so", async () => {
    const { outputs } = await register({
      ...topic,
      inputs: { name: "orders", displayName: "Orders" },
      secretOutputs: ["displayName", "nothing"],
    });
    assert.deepEqual([outputs["name"], outputs["displayName"]], ["orders", secret("Orders")]);
    assert.equal(Object.hasOwn(outputs, "nothing"), false);
  });

  it("lets each property depend on everything when the request does not say more", async () => {
    const { urn } = await register({ ...topic, name: "a" });
    const { propertyDependencies } = await register({
      ...topic,
      inputs: { name: "x", displayName: "y" },
      dependencies: [urn],
    });
    assert.deepEqual(propertyDependencies, { displayName: [urn], name: [urn] });
  });

  it("knows the id of a resource that is imported", async () => {
    const { id, outputs } = await register({ type: "aws:s3/bucket:Bucket", name: "b", importId: "a-bucket" });
    assert.deepEqual([id, outputs["arn"]], ["a-bucket", "arn:aws:s3:::a-bucket"]);
  });

  it("refuses a second resource with the same URN, also when one of them is read", async () => {
    const { urn } = await register(topic);
    const read = new ReadResourceRequest();
    read.setType(topic.type);
    read.setName(topic.name);
    read.setId("an-id");
    assert.throws(
      () => registrar.read(read),
      (error) => error instanceof ProblemError && error.message === `Two resources have the URN ${urn}.`,
    );
  });

  it("refuses a parent that nobody registered and a type that is none", async () => {
    await assert.rejects(register({ ...topic, parent: "urn:pulumi:dev::shop::a:b:C::x" }), {
      message: "could not find parent resource urn:pulumi:dev::shop::a:b:C::x",
    });
    await assert.rejects(register({ ...topic, type: "topic" }), {
      message: "The resource type topic is not of the form package:module:type.",
    });
  });
});
