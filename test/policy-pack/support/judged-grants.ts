import { judgeGrants } from "../../../policy-pack/lib/judge/resource-grants";

export const NOTHING_KNOWN = { accounts: [], organizations: [] };

/** `severity rule` of every finding but notes. */
export function judged(type: string, properties: object): string[] {
  return judgeGrants(type, properties, NOTHING_KNOWN)
    .located.filter(({ finding }) => finding.severity !== "note")
    .map(({ finding }) => `${finding.severity} ${finding.rule}`);
}
