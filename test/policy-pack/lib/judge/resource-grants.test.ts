import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ATTACHMENT_PLACES,
  DOCUMENT_PLACES,
  type DocumentPlace,
} from "../../../../policy-pack/lib/aws/grant-places";
import { IMPLIED_GRANTS } from "../../../../policy-pack/lib/aws/implied-grants";
import { UNKNOWN_MARKS } from "../../../../policy-pack/lib/document/unknown";
import { judgeGrants } from "../../../../policy-pack/lib/judge/resource-grants";
import { ACCOUNT, access, document, grant, trust } from "../../support/documents";
import { NOTHING_KNOWN, judged } from "../../support/judged-grants";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;

/** `value` under the path, `*` standing for the first item of a list. */
function nested(steps: readonly string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  return step === "*" ? [nested(rest, value)] : { [step]: nested(rest, value) };
}

const NARROW: Readonly<Record<DocumentPlace["kind"], object>> = {
  identity: grant("s3:GetObject", "arn:aws:s3:::reports/*"),
  trust: trust({ AWS: ROLE }),
  resource: access({ AWS: ROLE }, "s3:GetObject"),
  boundary: grant("*", "*"),
  scp: grant("*", "*"),
};
const BROAD: Readonly<Record<DocumentPlace["kind"], readonly [object, string]>> = {
  identity: [grant("s3:GetObject", "*"), "error no-wildcard-grants"],
  trust: [trust("*"), "error no-open-trust"],
  resource: [access("*", "s3:GetObject"), "error no-open-trust"],
  boundary: [document({ Effect: "Allow", Action: "s3:GetObject" }), "error readable-policies"],
  scp: [document({ Effect: "Deny", Action: "iam:*" }), "error readable-policies"],
};

describe("every place where a policy document can stand", () => {
  for (const [type, places] of DOCUMENT_PLACES) {
    for (const { path: steps, kind } of places) {
      it(`${type} ${steps.join(".")} passes a narrow document, as an object and as text`, () => {
        assert.deepEqual(judged(type, nested(steps, NARROW[kind]) as object), []);
        assert.deepEqual(judged(type, nested(steps, JSON.stringify(NARROW[kind])) as object), []);
      });

      it(`${type} ${steps.join(".")} fails a broad one, as an object and as text`, () => {
        const [broad, expected] = BROAD[kind];
        assert.deepEqual(judged(type, nested(steps, broad) as object), [expected]);
        assert.deepEqual(judged(type, nested(steps, JSON.stringify(broad)) as object), [expected]);
      });

      it(`${type} ${steps.join(".")} names what is not known yet`, () => {
        const { located, unknowns } = judgeGrants(type, nested(steps, UNKNOWN_MARKS[2]), NOTHING_KNOWN);
        assert.deepEqual(located, []);
        assert.deepEqual(unknowns, [steps.join(".").replaceAll(".*", "[0]")]);
      });
    }
  }
});

describe("aws:organizations/policy:Policy", () => {
  const type = "aws:organizations/policy:Policy";
  const tags = JSON.stringify({ tags: { Team: { tag_key: { "@@assign": "Team" } } } });

  it("is judged as a control policy, and other kinds of policy are left alone", () => {
    assert.deepEqual(judged(type, { type: "TAG_POLICY", content: tags }), []);
    assert.deepEqual(
      judged(type, { type: "SERVICE_CONTROL_POLICY", content: tags }),
      Array(2).fill("error readable-policies"),
    );
    const everybody = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    assert.deepEqual(judged(type, { type: "RESOURCE_CONTROL_POLICY", content: document(everybody) }), []);
  });
});

describe("managed policies where they are attached", () => {
  const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
  const OWN = `arn:aws:iam::${ACCOUNT}:policy/app`;

  for (const [type, places] of ATTACHMENT_PLACES) {
    for (const { path: steps } of places) {
      it(`${type} ${steps.join(".")} takes a policy of our own and refuses AdministratorAccess`, () => {
        assert.deepEqual(judged(type, nested(steps, OWN) as object), []);
        assert.deepEqual(judged(type, nested(steps, ADMINISTRATOR) as object), [
          "error no-broad-managed-policies",
        ]);
      });
    }
  }

  it("a chat channel without guardrail is one with AdministratorAccess", () => {
    const type = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
    assert.deepEqual(judged(type, { configurationName: "releases" }), ["error no-broad-managed-policies"]);
  });
});

describe("judgeGrants", () => {
  const types = [
    ...new Set([...DOCUMENT_PLACES.keys(), ...IMPLIED_GRANTS.keys(), ...ATTACHMENT_PLACES.keys()]),
  ];
  const names = [
    ...[...DOCUMENT_PLACES.values(), ...ATTACHMENT_PLACES.values()].flatMap((places) =>
      places.flatMap((place) => place.path),
    ),
    ...[
      "principal",
      "condition",
      "operations",
      "permissions",
      "grants",
      "acl",
      "accessScope",
      "policyArn",
      "sharedAccounts",
    ],
  ].filter((name) => name !== "*");
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, 7, "", "*", "x", "{}", '{"Statement": []}', UNKNOWN_MARKS[2]),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(...names, "Statement", "Effect", "Action", "type", "accountIds"),
        tie("value"),
        { maxKeys: 4 },
      ),
    ),
  })).value;

  it("takes whatever properties a program can give a resource", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 }),
        (type, properties) => {
          judgeGrants(type, properties, NOTHING_KNOWN);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
