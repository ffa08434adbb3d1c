import type { Fault } from "./fault";
import { accessFaults } from "./faults/access";
import { componentFaults } from "./faults/components";
import { deliveryFaults } from "./faults/delivery";
import { iamFaults } from "./faults/iam";
import { nameFaults } from "./faults/names";

/** All faults; each room's stand in a file of its name. */
export const faults: readonly Fault[] = [
  ...nameFaults,
  ...iamFaults,
  ...deliveryFaults,
  ...accessFaults,
  ...componentFaults,
];
