import assert from "node:assert/strict";
import { ProjectFolder } from "./support/project-folder";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("config of a project", () => {
  const folder = ProjectFolder.forEachTest();

  describe("values", () => {
    const cases = [
      ["text", "a: x", { "shop:a": "x" }],
      ["a key with a namespace", "aws:region: eu-west-1", { "aws:region": "eu-west-1" }],
      ["a key in the old form", "aws:config:region: eu-west-1", { "aws:region": "eu-west-1" }],
      [
        "numbers and booleans",
        "a: 12\nb: 1.50\nc: true\nd: 1e21",
        { "shop:a": "12", "shop:b": "1.5", "shop:c": "true", "shop:d": "1e+21" },
      ],
      ["digits in quotes", `a: "012345678901"\nb: '007'`, { "shop:a": "012345678901", "shop:b": "007" }],
      ["words that YAML 1.1 took for booleans", "a: yes\nb: off", { "shop:a": "yes", "shop:b": "off" }],
      ["a list", "a: [1, two, true, null]", { "shop:a": '[1,"two",true,null]' }],
      [
        "a map, its keys in order",
        "a: { z: 1, b: [x], c: { e: 1, d: 2 } }",
        { "shop:a": '{"b":["x"],"c":{"d":2,"e":1},"z":1}' },
      ],
      ["what HTML escapes", "a: ['<', '&', '>']", { "shop:a": '["\\u003c","\\u0026","\\u003e"]' }],
      ["nothing", "a:", { "shop:a": "null" }],
      [
        "a date",
        "a: 2012-10-17\nb: '2012-10-17'",
        { "shop:a": "2012-10-17 00:00:00 +0000 UTC", "shop:b": "2012-10-17" },
      ],
      ["an alias", "a: &x { b: 1 }\nc: *x", { "shop:a": '{"b":1}', "shop:c": '{"b":1}' }],
      [
        "a merged map",
        "a: &x { b: 1 }\nc: { <<: *x, d: 2 }",
        { "shop:a": '{"b":1}', "shop:c": '{"b":1,"d":2}' },
      ],
    ] as const;
    for (const [name, config, expected] of cases) {
      it(`reads ${name} as the engine does`, () => {
        assert.deepEqual(folder.texts("", `config:\n${config.replace(/^/gm, "  ")}\n`), expected);
      });
    }

    it("keeps a secret that it cannot decrypt unknown and secret, also inside an object", () => {
      const config = "config:\n  a: { secure: v1:x:y }\n  b: { user: u, password: { secure: v1:x:y } }\n";
      assert.deepEqual(folder.configOf("", config), {
        "shop:a": { text: UNKNOWN, isSecret: true, isObject: false },
        "shop:b": { text: `{"password":"${UNKNOWN}","user":"u"}`, isSecret: true, isObject: true },
      });
    });

    it("takes an empty stack file for one without config", () => {
      assert.deepEqual(folder.texts("", ""), {});
      assert.deepEqual(folder.texts("", "config:\n"), {});
    });
  });
});
