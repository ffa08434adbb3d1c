import type { PreviewDocument, StackProblem } from "../../preview/preview-document";
import { plural } from "../pipelines";
import { countFindings, totalsOf, type FindingGroup } from "../summary";
import { escape, section } from "./html";

type Kind = "violation" | "warning" | "exempted";

/** What a sign says beside its colour. */
const signs: Readonly<Record<Kind, string>> = { violation: "✖ ", warning: "! ", exempted: "○ " };

/** Everything that somebody must put right, should look at, or has excused. */
export function findingsSection(document: PreviewDocument): string {
  const totals = totalsOf(document);
  const { warnings = [] } = document;
  const parts = [
    part("Violations", "violation", totals.mandatory),
    part("Warnings", "warning", totals.advisory),
    warnings.length === 0
      ? ""
      : `<h3>Warnings about the input <small>${String(warnings.length)}</small></h3>${problemList(warnings, "warning")}`,
    part("Nobody can judge these before deployment", "warning", totals.unknownDocuments),
    part("Exemptions used", "exempted", totals.exempted),
  ];
  const later = `<p class="soft">${plural(totals.unknowns, "value")} known only after deployment; resources show where.</p>`;
  const body = parts.join("") || "<p>No violation, no warning, no exemption: nothing is left to judge.</p>";
  return section("findings", "Findings", body + later);
}

/** Instead of everything else, where the input is wrong. */
export function problemsSection(problems: readonly StackProblem[]): string {
  return section(
    "findings",
    `${plural(problems.length, "problem")} in the input`,
    problemList(problems, "violation"),
  );
}

function part(title: string, kind: Kind, groups: readonly FindingGroup[]): string {
  if (groups.length === 0) return "";
  const entries = groups.map(({ rule, severity, stacks, urns, path, message }) => {
    const facts = [path, stacks.join(", "), severity].filter((fact) => fact !== "").join(" · ");
    const subjects = urns.map((urn) => `<code>${escape(urn)}</code>`).join("");
    return `<li class="${kind}"><h4>${signs[kind]}${escape(rule)} <small>${escape(facts)}</small></h4>${subjects}<p>${escape(message)}</p></li>`;
  });
  const count = String(countFindings(groups));
  return `<h3>${escape(title)} <small>${count}</small></h3><ul class="findings">${entries.join("")}</ul>`;
}

function problemList(problems: readonly StackProblem[], kind: Kind): string {
  const entries = problems.map(({ message, file, line, column, stacks, remedy }) => {
    const place = [file, line, column].filter((fact) => fact !== undefined).join(":");
    const where = [place, stacks === undefined ? "" : `in ${stacks.join(", ")}`].filter(
      (fact) => fact !== "",
    );
    const heading = where.length === 0 ? "" : `<code>${escape(where.join(" "))}</code>`;
    const hint = remedy === undefined ? "" : `<p class="remedy">${escape(remedy)}</p>`;
    return `<li class="${kind}">${heading}<p>${signs[kind]}${escape(message)}</p>${hint}</li>`;
  });
  return `<ul class="findings">${entries.join("")}</ul>`;
}
