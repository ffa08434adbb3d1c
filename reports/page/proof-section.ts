import { plural } from "../pipelines";
import type {
  AccessPath,
  AccessStep,
  AnsweredQuestion,
  DecidingStatement,
  ProofReport,
} from "../proof/report";
import { byTopic, type TopicQuestion } from "../proof/topics";
import { escape, list, section } from "./html";

/**
 * How many answers of one kind are listed. Each says the same of another application, and a page has room for what people
 * read; the command says them all.
 */
const listedAnswers = 12;
/** How many ways, and how many answers that differ, are listed: a hole in a shared document opens hundreds of the same kind. */
const listedFaults = 100;

/** Every way across a border, statement by statement; what is not as expected; and one line for each question. */
export function proofSection({ questions, paths, evaluated }: ProofReport): string {
  const topics = byTopic(questions);
  const differing = questions.filter(({ expected, answer }) => expected !== answer);
  const count = `${plural(questions.length, "answer")}, from ${evaluated.toLocaleString("en-US")} evaluated requests.`;
  return section(
    "proof",
    "Proof of isolation",
    ways(paths) +
      differences(differing) +
      topics.map(({ title, questions: asked }) => topicText(title, asked)).join("") +
      `<p class="soft">${count}</p>`,
  );
}

function ways(paths: readonly AccessPath[]): string {
  if (paths.length === 0)
    return '<p class="good">✔ No way leads from one application or environment into another, nor in from outside.</p>';
  const listed = paths.slice(0, listedFaults).map(({ summary, steps }) => {
    const chain = steps.map((step) => `<li>${stepText(step)}</li>`).join("");
    return `<li class="violation"><h4>✖ ${escape(summary)}</h4><ol>${chain}</ol></li>`;
  });
  return `<ol class="ways">${listed.join("")}</ol>${more(paths.length - listed.length, "way", "--json")}`;
}

function differences(differing: readonly AnsweredQuestion[]): string {
  if (differing.length === 0) return "";
  const listed = differing.slice(0, listedFaults);
  return (
    `<h3>Not as expected <small>${String(differing.length)}</small></h3>${list(listed.map(answerText), "answers")}` +
    more(differing.length - listed.length, "answer", "--json")
  );
}

function topicText(title: string, asked: readonly TopicQuestion[]): string {
  return `<h3>${escape(title)}</h3>${asked.map(questionText).join("")}`;
}

function questionText({ sentence, answered, differing }: TopicQuestion): string {
  const asExpected = answered.filter(({ answer, expected }) => answer === expected);
  const listed = asExpected.slice(0, listedAnswers);
  const [verdict, result] =
    differing.length === 0
      ? ["✔", escape(answered[0]?.answer ?? "")]
      : ["✖", `${String(differing.length)} of ${plural(answered.length, "answer")} not as expected`];
  const times =
    differing.length > 0 || answered.length === 1 ? "" : ` <small>${String(answered.length)} ×</small>`;
  return (
    `<details class="question"><summary>${verdict} ${escape(sentence)} ${result}${times}</summary>` +
    `${list(listed.map(answerText), "answers")}${more(asExpected.length - listed.length, "answer", "--verbose")}</details>`
  );
}

/** Says what is left out, and which option of the command shows it. */
function more(count: number, noun: string, option: string): string {
  return count === 0
    ? ""
    : `<p class="soft">… and ${plural(count, `more ${noun}`)}: <code>slipway prove ${option}</code> has them all.</p>`;
}

function stepText({ principal, action, resource, because }: AccessStep): string {
  return `<code>${escape(principal)}</code> does <code>${escape(action)}</code> on <code>${escape(resource)}</code>${list(because.map(reason))}`;
}

function answerText({ question: asked, expected, answer, because }: AnsweredQuestion): string {
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
