/** What CodePipeline answers to a pipeline that it refuses. */
import { AwsError } from "../errors";

export const structure = "InvalidStructureException";
export const action = "InvalidActionDeclarationException";

/** Of a pipeline, a stage, an action, a rule. */
export const namePattern = /^[A-Za-z0-9.@\-_]{1,100}$/;

export function refuse(code: string, message: string): never {
  throw new AwsError(code, message);
}
