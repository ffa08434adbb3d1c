import type { Fault } from "./fault";
import { accessFaults } from "./faults/access";
import { componentFaults } from "./faults/components";
import { deliveryFaults } from "./faults/delivery";
import { guardrailFaults } from "./faults/iam-guardrails";
import { iamResourceFaults } from "./faults/iam-resources";
import { iamRoleFaults } from "./faults/iam-roles";
import { nameFaults } from "./faults/names";

/** All faults; each room's stand in a file of its name. */
export const faults: readonly Fault[] = [
  ...nameFaults,
  ...iamResourceFaults,
  ...iamRoleFaults,
  ...guardrailFaults,
  ...deliveryFaults,
  ...accessFaults,
  ...componentFaults,
];
