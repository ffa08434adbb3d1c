import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { handler } from "../src/hello.js";

const get = async (queryStringParameters) => {
  const { statusCode, headers, body } = await handler({ queryStringParameters });
  return { statusCode, type: headers["content-type"], ...JSON.parse(body) };
};
const ok = { statusCode: 200, type: "application/json; charset=utf-8" };
const refused = { ...ok, statusCode: 400, error: "name must have 1 to 80 characters" };

describe("GET /hello", () => {
  afterEach(() => {
    delete process.env.ENVIRONMENT;
  });

  it("greets the world", async () => {
    assert.deepEqual(await get(undefined), { ...ok, message: "Hello, world!", environment: "local" });
  });

  it("greets by name", async () => {
    assert.deepEqual(await get({ name: " Ada " }), { ...ok, message: "Hello, Ada!", environment: "local" });
  });

  it("says in which environment it runs", async () => {
    process.env.ENVIRONMENT = "dev";
    assert.equal((await get({})).environment, "dev");
  });

  for (const name of ["", "   ", "a".repeat(81)]) {
    it(`refuses a name of ${name.trim().length} characters`, async () => {
      assert.deepEqual(await get({ name }), refused);
    });
  }
});
