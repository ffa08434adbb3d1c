/** A SARIF log; GitHub reads its paths from the repository's root. */
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import {
  MOST_RESULTS,
  sarifBegin,
  sarifEnd,
  sarifResult,
  uriOf,
  type SarifNotification,
  type SarifRule,
} from "../lib/check/sarif";
import { GRANT_RULES } from "../rule-list";
import type { RuleName } from "../lib/judge/findings";
import pack from "../package.json";
import { notChecked, type Output } from "./outcome";
import { pageText } from "./pages";

/** `exitCode` is asked for at the end. */
export function sarifOutput(exitCode: () => number): Output {
  const rules = GRANT_RULES.map((rule): SarifRule => {
    // The list holds the rules that findings can name.
    const name = rule.name as RuleName;
    return { ...rule, name, page: pageText(name) };
  });
  const root = repositoryRoot(process.cwd());
  const uri = (file: string): string => uriOf(file === "-" ? file : path.relative(root, path.resolve(file)));
  const notifications: SarifNotification[] = [];
  let results = 0;
  return {
    begin: () => sarifBegin(pack.version, rules),
    file: (result) => {
      const at = uri(result.file);
      notifications.push(
        ...notChecked(result).map(({ why, isFault }) => ({ uri: at, text: `${why}.`, isFault })),
      );
      const all = result.grants.flatMap(({ name, findings }) =>
        findings.map((finding) => ({ name, finding })),
      );
      const taken = all.slice(0, MOST_RESULTS - results);
      if (taken.length < all.length)
        notifications.push({
          uri: at,
          text: `${all.length - taken.length} results are left out: a log may hold ${MOST_RESULTS}.`,
          isFault: true,
        });
      return taken
        .map(({ name, finding }) => {
          const separator = results++ === 0 ? "\n" : ",\n";
          return separator + JSON.stringify(sarifResult(at, name, finding, rules));
        })
        .join("");
    },
    end: () => sarifEnd(notifications, exitCode()),
  };
}

/** The nearest folder above with `.git`, which is a file in a worktree; the folder itself if there is none. */
function repositoryRoot(folder: string): string {
  const start = realpathSync(folder);
  for (let at = start; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return at;
    if (path.dirname(at) === at) return start;
  }
}
