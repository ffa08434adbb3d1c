import assert from "node:assert/strict";
import type { PreviewedResource } from "../../../preview/preview-document";
import { matchResources } from "../../../reports/changes/matching";
import { documentOf, resource, stack } from "../cost/documents";
import { platform } from "./platform";

const topic = (name: string, aliases: readonly string[] = []): PreviewedResource => ({
  ...resource("aws:sns/topic:Topic", name),
  ...(aliases.length === 0 ? {} : { aliases }),
});
const urnOf = (name: string): string => topic(name).urn;

function matched(before: readonly PreviewedResource[], after: readonly PreviewedResource[]): string[] {
  return matchResources(platform(...before), platform(...after)).map(
    (pair) => `${pair.before?.name ?? "nothing"} → ${pair.after?.name ?? "nothing"}`,
  );
}

describe("the resources of two previews", () => {
  it("are matched by URN", () => {
    assert.deepEqual(matched([topic("a"), topic("b")], [topic("b"), topic("c")]), [
      "b → b",
      "nothing → c",
      "a → nothing",
    ]);
  });

  it("are matched by an alias where the URN is new", () => {
    assert.deepEqual(matched([topic("a")], [topic("b", [urnOf("other"), urnOf("a")])]), ["a → b"]);
  });

  it("keep their own URN although another resource names it as an alias", () => {
    assert.deepEqual(matched([topic("a")], [topic("b", [urnOf("a")]), topic("a")]), ["nothing → b", "a → a"]);
  });

  it("are each matched once", () => {
    const aliases = [urnOf("a")];
    assert.deepEqual(matched([topic("a")], [topic("b", aliases), topic("c", aliases)]), [
      "a → b",
      "nothing → c",
    ]);
  });

  it("are those of stacks that are new or gone too, without components, providers and the stacks themselves", () => {
    const others = [
      { ...resource("shop:index:Job", "job"), custom: false },
      resource("pulumi:providers:aws", "default"),
    ];
    const before = documentOf(stack("dev", [topic("a"), ...others]));
    const after = documentOf(stack("prod", [topic("a"), ...others]));
    assert.deepEqual(
      matchResources(before, after).map((pair) => [pair.stack, pair.before?.name, pair.after?.name]),
      [
        ["dev", "a", undefined],
        ["prod", undefined, "a"],
      ],
    );
  });
});
