/** The answers of a proof by topic, one entry for each question whatever the number of applications that it was asked of. */
import { shippedQuestions, topics } from "./questions";
import type { AnsweredQuestion } from "./report";

export interface Topic {
  readonly title: string;
  readonly questions: readonly TopicQuestion[];
}

export interface TopicQuestion {
  /** In general words, such as `Can a job of an application read what another application built?`. */
  readonly sentence: string;
  /** At least one. */
  readonly answered: readonly AnsweredQuestion[];
  /** Those of them whose answer is not the expected one. */
  readonly differing: readonly AnsweredQuestion[];
}

/** Questions that were asked of nothing, and topics without a question, are left out. */
export function byTopic(questions: readonly AnsweredQuestion[]): readonly Topic[] {
  return topics
    .map((title) => ({
      title,
      questions: shippedQuestions
        .filter(({ topic }) => topic === title)
        .map(({ id, question }) =>
          topicQuestion(
            question,
            questions.filter((one) => one.id === id),
          ),
        )
        .filter(({ answered }) => answered.length > 0),
    }))
    .filter((topic) => topic.questions.length > 0);
}

function topicQuestion(question: string, answered: readonly AnsweredQuestion[]): TopicQuestion {
  return {
    sentence: question.replaceAll(/\{(\w+)\}/g, (_, name: string) => general[name] ?? name),
    answered,
    differing: answered.filter(({ answer, expected }) => answer !== expected),
  };
}

const general: Readonly<Record<string, string>> = {
  application: "an application",
  environment: "an environment",
};
