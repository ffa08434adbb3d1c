/** Exceptions to paste into the pack. What must still be filled in goes to standard error. */
import { exemptionProblems, proposeExemption, type Exemption } from "../lib/govern/exemptions";
import type { Output } from "./outcome";

/** What people say of the exceptions. */
export interface ProposalArguments {
  readonly stack?: string;
  readonly urn?: string;
  readonly reason?: string;
  readonly owner?: string;
  readonly ticket?: string;
  readonly expires?: string;
}

export function proposalOutput({ stack, urn, reason, owner, ticket, expires }: ProposalArguments): Output {
  const about = Object.fromEntries(
    Object.entries({ stack, urn, reason, owner, ticket, expires }).filter(([, value]) => value !== undefined),
  );
  const entries: Exemption[] = [];
  return {
    begin: () => "",
    file: ({ grants }) => {
      const proposed = grants
        .flatMap(({ findings }) => findings)
        .filter(({ located }) => located.finding.severity === "error")
        .map(({ located }) => proposeExemption(located, about));
      entries.push(...proposed);
      return proposed.map((entry) => `${JSON.stringify(entry, null, 2)},\n`).join("");
    },
    end: () => {
      for (const problem of exemptionProblems(entries)) process.stderr.write(`${problem}\n`);
      return "";
    },
  };
}
