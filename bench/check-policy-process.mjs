/** The compiled command, saying its peak memory and its CPU time at the end. Used by `policy-pack.ts`. */
import { main } from "../policy-pack/bin/check.js";

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(`peak ${Math.round(maxRSS / 1024)} cpu ${(userCPUTime + systemCPUTime) / 1e6}\n`);
});
process.argv.splice(2, 0, "check");
main("slipway-policy-pack", "check");
