/** `slipway check-policy` alone, saying its peak memory at the end. Used by `policy-pack.ts`. */
import { checkPolicyCommand } from "../cli/check-policy";

process.on("exit", () => {
  process.stderr.write(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
});
void checkPolicyCommand().parseAsync(process.argv.slice(2), { from: "user" });
