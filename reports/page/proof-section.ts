import { plural } from "../pipelines";
import type { AccessStep, AnsweredQuestion, DecidingStatement, ProofReport } from "../proof/report";
import { escape, list, section } from "./html";

/** The questions with their answers, and every way across a border, statement by statement. */
export function proofSection({ questions, paths, evaluated }: ProofReport): string {
  const wrong = questions.filter(({ expected, answer }) => expected !== answer);
  const right = questions.filter(({ expected, answer }) => expected === answer);
  const ways =
    paths.length === 0
      ? '<p class="good">✔ No way leads from one application or environment into another one.</p>'
      : `<ol class="ways">${paths
          .map(
            ({ summary, steps }) =>
              `<li class="violation"><h4>✖ ${escape(summary)}</h4><ol>${steps.map((step) => `<li>${stepText(step)}</li>`).join("")}</ol></li>`,
          )
          .join("")}</ol>`;
  const unexpected =
    wrong.length === 0
      ? ""
      : `<h3>Not as expected <small>${String(wrong.length)}</small></h3>${list(wrong.map(question), "answers")}`;
  const expected = `<details><summary>${plural(right.length, "question")} answered as expected</summary>${list(right.map(question), "answers")}</details>`;
  const count = `<p class="soft">${evaluated.toLocaleString("en-US")} requests were answered.</p>`;
  return section(
    "proof",
    "Proof of isolation",
    ways + unexpected + (right.length === 0 ? "" : expected) + count,
  );
}

export function noProofSection(reason: string): string {
  return section("proof", "Proof of isolation", `<p>${escape(reason)}</p>`);
}

function stepText({ principal, action, resource, because }: AccessStep): string {
  return `<code>${escape(principal)}</code> does <code>${escape(action)}</code> on <code>${escape(resource)}</code>${list(because.map(reason))}`;
}

function question({ question: asked, expected, answer, because }: AnsweredQuestion): string {
  const wrong = expected === answer ? "✔ " : "✖ ";
  const wanted = expected === answer ? "" : ` (expected: ${expected})`;
  return `<b>${wrong}${escape(asked)}</b> ${escape(answer + wanted)}${list(because.map(reason))}`;
}

function reason({
  stack,
  urn,
  path,
  statement,
  effect,
  subject,
  document,
  reason: why,
}: DecidingStatement): string {
  // An account's administrator and AWS's own policies are assumed: they stand nowhere.
  if (urn === "") return escape(`${effect} “${statement}”: ${why} ${subject}, ${document}`);
  return `${escape(`${effect} “${statement}”: ${why}`)} <button class="place" data-urn="${escape(urn)}" data-stack="${escape(stack)}">${escape(`${stack}, ${nameIn(urn)}, ${path}`)}</button>`;
}

/** The name at the end of a URN. */
function nameIn(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
