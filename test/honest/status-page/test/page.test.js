import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "../src/page.js";

test("every service is on the page", () => assert.equal(page([{ name: "Shop" }]), "<ul><li>Shop</li></ul>"));
