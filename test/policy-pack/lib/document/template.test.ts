import assert from "node:assert/strict";
import fc from "fast-check";
import { canBe, told } from "../../../../policy-pack/lib/document/template";
import { matches } from "../../../../policy-pack/lib/document/wildcard";

const FORM = "org:{owner}/{name}:{rest*}";

describe("forms of texts", () => {
  const cases: readonly (readonly [pattern: string, owner: string, name: string])[] = [
    ["org:example/shop:*", "whole", "whole"],
    ["org:example/shop*:x", "whole", "beginning"],
    ["org:example/sho*:x", "whole", "beginning"],
    ["org:example/sh*:x", "whole", "nothing"],
    ["org:example/?hop:x", "whole", "nothing"],
    ["org:example/sho?:x", "whole", "beginning"],
    ["org:example/*", "whole", "nothing"],
    ["org:*/shop:main", "nothing", "nothing"],
    ["org:exam*", "beginning", "nothing"],
    ["*", "nothing", "nothing"],
    ["org:example/shop:main", "whole", "whole"],
    ["ORG:example/shop:*", "whole", "whole"],
  ];
  for (const [pattern, owner, name] of cases) {
    it(`${pattern} says ${owner} of the owner and ${name} of the name`, () => {
      assert.ok(canBe(pattern, FORM));
      assert.deepEqual([told(pattern, FORM, "owner"), told(pattern, FORM, "name")], [owner, name]);
    });
  }

  it("are not those of patterns without their marks", () => {
    for (const pattern of ["org:example", "org:example/", "example/shop:main", "org:/shop:main", "orgs:*"])
      assert.equal(canBe(pattern, FORM), false, pattern);
  });

  it("set no parts apart by the characters of a part that may have them", () => {
    assert.equal(told("a:x/y:b", "a:{path+}:{end}", "path"), "whole");
    assert.equal(canBe("a:x/y:b", "a:{path}/{more}:{end}"), true);
    assert.equal(canBe("a:x/y/z:b", "a:{path}/{more}:{end}"), false);
    assert.equal(canBe("a:x:y", "a:{rest*}"), true);
    assert.equal(canBe("a:x:y", "a:{rest}"), false);
  });

  it("are told whole only by patterns that match no text with another part", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 4 });
    const plain = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(word, word, plain, plain, plain, (owner, name, otherOwner, otherName, rest) => {
        const pattern = `org:${owner}/${name}:*`;
        const text = `org:${otherOwner}/${otherName}:${rest}`;
        if (!matches(pattern, text)) return;
        assert.ok(canBe(pattern, FORM));
        if (told(pattern, FORM, "owner") === "whole") assert.equal(otherOwner, owner);
        if (told(pattern, FORM, "name") === "whole") assert.equal(otherName, name);
      }),
      { numRuns: 2_000 },
    );
  });
});
