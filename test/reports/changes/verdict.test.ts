import assert from "node:assert/strict";
import { changesOf } from "../../../reports/changes/changes";
import { passedLimits, type Limit } from "../../../reports/changes/verdict";
import { resource } from "../cost/documents";
import { platform, role, rolePolicy, shopMay } from "./platform";

const topics = (...names: readonly string[]): ReturnType<typeof platform> =>
  platform(...names.map((name) => resource("aws:sns/topic:Topic", name, { name })));
const key = resource("aws:kms/key:Key", "key");
const passed = (
  before: ReturnType<typeof platform>,
  after: ReturnType<typeof platform>,
  ...limits: readonly Limit[]
): string[] => passedLimits(changesOf("base", before, after), limits);

describe("limits of a change", () => {
  it("name what is removed and replaced", () => {
    const renamed = platform(resource("aws:sns/topic:Topic", "a", { name: "other" }));
    assert.deepEqual(passed(topics("a", "b"), renamed, { kind: "removal" }, { kind: "replacement" }), [
      "1 resource would be removed: b (cicd).",
      "1 resource would be replaced: a (cicd).",
    ]);
    assert.deepEqual(passed(topics("a", "b", "c", "d", "e", "f"), platform(), { kind: "removal" }), [
      "6 resources would be removed: a (cicd), b (cicd), c (cicd), d (cicd), e (cicd) and 1 more.",
    ]);
    assert.deepEqual(passed(topics("a"), topics("a", "b"), { kind: "removal" }, { kind: "replacement" }), []);
  });

  it("count what nobody can tell as wider", () => {
    const read = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    const of = (range: string): ReturnType<typeof platform> =>
      shopMay({ ...read, Condition: { IpAddress: { "aws:SourceIp": range } } });
    const wide = "1 permission may be wider than before.";
    assert.deepEqual(passed(of("10.0.0.0/8"), of("10.0.0.0/16"), { kind: "widening" }), [wide]);
    assert.deepEqual(passed(shopMay(read), platform(role("shop")), { kind: "widening" }), []);
    assert.deepEqual(
      passed(platform(role("shop")), platform(role("shop"), rolePolicy("shop", "p", read)), {
        kind: "widening",
      }),
      [wide],
    );
  });

  it("compare the rise of the cost, in USD a month", () => {
    assert.deepEqual(passed(platform(), platform(key), { kind: "cost", usd: 0.99 }), [
      "the cost changes by +1.00 USD a month, more than the 0.99 allowed.",
    ]);
    assert.deepEqual(passed(platform(), platform(key), { kind: "cost", usd: 1 }), []);
    assert.deepEqual(passed(platform(key), platform(), { kind: "cost", usd: 0 }), []);
  });

  it("count exposures", () => {
    const open = { ...role("shop", { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }) };
    assert.deepEqual(passed(platform(role("shop")), platform(open), { kind: "exposure" }), [
      "1 exposure to the world, to strangers or to a whole account.",
    ]);
  });
});
