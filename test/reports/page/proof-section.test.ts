import assert from "node:assert/strict";
import { proofSection } from "../../../reports/page/proof-section";
import type { AccessPath, Answer, AnsweredQuestion, ProofReport } from "../../../reports/proof/report";

function answers(count: number, answer: Answer): AnsweredQuestion[] {
  return Array.from({ length: count }, (_, index) => ({
    id: "read-others-logs",
    question: `Can shop-${String(index)} read or write logs of another application?`,
    expected: "no",
    answer,
    because: [],
    example: "",
    evaluated: 1,
  }));
}

function ways(count: number): AccessPath[] {
  return Array.from({ length: count }, (_, index) => ({
    summary: `way ${String(index)}`,
    answer: "yes",
    from: "shop",
    to: "till",
    steps: [],
  }));
}

function htmlOf(report: Partial<ProofReport>): string {
  return proofSection({ version: 1, questions: [], paths: [], evaluated: 5000, ...report });
}

const times = (html: string, word: string): number => html.split(word).length - 1;

describe("the proof on the page", () => {
  it("has one line for a question that was asked of every application, and a dozen of its answers", () => {
    const html = htmlOf({ questions: answers(300, "no") });
    assert.equal(times(html, "<h3>"), 1);
    assert.ok(html.includes("<h3>Between applications</h3>"));
    assert.ok(
      html.includes(
        "<summary>✔ Can an application read or write logs of another application? no <small>300 ×</small></summary>",
      ),
      html,
    );
    assert.equal(times(html, "✔ Can shop-"), 12);
    assert.ok(html.includes("… and 288 more answers: <code>slipway prove --verbose</code> has them all."));
    assert.ok(html.includes("300 answers, from 5,000 evaluated requests."));
  });

  it("lists what is not as expected first, whatever else was answered", () => {
    const html = htmlOf({ questions: [...answers(20, "no"), ...answers(2, "unknown")] });
    assert.ok(
      html.indexOf("<h3>Not as expected <small>2</small></h3>") < html.indexOf("Between applications"),
    );
    assert.ok(
      html.includes("<b>✖ Can shop-1 read or write logs of another application?</b> unknown (expected: no)"),
    );
    assert.ok(
      html.includes(
        "<summary>✖ Can an application read or write logs of another application? 2 of 22 answers not as expected</summary>",
      ),
      html,
    );
    assert.ok(html.includes("… and 8 more answers:"));
  });

  it("lists a hundred ways, and says how many more there are", () => {
    const html = htmlOf({ paths: ways(101) });
    assert.equal(times(html, "✖ way "), 100);
    assert.ok(html.includes("… and 1 more way: <code>slipway prove --json</code> has them all."));
    assert.ok(!html.includes("No way leads"));
  });

  it("leaves nothing out of a small proof", () => {
    const html = htmlOf({ questions: answers(1, "no"), paths: [] });
    assert.ok(
      html.includes("<summary>✔ Can an application read or write logs of another application? no</summary>"),
    );
    assert.ok(!html.includes("more"));
    assert.ok(
      html.includes("✔ No way leads from one application or environment into another, nor in from outside."),
    );
  });
});
