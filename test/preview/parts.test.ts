import assert from "node:assert/strict";
import fc from "fast-check";
import { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import { checkedInputs } from "../../preview/policy-documents";
import { goJson } from "../../preview/go-json";
import { makeUrn, packageOf, providerPackage, providerUrn } from "../../preview/graph";
import {
  defaultProviderInputs,
  defaultProviderName,
  pluginInputs,
  providerRequest,
} from "../../preview/providers";
import { finalDependencies, resourceOptions, seconds } from "../../preview/requests";
import { Slots } from "../../preview/slots";
import { StackOutputs } from "../../preview/stack-outputs";
import {
  outputDependencies,
  outputValue,
  secret,
  shown,
  unknownPaths,
  withoutOutputValues,
  type Value,
} from "../../preview/values";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("makeUrn", () => {
  const stack = makeUrn("dev", "shop", "", "pulumi:pulumi:Stack", "shop-dev");
  const parent = makeUrn("dev", "shop", stack, "a:b:C", "c");

  it("leaves the stack out of the chain of types and keeps all other ancestors", () => {
    assert.equal(stack, "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
    assert.equal(parent, "urn:pulumi:dev::shop::a:b:C::c");
    assert.equal(makeUrn("dev", "shop", parent, "d:e:F", "f"), "urn:pulumi:dev::shop::a:b:C$d:e:F::f");
  });

  it("keeps the types of ancestors of every rank", () => {
    const child = makeUrn("dev", "shop", parent, "d:e:F", "f");
    assert.equal(makeUrn("dev", "shop", child, "g:h:I", "i"), "urn:pulumi:dev::shop::a:b:C$d:e:F$g:h:I::i");
  });

  it("gives parts back", () => {
    assert.deepEqual(
      [providerPackage("pulumi:providers:aws"), providerPackage("aws:s3:Bucket")],
      ["aws", undefined],
    );
    assert.equal(packageOf("aws:s3/bucket:Bucket"), "aws");
    assert.equal(
      providerUrn("urn:pulumi:a::b::pulumi:providers:aws::default::id"),
      "urn:pulumi:a::b::pulumi:providers:aws::default",
    );
  });
});

describe("default providers", () => {
  it("are named after version and address as the engine names them", () => {
    assert.equal(defaultProviderName(providerRequest("aws", "", "")), "default");
    assert.equal(defaultProviderName(providerRequest("aws", "7.48.0", "")), "default_7_48_0");
    assert.equal(
      defaultProviderName(providerRequest("x", "0.17.7-dev.1+g7b", "")),
      "default_0_17_7_dev_1_g7b",
    );
    assert.equal(
      defaultProviderName(providerRequest("x", "1.0.0", "https://a.com/b/")),
      "default_1_0_0_https_/a.com/b",
    );
  });

  it("get the config of their package, secrets as secrets", () => {
    const config = new Map([
      ["aws:region", { text: "eu-west-1", isSecret: false, isObject: false }],
      ["aws:token", { text: UNKNOWN, isSecret: true, isObject: false }],
      ["shop:region", { text: "us-east-1", isSecret: false, isObject: false }],
    ]);
    assert.deepEqual(defaultProviderInputs(providerRequest("aws", "7.48.0", ""), config), {
      region: "eu-west-1",
      token: secret(UNKNOWN),
      __internal: {},
      version: "7.48.0",
    });
  });

  it("of a parameterized package keep the plugin they come from", () => {
    const request = {
      ...providerRequest("base", "1.0.0", ""),
      package: "made",
      parameter: { version: "2.0.0", value: "cGFy" },
    };
    assert.equal(defaultProviderName(request), "default_2_0_0");
    assert.deepEqual(pluginInputs(request), {
      __internal: { name: "base", version: "1.0.0", parameterization: "cGFy" },
      version: "2.0.0",
    });
  });
});

describe("values", () => {
  const secretUnknown = secret(UNKNOWN);

  it("are shown with secrets hidden and unknowns marked", () => {
    assert.deepEqual(
      shown({ a: secret({ b: 1 }), c: [UNKNOWN, "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"], d: null }),
      {
        a: "[secret]",
        c: [UNKNOWN, UNKNOWN],
        d: null,
      },
    );
  });

  it("tell where they are unknown", () => {
    assert.deepEqual(unknownPaths({ a: [{ "b c": UNKNOWN }, secretUnknown], d: UNKNOWN, e: "known" }), [
      'a[0]["b c"]',
      "a[1]",
      "d",
    ]);
  });

  it("become output values and plain again without loss", () => {
    const plain: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<Value>(null, true, 1, "x", UNKNOWN),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "b"), tie("value"), { maxKeys: 2, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(plain, fc.boolean(), (value, hidden) => {
        const original = hidden ? secret(value) : value;
        const carried = outputValue(original, ["urn:1", "urn:2"]);
        assert.deepEqual([...outputDependencies({ deep: [carried] })], ["urn:1", "urn:2"]);
        assert.deepEqual(withoutOutputValues(carried), original);
      }),
    );
  });
});

describe("requests", () => {
  it("reads durations in Go's notation", () => {
    assert.deepEqual(["", "0", "90s", "1h30m", "1.5h", "250ms"].map(seconds), [0, 0, 90, 5400, 5400, 0.25]);
    assert.throws(() => seconds("90"), new Error("unable to parse customTimeout Value 90"));
  });

  it("adds the dependencies of output values to those that were asked for", () => {
    const asked = { all: ["urn:b", "urn:a"], byProperty: { x: ["urn:b"] } };
    const properties = { x: outputValue(1, ["urn:c"]), y: 2 };
    const options = new TransformResourceOptions();
    assert.deepEqual(finalDependencies(false, asked, properties, options), {
      all: ["urn:a", "urn:b"],
      byProperty: { x: ["urn:b", "urn:c"], y: [] },
    });
    options.setDependsOnList(["urn:d"]);
    assert.deepEqual(finalDependencies(true, asked, properties, options), {
      all: ["urn:c", "urn:d"],
      byProperty: { x: ["urn:c"], y: [] },
    });
  });

  it("says nothing of protection when neither the resource nor its parent does", () => {
    const { protect, retainOnDelete, deleteBeforeReplace } = resourceOptions(
      new TransformResourceOptions(),
      undefined,
    );
    assert.deepEqual([protect, retainOnDelete, deleteBeforeReplace], [undefined, undefined, undefined]);
  });
});

describe("checkedInputs", () => {
  const type = "aws:iam/rolePolicy:RolePolicy";

  it("leaves text as it is, and properties of other types", () => {
    assert.deepEqual(checkedInputs(type, { policy: "{}" }), { policy: "{}" });
    assert.deepEqual(checkedInputs("aws:kms/key:Key", { policy: {} }), { policy: {} });
  });

  it("makes a document with a secret a secret", () => {
    assert.deepEqual(checkedInputs(type, { policy: { b: secret("x"), a: 1 } }), {
      policy: secret('{"a":1,"b":"x"}'),
    });
  });

  it("makes a document with a secret in a list a secret", () => {
    const policy = { Statement: [{ Action: ["a:b", secret("a:c")] }] };
    assert.deepEqual(checkedInputs(type, { policy }), {
      policy: secret('{"Statement":[{"Action":["a:b","a:c"]}]}'),
    });
  });

  it("makes a document with an unknown value unknown, also where the value is secret", () => {
    for (const resource of [UNKNOWN, secret(UNKNOWN), ["arn:aws:s3:::reports", UNKNOWN]]) {
      assert.deepEqual(checkedInputs(type, { policy: { Statement: { Resource: resource } }, name: "n" }), {
        policy: UNKNOWN,
        name: "n",
      });
    }
  });
});

describe("goJson", () => {
  it("orders keys and escapes what matters in HTML", () => {
    assert.equal(
      goJson({ b: ["<", 1n], a: { d: null, c: "&" } }),
      '{"a":{"c":"\\u0026","d":null},"b":["\\u003c",1]}',
    );
  });
});

describe("Slots", () => {
  it("runs no more tasks at once than there are places", async () => {
    const slots = new Slots(2);
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    };
    await Promise.all(Array.from({ length: 6 }, () => slots.run(task)));
    assert.equal(most, 2);
  });

  it("lets another task run while one waits", async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    let release: () => void = () => undefined;
    const wait = new Promise<void>((resolve) => (release = resolve));
    const first = slots.run(async () => {
      await slots.lend(() => wait);
      order.push("first");
    });
    const second = slots.run(() => {
      order.push("second");
      release();
      return Promise.resolve();
    });
    await Promise.all([first, second]);
    assert.deepEqual(order, ["second", "first"]);
  });

  it("gives the place back when a task fails", async () => {
    const slots = new Slots(1);
    await assert.rejects(slots.run(() => Promise.reject(new Error("no"))));
    assert.equal(await slots.run(() => Promise.resolve("yes")), "yes");
  });
});

describe("StackOutputs", () => {
  it("knows only stacks of the same project and run", async () => {
    const outputs = new StackOutputs("shop", ["a", "b"], new Slots(2));
    outputs.finish("b", { x: 1 });
    const names = ["b", "organization/b", "organization/shop/b", "organization/other/b", "c"];
    const found = await Promise.all(names.map((name) => new Slots(1).run(() => outputs.lookUp("a", name))));
    assert.deepEqual(found, [{ x: 1 }, { x: 1 }, { x: 1 }, undefined, undefined]);
  });

  it("does not let stacks wait for one another in a circle", async () => {
    const slots = new Slots(3);
    const outputs = new StackOutputs("shop", ["a", "b", "c"], slots);
    const asks = (stack: string, other: string): Promise<unknown> =>
      slots.run(async () => {
        const found = await outputs.lookUp(stack, other);
        outputs.finish(stack, { of: stack });
        return found;
      });
    assert.deepEqual(await Promise.all([asks("a", "b"), asks("b", "c"), asks("c", "a")]), [
      { of: "b" },
      { of: "c" },
      undefined,
    ]);
    assert.equal(await slots.run(() => outputs.lookUp("a", "a")), undefined);
  });
});
