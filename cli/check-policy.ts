import type { Command } from "commander";
import { checkCommand } from "../policy-pack/check/command";

/** `slipway check-policy`: the pack's own command, under the name that it has here. */
export function checkPolicyCommand(): Command {
  return checkCommand("check-policy", "slipway check-policy");
}
