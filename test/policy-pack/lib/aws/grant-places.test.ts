import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ATTACHMENT_PLACES, DOCUMENT_PLACES } from "../../../../policy-pack/lib/aws/grant-places";
import { IMPLIED_GRANTS } from "../../../../policy-pack/lib/aws/implied-grants";

describe("the tokens and properties", () => {
  const provider = path.dirname(require.resolve("@pulumi/aws/package.json"));
  const places = [
    ...[...DOCUMENT_PLACES].flatMap(([type, list]) =>
      list.map(({ path: steps }) => [type, steps[0] ?? ""] as const),
    ),
    ...[...ATTACHMENT_PLACES].flatMap(([type, list]) =>
      list.map(({ path: steps }) => [type, steps[0] ?? ""] as const),
    ),
    ...[...IMPLIED_GRANTS.keys()].map((type) => [type, ""] as const),
  ].filter(([type]) => type.startsWith("aws:"));

  it("are those of the installed @pulumi/aws", () => {
    for (const [type, property] of places) {
      const module = path.join(provider, type.split(":")[1] ?? "");
      assert.ok(existsSync(`${module}.js`), type);
      assert.ok(readFileSync(`${module}.js`, "utf8").includes(`'${type}'`), type);
      if (property !== "")
        assert.match(readFileSync(`${module}.d.ts`, "utf8"), new RegExp(`^ {4}${property}\\??:`, "m"), type);
    }
  });
});
