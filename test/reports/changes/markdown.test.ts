import assert from "node:assert/strict";
import { renderChangesMarkdown } from "../../../reports/changes/markdown";
import { everyKind, nothingChanged } from "./reports";

describe("the Markdown of changes", () => {
  it("has what opens and widens first, and folds the rest", () => {
    const titles = [
      ...renderChangesMarkdown(everyKind()).matchAll(/^(?:### |<details><summary>)(.*?)(?:<|$)/gm),
    ];
    assert.deepEqual(
      titles.map(([, title]) => title),
      [
        "🔴 Open to the world, to strangers or to a whole account",
        "🔴 Lost with what they hold",
        "🟠 More may be done",
        "🟠 Releases that run while this is deployed end",
        "Cost",
        "New roles and policies (2)",
        "Less may be done (2)",
        "Resources (6)",
      ],
    );
  });

  it("says when there is nothing", () => {
    assert.equal(
      renderChangesMarkdown(nothingChanged()),
      "## Slipway changes: none\n\nCompared with `main, commit 1234567`.\n",
    );
  });
});
