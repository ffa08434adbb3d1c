import assert from "node:assert/strict";
import fc from "fast-check";
import { unknownValue, type ContextValues } from "../../evaluator/context";
import { unreadable, type Policy } from "../../evaluator/document";
import { evaluate, type Policies, type Request } from "../../evaluator/evaluate";
import type { Truth } from "../../evaluator/truth";
import { policiesOf, policyOf, type Documents, type Statement } from "./cases";
import { documentsOf, layered, request, values, type Layered } from "./generated";

/** What a key that cannot be known may be. */
const possible: readonly (string | readonly string[])[] = [[], ...values];

/** All ways in which the named keys can be. */
function completions(keys: readonly string[]): ContextValues[] {
  return keys.reduce<ContextValues[]>(
    (others, key) => others.flatMap((other) => possible.map((value) => ({ ...other, [key]: value }))),
    [{}],
  );
}

/** The policies with a key of its own for each condition, and these keys: at most four, the other conditions are dropped. */
function withOwnKeys(policies: Layered): { readonly documents: Documents; readonly keys: string[] } {
  const keys: string[] = [];
  const own = ({ Condition: condition, ...rest }: Statement): Statement => {
    const [operator, tests] = Object.entries(condition ?? {})[0] ?? [];
    if (operator === undefined || keys.length === 4) return rest;
    const key = `test:Own${keys.length}`;
    keys.push(key);
    return { ...rest, Condition: { [operator]: { [key]: Object.values(tests as object)[0] as unknown } } };
  };
  const withKeys = Object.entries(policies).map(([name, statements]) => [name, statements.map(own)]);
  return { documents: documentsOf(Object.fromEntries(withKeys) as Layered), keys };
}

/** A known answer is the answer of every completion; an unknown one stands for both answers. */
function assertCovers(answer: Truth, possibleAnswers: readonly Truth[]): void {
  const expected = new Set(possibleAnswers);
  assert.deepEqual(answer === "unknown" ? ["no", "yes"] : [answer], [...expected].toSorted());
}

describe("evaluator: what unknown stands for", () => {
  const parameters = { numRuns: 400 };

  it("is unknown for keys that nobody knows exactly where one value of them says yes and another no", () => {
    fc.assert(
      fc.property(request, layered, fc.nat(15), (asked: Request, policies, mask) => {
        const { documents, keys } = withOwnKeys(policies);
        const unknown = keys.filter((_, index) => (mask & (1 << index)) !== 0);
        const compiled = policiesOf(documents);
        const known = Object.fromEntries(keys.map((key, index) => [key, possible[(mask + index) % 3] ?? []]));
        const answerWith = (context: ContextValues): Truth =>
          evaluate({ ...asked, context: { ...known, ...context } }, compiled).answer;
        const answer = answerWith(Object.fromEntries(unknown.map((key) => [key, unknownValue])));
        assertCovers(answer, completions(unknown).map(answerWith));
      }),
      parameters,
    );
  });

  it("says the same where all keys that are not named are unknown", () => {
    fc.assert(
      fc.property(request, layered, (asked: Request, policies) => {
        const { documents, keys } = withOwnKeys(policies);
        const compiled = policiesOf(documents);
        const { answer } = evaluate({ ...asked, context: {}, otherKeys: "unknown" }, compiled);
        const answers = completions(keys).map((context) => evaluate({ ...asked, context }, compiled).answer);
        assertCovers(answer, answers);
      }),
      parameters,
    );
  });

  it("is never known otherwise than every value says, where several conditions ask for one key", () => {
    const keys = ["test:Key0", "test:Key1", "test:Key2", "test:Key3", "test:Key4"];
    fc.assert(
      fc.property(request, layered, (asked: Request, { identity, boundary, resource }) => {
        const compiled = policiesOf({
          ...(identity && { identity }),
          ...(boundary && { boundary }),
          ...(resource && { resource }),
        });
        const { answer } = evaluate({ ...asked, context: {}, otherKeys: "unknown" }, compiled);
        fc.pre(answer !== "unknown");
        for (const context of completions(keys)) {
          assert.equal(evaluate({ ...asked, context }, compiled).answer, answer);
        }
      }),
      parameters,
    );
  });

  it("is unknown for a document that nobody can read exactly where some document says yes and another no", () => {
    const secret = unreadable("it is known only after deployment");
    const all = { Action: "*", Resource: "*", Principal: "*" };
    const readable = [[], { Effect: "Allow", ...all }, { Effect: "Deny", ...all }].map(policyOf);
    const places: readonly ((policies: Policies, document: Policy) => Policies)[] = [
      (policies, document) => ({ ...policies, identity: [...policies.identity, document] }),
      (policies, document) => ({ ...policies, boundary: [document] }),
      (policies, document) => ({ ...policies, session: [document] }),
      (policies, document) => ({ ...policies, resource: document }),
      (policies, document) => ({ ...policies, serviceControl: [[document]] }),
      (policies, document) => ({ ...policies, resourceControl: [[document]] }),
    ];
    fc.assert(
      fc.property(request, layered, fc.constantFrom(...places), (asked, { identity, resource }, place) => {
        const others = policiesOf({ ...(identity && { identity }), ...(resource && { resource }) });
        const answerWith = (document: Policy): Truth => evaluate(asked, place(others, document)).answer;
        assertCovers(answerWith(secret), readable.map(answerWith));
      }),
      parameters,
    );
  });
});
