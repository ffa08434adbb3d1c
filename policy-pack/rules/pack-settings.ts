import type { ResourceRule, Violation } from "../rule";
import { configure, SETTINGS_SCHEMA } from "../settings";

/** The problems that were reported last; they are those of the stack, so its first resource tells them for all. */
let reportedProblems = "";

/** Takes the pack's settings over, and tells what is wrong with them. */
export const packSettings: ResourceRule = {
  name: "pack-settings",
  description: "The pack's settings and exceptions are complete and correct.",
  severity: "high",
  remedy: "Correct the setting or the exception that the message names.",
  page: "docs/rules/pack-settings.md",
  settingsSchema: SETTINGS_SCHEMA,
  judgeResource: (resource): Violation[] => {
    const { problems } = configure(resource.ruleSettings());
    const key = problems.join("\n");
    if (reportedProblems === key) return [];
    reportedProblems = key;
    return problems.map((problem) => ({ message: `${problem}. (docs/rules/pack-settings.md)` }));
  },
};
