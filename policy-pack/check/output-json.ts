/** One JSON document, a line for each document that was checked. */
import { reportedFinding, type CheckedGrant } from "../lib/check/check-source";
import { isRead, notChecked, type CheckedFile, type NotChecked, type Output } from "./outcome";

export function jsonOutput(): Output {
  let separator = "";
  let checked = 0;
  const missing: NotChecked[] = [];
  const line = (document: object): string => {
    const text = `${separator}\n${JSON.stringify(document)}`;
    separator = ",";
    return text;
  };
  return {
    begin: () => '{ "version": 1, "documents": [',
    file: (result) => {
      missing.push(...notChecked(result));
      checked += result.grants.filter(isRead).length;
      if (result.error !== null) return line(documentOf(result, NOTHING));
      return result.grants.map((grant) => line(documentOf(result, grant))).join("");
    },
    end: () =>
      `\n], "checked": ${checked}, "notChecked": ${JSON.stringify(missing.map(({ file, why }) => ({ file, why })))} }\n`,
  };
}

const NOTHING: CheckedGrant = { name: null, line: 1, findings: [], unknowns: [] };

function documentOf({ file, error }: CheckedFile, { name, line, findings, unknowns }: CheckedGrant): object {
  return { file, name, line, findings: findings.map(reportedFinding), unknowns, error };
}
