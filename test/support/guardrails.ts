import { planGuardrails } from "../../access/organization-access";
import { document } from "../../iam/document";
import { platform } from "./platform";
import { anyAllows, type Request } from "./policy-evaluator";

const guardrails = planGuardrails(platform);
const administrator = document({ Sid: "Administrator", Effect: "Allow", Action: ["*"], Resource: ["*"] });

/** Whether the guardrails of an account leave a request to a principal of it, such as `role/Admin`, who may do everything there. */
export function isLeft(accountId: string, principal: string, request: Request): boolean {
  const documents = guardrails.filter((plan) => plan.accountId === accountId).map((plan) => plan.document);
  const context = { ...request.context, "aws:PrincipalArn": `arn:aws:iam::${accountId}:${principal}` };
  return anyAllows([administrator, ...documents], { ...request, context });
}
