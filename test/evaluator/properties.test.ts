import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluate, type Request } from "../../evaluator/evaluate";
import type { Truth } from "../../evaluator/truth";
import { allow, policiesOf, type Statement } from "./cases";
import { documentsOf, layered, layers, request, statement, type Layered } from "./generated";

const parameters = { numRuns: 500 };
const rank: Readonly<Record<Truth, number>> = { no: 0, unknown: 1, yes: 2 };

const answerOf = (asked: Request, policies: Layered): Truth =>
  evaluate(asked, policiesOf(documentsOf(policies))).answer;
const layer = fc.constantFrom(...layers);
const anyStatement = statement((number) => `test:Key${number}`);

/** The policies with one more statement in a layer. */
function withStatement(policies: Layered, name: (typeof layers)[number], added: Statement): Layered {
  return { ...policies, [name]: [...(policies[name] ?? []), added] };
}

describe("evaluator: what holds for all policies", () => {
  it("allows nothing where there is no Allow, but for the root user", () => {
    const denials = layered.map((policies) =>
      Object.fromEntries(
        Object.entries(policies).map(([name, list]) => [
          name,
          list.filter(({ Effect }) => Effect === "Deny"),
        ]),
      ),
    );
    fc.assert(
      fc.property(request, denials, (asked, policies) => {
        fc.pre(asked.principal.kind !== "root");
        assert.equal(answerOf(asked, policies), "no");
      }),
      parameters,
    );
  });

  it("never allows more for one more Deny, in any layer", () => {
    fc.assert(
      fc.property(request, layered, layer, anyStatement, (asked, policies, name, one) => {
        const after = answerOf(asked, withStatement(policies, name, { ...one, Effect: "Deny" }));
        assert.ok(rank[after] <= rank[answerOf(asked, policies)]);
      }),
      parameters,
    );
  });

  it("denies whatever a Deny covers, in any layer that binds the caller", () => {
    const denial: Statement = { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };
    fc.assert(
      fc.property(request, layered, layer, (asked, policies, name) => {
        fc.pre(name !== "serviceControl" || "accountId" in asked.principal);
        assert.equal(answerOf(asked, withStatement(policies, name, denial)), "no");
      }),
      parameters,
    );
  });

  it("never allows less for one more Allow in a document that is there", () => {
    fc.assert(
      fc.property(request, layered, layer, anyStatement, (asked, policies, name, one) => {
        fc.pre(policies[name] !== undefined);
        const after = answerOf(asked, withStatement(policies, name, { ...one, Effect: "Allow" }));
        assert.ok(rank[after] >= rank[answerOf(asked, policies)]);
      }),
      parameters,
    );
  });

  it("gives the same answer for statements in any order", () => {
    const shuffled = layered.chain((policies) => {
      const entries = Object.entries(policies).map(([name, list]) =>
        fc.shuffledSubarray([...list], { minLength: list.length }).map((other) => [name, other] as const),
      );
      return fc.tuple(...entries).map((all) => [policies, Object.fromEntries(all) as Layered] as const);
    });
    fc.assert(
      fc.property(request, shuffled, (asked, [policies, other]) => {
        assert.equal(answerOf(asked, other), answerOf(asked, policies));
      }),
      parameters,
    );
  });

  it("gives the same answer for one document as for its statements in documents of their own", () => {
    fc.assert(
      fc.property(request, fc.array(anyStatement, { minLength: 1, maxLength: 4 }), (asked, statements) => {
        const together = policiesOf({ identity: statements, boundary: statements });
        const [identity, boundary] = [statements, statements].map((list) =>
          list.flatMap((one) => policiesOf({ identity: one }).identity),
        );
        const apart = { identity: identity ?? [], boundary: boundary ?? [] };
        assert.equal(evaluate(asked, apart).answer, evaluate(asked, together).answer);
      }),
      parameters,
    );
  });

  it("never allows more for a boundary, a session's policy or a control policy", () => {
    for (const name of ["boundary", "session", "serviceControl", "resourceControl"] as const) {
      fc.assert(
        fc.property(request, layered, (asked, policies) => {
          const unlimited = Object.fromEntries(Object.entries(policies).filter(([other]) => other !== name));
          assert.ok(rank[answerOf(asked, policies)] <= rank[answerOf(asked, unlimited)]);
        }),
        parameters,
      );
    }
  });

  it("never matches a resource by a variable without a value, whatever the rest of it", () => {
    const text = fc.array(fc.constantFrom("*", "?", "a", ":", "/", "arn:aws:s3:::"), { maxLength: 4 });
    fc.assert(
      fc.property(request, text, text, (asked, before, after) => {
        const Resource = `${before.join("")}\${aws:PrincipalTag/none}${after.join("")}`;
        fc.pre(asked.principal.kind !== "root");
        assert.equal(answerOf(asked, { identity: [allow({ Action: "*", Resource })] }), "no");
      }),
      parameters,
    );
  });
});
