/** `slipway check-policy` alone, saying its peak memory and its CPU time at the end. Used by `policy-pack.ts`. */
import { checkPolicyCommand } from "../cli/check-policy";

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(`peak ${Math.round(maxRSS / 1024)} cpu ${(userCPUTime + systemCPUTime) / 1e6}\n`);
});
void checkPolicyCommand().parseAsync(process.argv.slice(2), { from: "user" });
