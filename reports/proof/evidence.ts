import type { Decision } from "../../evaluator/evaluate";
import type { LayerName } from "../../evaluator/layer";
import type { Reason } from "../../evaluator/reason";
import type { Graph, Place } from "./graph";
import type { DecidingStatement } from "./report";

/** What decided, with the places where it stands. */
export function evidenceOf(graph: Graph, decisions: readonly Decision[]): DecidingStatement[] {
  const statements = decisions
    .flatMap((decision) => decision.because())
    .map((reason) => decidingStatement(reason, placeOf(graph, reason)));
  const keys = new Set<string>();
  return statements.filter(({ urn, path, subject, statement, reason }) => {
    const key = [urn, path, subject, statement, reason].join("\n");
    return !keys.has(key) && keys.add(key);
  });
}

function decidingStatement({ statement, role, sentence }: Reason, place: Place): DecidingStatement {
  return {
    stack: place.stack,
    urn: place.urn,
    path: place.path,
    statement: statement === undefined ? "" : statement.sid || String(statement.number),
    effect: statement?.effect ?? "Allow",
    reason: sentence,
    subject: place.subject,
    document: place.kind,
    decided: role !== "misses",
  };
}

/** What a preview does not hold is assumed: administrators of accounts, and the policy that AWS attaches to every account. */
function placeOf(graph: Graph, { policy, layer }: Reason): Place {
  const outside = { stack: "", urn: "", path: "", subject: "not in the preview" };
  const place = policy === undefined ? undefined : graph.placeOf(policy);
  return place ?? { ...outside, kind: kinds[layer] };
}

const kinds: Readonly<Record<LayerName, string>> = {
  identity: "the caller's own policies",
  boundary: "permissions boundary",
  session: "session policy",
  resource: "the resource's policy",
  serviceControl: "service control policy",
  resourceControl: "resource control policy",
};
