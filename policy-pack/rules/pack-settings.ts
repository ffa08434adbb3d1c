import type { ResourceValidationPolicy } from "@pulumi/policy";
import { SETTINGS_SCHEMA, configure } from "../options";
import { send } from "../report";

let reported = "";

export const packSettings: ResourceValidationPolicy = {
  name: "pack-settings",
  description: "The pack's options and exceptions are complete and correct.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Correct the option or the exception that the message names.",
  url: "docs/rules/pack-settings.md",
  configSchema: SETTINGS_SCHEMA,
  validateResource: (args, report) => {
    const { problems } = configure(args.getConfig());
    // Once for the whole stack, at whichever resource comes first.
    const key = problems.join("\n");
    if (reported === key) return;
    reported = key;
    for (const problem of problems)
      send(report, { message: `${problem}. (docs/rules/pack-settings.md)`, severity: "high" });
  },
};
