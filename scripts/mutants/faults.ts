import type { Fault } from "./fault";
import { accessFaults } from "./faults/access";
import { changeFaults } from "./faults/changes";
import { chatFaults } from "./faults/chat";
import { componentFaults } from "./faults/components";
import { costFaults } from "./faults/cost";
import { definitionFaults } from "./faults/definitions";
import { deliveryFaults } from "./faults/delivery";
import { evaluatorFaults } from "./faults/evaluator";
import { explainFaults } from "./faults/explain";
import { guardrailFaults } from "./faults/iam-guardrails";
import { honestApplicationFaults } from "./faults/honest-applications";
import { iamResourceFaults } from "./faults/iam-resources";
import { iamRoleFaults } from "./faults/iam-roles";
import { inputFaults } from "./faults/input";
import { limitFaults } from "./faults/limits";
import { nameFaults } from "./faults/names";
import { pageFaults } from "./faults/page";
import { policyPackFaults } from "./faults/policy-pack";
import { policyPackCallerFaults } from "./faults/policy-pack-callers";
import { policyPackJudgeFaults } from "./faults/policy-pack-judge";
import { previewFaults } from "./faults/preview";
import { previewProcessFaults } from "./faults/preview-processes";
import { proofFaults } from "./faults/proof";
import { settingsFaults } from "./faults/settings";

/** All faults; each room's stand in a file of its name. */
export const faults: readonly Fault[] = [
  ...nameFaults,
  ...inputFaults,
  ...settingsFaults,
  ...definitionFaults,
  ...iamResourceFaults,
  ...iamRoleFaults,
  ...guardrailFaults,
  ...deliveryFaults,
  ...accessFaults,
  ...componentFaults,
  ...chatFaults,
  ...previewFaults,
  ...previewProcessFaults,
  ...costFaults,
  ...evaluatorFaults,
  ...explainFaults,
  ...limitFaults,
  ...proofFaults,
  ...pageFaults,
  ...changeFaults,
  ...policyPackFaults,
  ...policyPackJudgeFaults,
  ...policyPackCallerFaults,
  ...honestApplicationFaults,
];
