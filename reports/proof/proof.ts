import type { PreviewDocument } from "../../preview/preview-document";
import { Interview } from "./answers";
import { pathsOf } from "./paths";
import { shippedQuestions } from "./questions";
import type { ProofReport } from "./report";
import { surveyOf } from "./survey";

/** Answers the shipped questions on a platform, and searches every way from one application or environment into another. */
export function proofOf(document: PreviewDocument): ProofReport {
  const survey = surveyOf(document);
  const interview = new Interview(survey);
  const questions = shippedQuestions.flatMap((question) => interview.answer(question));
  const asked = questions.reduce((sum, { evaluated }) => sum + evaluated, 0);
  const { inquiry } = survey;
  const before = inquiry.evaluated;
  const paths = pathsOf(survey);
  return { version: 1, questions, paths, evaluated: asked + inquiry.evaluated - before };
}
