import fc from "fast-check";
import type { Request } from "../../evaluator/evaluate";
import {
  ACCOUNT,
  alice,
  aliceArn,
  anonymous,
  codebuild,
  deployer,
  deployerArn,
  deployerSession,
  OTHER_ACCOUNT,
  root,
  type Documents,
  type Statement,
} from "./cases";

/** The layers of one request, each with its statements. */
export const layers = [
  "identity",
  "boundary",
  "session",
  "resource",
  "serviceControl",
  "resourceControl",
] as const;
export type LayerKey = (typeof layers)[number];
export type Layered = Readonly<Partial<Record<LayerKey, readonly Statement[]>>>;

export function documentsOf({ serviceControl, resourceControl, ...others }: Layered): Documents {
  return {
    ...others,
    ...(serviceControl && { serviceControl: [serviceControl] }),
    ...(resourceControl && { resourceControl: [resourceControl] }),
  };
}

const actions = ["s3:GetObject", "s3:PutObject", "kms:Decrypt"] as const;
const resources = [
  "arn:aws:s3:::reports/a.csv",
  "arn:aws:s3:::logs/red",
  `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`,
] as const;

const several = (values: readonly string[]): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

const action = several([...actions, "s3:*", "s3:Get*", "*"]);
const resource = several([...resources, "arn:aws:s3:::reports/*", "arn:aws:s3:::logs/re?", "*"]);
const named = fc.constantFrom<unknown>(
  "*",
  { AWS: aliceArn },
  { AWS: [aliceArn, deployerArn] },
  { AWS: deployerArn },
  { AWS: deployerSession },
  { AWS: ACCOUNT },
  { AWS: OTHER_ACCOUNT },
  { Service: "codebuild.amazonaws.com" },
);

/** Values that the request's keys have. */
export const values = ["red", "blue"] as const;

/** Conditions on one key that hold for some of the values, or without one, and for others do not. */
const condition = fc.constantFrom<Statement>(
  { operator: "StringEquals", wanted: "red" },
  { operator: "StringNotEquals", wanted: ["red", "green"] },
  { operator: "StringLike", wanted: "r*" },
  { operator: "StringEqualsIfExists", wanted: "blue" },
  { operator: "StringNotLikeIfExists", wanted: "b?ue" },
  { operator: "ForAllValues:StringEquals", wanted: ["red"] },
  { operator: "ForAnyValue:StringLike", wanted: ["*"] },
  { operator: "Null", wanted: "true" },
  { operator: "Null", wanted: "false" },
);

/** @param key the conditions' key, by a number */
export function statement(key: (number: number) => string): fc.Arbitrary<Statement> {
  const conditions = fc.option(fc.record({ test: condition, number: fc.nat(4) }), { nil: undefined });
  return fc
    .record({
      effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
      actionElement: fc.constantFrom("Action", "Action", "NotAction"),
      action,
      resourceElement: fc.constantFrom("Resource", "Resource", "NotResource"),
      resource,
      principal: named,
      conditions,
    })
    .map(({ effect, actionElement, resourceElement, principal, conditions: one, ...lists }) => ({
      Effect: effect,
      [actionElement]: lists.action,
      [resourceElement]: lists.resource,
      Principal: principal,
      ...(one && {
        Condition: { [String(one.test["operator"])]: { [key(one.number)]: one.test["wanted"] } },
      }),
    }));
}

const wide = named.map((principal) => ({
  Effect: "Allow",
  Action: "*",
  Resource: "*",
  Principal: principal,
}));

/** A document for each layer, or none; most allow much, since else hardly any request is allowed by all layers. */
export const layered: fc.Arbitrary<Layered> = (() => {
  const narrow = fc.array(
    statement((number) => `test:Key${number}`),
    { maxLength: 2 },
  );
  const document = fc.oneof(narrow, {
    arbitrary: fc.tuple(wide, narrow).map(([first, others]) => [first, ...others]),
    weight: 3,
  });
  const perhaps = fc.option(document, { nil: undefined });
  return fc
    .record({
      identity: document,
      boundary: perhaps,
      session: perhaps,
      resource: perhaps,
      serviceControl: perhaps,
      resourceControl: perhaps,
    })
    .map(
      (all) => Object.fromEntries(Object.entries(all).filter(([, list]) => list !== undefined)) as Layered,
    );
})();

const value = fc.option(fc.constantFrom(...values), { nil: undefined });

/** A request whose five keys have one value or none. */
export const request: fc.Arbitrary<Request> = fc
  .record({
    principal: fc.constantFrom(alice, deployer, root, codebuild, anonymous),
    action: fc.constantFrom(...actions),
    resource: fc.constantFrom(...resources),
    resourceAccount: fc.constantFrom(ACCOUNT, ACCOUNT, OTHER_ACCOUNT),
    keys: fc.tuple(value, value, value, value, value),
  })
  .map(({ keys, ...rest }) => ({
    ...rest,
    context: Object.fromEntries(keys.map((known, number) => [`test:Key${number}`, known ?? []])),
  }));
