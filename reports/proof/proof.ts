import type { PreviewDocument } from "../../preview/preview-document";
import { Interview } from "./answers";
import { estateOf } from "./estate";
import { graphOf } from "./graph";
import { pathsOf } from "./paths";
import { shippedQuestions } from "./questions";
import type { ProofReport } from "./report";
import { Inquiry } from "./session";

/** Answers the shipped questions on a platform, and searches every way from one application or environment into another. */
export function proofOf(document: PreviewDocument): ProofReport {
  const graph = graphOf(document);
  const estate = estateOf(graph);
  const inquiry = new Inquiry(graph);
  const interview = new Interview(inquiry, estate);
  const questions = shippedQuestions.flatMap((question) => interview.answer(question));
  const before = inquiry.evaluated;
  const paths = pathsOf(inquiry, estate);
  const asked = questions.reduce((sum, { evaluated }) => sum + evaluated, 0);
  return { version: 1, questions, paths, evaluated: asked + inquiry.evaluated - before };
}
