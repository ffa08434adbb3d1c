import assert from "node:assert/strict";
import { keepRules } from "../../../reports/cost/images";
import { UNKNOWN, type Json } from "../../../preview/preview-document";
import { resource } from "./documents";

function rulesOf(policy: Json): object[] {
  const inputs = { repository: "slipway/shop", policy };
  return keepRules("slipway/shop", [resource("aws:ecr/lifecyclePolicy:LifecyclePolicy", "shop", inputs)]);
}

const rule = (selection: Readonly<Record<string, Json>>): Json => ({ rules: [{ selection }] });

describe("the images that a repository keeps", () => {
  it("are read from the lifecycle, whether it is text or not", () => {
    const policy = rule({
      countType: "imageCountMoreThan",
      countNumber: 7,
      tagPrefixList: ["deployed.prod-eu."],
    });
    const wanted = [{ environment: "prod-eu", images: 7 }];
    assert.deepEqual(rulesOf(policy), wanted);
    assert.deepEqual(rulesOf(JSON.stringify(policy)), wanted);
  });

  it("are not limited by what is not known or says nothing of a number", () => {
    assert.deepEqual(rulesOf(UNKNOWN), []);
    assert.deepEqual(rulesOf(rule({ countType: "sinceImagePushed", countNumber: 7 })), []);
    assert.deepEqual(keepRules("slipway/other", []), []);
  });
});
