import assert from "node:assert/strict";
import { test } from "node:test";
import { handler } from "../src/handlers/create.js";

test("an order without items is refused", async () => {
  const { statusCode } = await handler({ body: JSON.stringify({ customer: "c1", items: [] }) });
  assert.equal(statusCode, 400);
});
