import type { Decision } from "../../evaluator/evaluate";
import type { Reason } from "../../evaluator/reason";
import type { Graph } from "./graph";
import type { DecidingStatement } from "./report";

/** What decided, with the places where it stands. Statements that the preview does not hold are left out. */
export function evidenceOf(graph: Graph, decisions: readonly Decision[]): DecidingStatement[] {
  const statements = decisions
    .flatMap((decision) => decision.because())
    .flatMap((reason) => placed(graph, reason));
  const keys = new Set<string>();
  return statements.filter(({ urn, path, statement, reason }) => {
    const key = [urn, path, statement, reason].join("\n");
    return !keys.has(key) && keys.add(key);
  });
}

function placed(graph: Graph, { policy, statement, role, sentence }: Reason): DecidingStatement[] {
  const place = policy === undefined ? undefined : graph.placeOf(policy);
  if (place === undefined) return [];
  return [
    {
      stack: place.stack,
      urn: place.urn,
      path: place.path,
      statement: statement === undefined ? "" : statement.sid || String(statement.number),
      effect: statement?.effect ?? "Allow",
      reason: sentence,
      subject: place.subject,
      document: place.kind,
      decided: role !== "misses",
    },
  ];
}
