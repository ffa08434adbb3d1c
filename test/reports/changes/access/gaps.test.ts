import assert from "node:assert/strict";
import fc from "fast-check";
import type { PreviewDocument } from "../../../../preview/preview-document";
import { accessBetween, shopMay, toldBetween, type StatementJson } from "../platform";

describe("what one policy grants and another does not, whatever they are,", () => {
  const action = fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:Get*", "kms:Decrypt", "s3:*");
  const target = fc.constantFrom(
    "*",
    "arn:aws:s3:::a/*",
    "arn:aws:s3:::a/b/*",
    "arn:aws:s3:::a/b/c",
    "arn:aws:s3:::z",
  );
  const block = fc.dictionary(
    fc.constantFrom(
      "StringEquals",
      "StringLike",
      "StringNotEquals",
      "StringEqualsIfExists",
      "IpAddress",
      "Null",
    ),
    fc.dictionary(
      fc.constantFrom("aws:ResourceAccount", "aws:PrincipalOrgID"),
      fc.subarray(["a", "b", "c*"], { minLength: 1 }),
      {
        minKeys: 1,
        maxKeys: 2,
      },
    ),
    { maxKeys: 2 },
  );
  const statement = fc
    .record({
      Sid: fc.constantFrom("One", "Two", "Three"),
      Effect: fc.constantFrom("Allow", "Deny"),
      Action: fc.uniqueArray(action, { minLength: 1, maxLength: 3 }),
      Resource: fc.uniqueArray(target, { minLength: 1, maxLength: 3 }),
      Condition: block,
    })
    .map((parts): StatementJson => parts);
  const statements = fc.array(statement, { minLength: 1, maxLength: 4 });

  const directions = (before: PreviewDocument, after: PreviewDocument): string[] =>
    accessBetween(before, after).map(({ direction }) => direction);

  it("finds nothing between a policy and itself in another order", () => {
    const shuffled = statements.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const reversed = other.map((each): StatementJson => ({
          ...each,
          Action: [each["Action"] ?? []].flat().toReversed(),
        }));
        assert.deepEqual(toldBetween(shopMay(...all), shopMay(...reversed)), []);
      }),
    );
  });

  it("finds nothing where each statement is split by action and resource", () => {
    fc.assert(
      fc.property(statements, (all) => {
        const split = all.flatMap((each) =>
          [each["Action"] ?? []]
            .flat()
            .flatMap((one) =>
              [each["Resource"] ?? []].flat().map((where) => ({ ...each, Action: one, Resource: where })),
            ),
        );
        assert.deepEqual(toldBetween(shopMay(...all), shopMay(...split)), []);
      }),
    );
  });

  it("never takes another Allow statement for less, nor another Deny for more", () => {
    fc.assert(
      fc.property(statements, statement, (all, added) => {
        const found = directions(shopMay(...all), shopMay(...all, added));
        assert.ok(!found.includes(added["Effect"] === "Allow" ? "narrower" : "wider"), JSON.stringify(found));
      }),
    );
  });

  it("never takes a condition that is gone from an Allow for less", () => {
    fc.assert(
      fc.property(statements, statement, (all, changed) => {
        const { Sid = "", Action = "", Resource = "" } = changed;
        const free: StatementJson = { Sid, Effect: "Allow", Action, Resource };
        const found = directions(shopMay(...all, { ...changed, Effect: "Allow" }), shopMay(...all, free));
        assert.ok(!found.includes("narrower"), JSON.stringify(found));
      }),
    );
  });

  it("finds in one direction what it finds in the other, turned round", () => {
    const turned: Readonly<Record<string, string>> = {
      wider: "narrower",
      narrower: "wider",
      unknown: "unknown",
    };
    const told = (before: PreviewDocument, after: PreviewDocument): string[] =>
      accessBetween(before, after).map(({ direction, actions, resources }) =>
        JSON.stringify([direction, actions, resources]),
      );
    fc.assert(
      fc.property(statements, statements, (one, other) => {
        const there = told(shopMay(...one), shopMay(...other)).toSorted();
        const back = told(shopMay(...other), shopMay(...one)).map((line) => {
          const [direction, ...rest] = JSON.parse(line) as string[];
          return JSON.stringify([turned[direction ?? ""], ...rest]);
        });
        assert.deepEqual(back.toSorted(), there);
      }),
    );
  });
});
