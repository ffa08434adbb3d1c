import type { Statement } from "../../iam/document";
import type { Request } from "./policy-evaluator";
import type { Session } from "./sessions";

/** Requests that a session's own documents are made for: each action on each resource, with conditions that hold. */
export function ownRequests(session: Session): { statement: Statement; request: Request }[] {
  return session.documents.flatMap(({ Statement }) =>
    Statement.filter((statement) => isFor(statement, session)).flatMap((statement) =>
      (statement.Resource ?? []).flatMap((resource) =>
        statement.Action.map((action) => ({
          statement,
          request: {
            action,
            resource: concrete(resource, session),
            context: { ...satisfying(statement, session, resource), ...session.context },
          },
        })),
      ),
    ),
  );
}

/** The door has statements for every kind of deployment; a session is of one kind, by its tags. */
function isFor({ Effect, Condition }: Statement, session: Session): boolean {
  const kind = "aws:PrincipalTag/DeploymentKind";
  const wanted = Condition?.["StringEquals"]?.[kind];
  return Effect === "Allow" && (wanted === undefined || wanted === session.context[kind]);
}

/** Context keys with which the statement's conditions hold. */
function satisfying(statement: Statement, session: Session, resource: string): Record<string, string> {
  const context: Record<string, string> = {};
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    if (operator === "Null") continue;
    for (const [key, wanted] of Object.entries(keys)) {
      const [value = ""] = [wanted].flat();
      context[key] = concrete(value, session);
    }
  }
  // The encryption context is the object's own ARN.
  if ("kms:EncryptionContext:aws:s3:arn" in context && resource.includes(":s3:::")) {
    context["kms:EncryptionContext:aws:s3:arn"] = concrete(resource, session);
  }
  return context;
}

function concrete(pattern: string, session: Session): string {
  return pattern
    .replace(/\$\{([^}]+)\}/g, (_, key: string) => session.context[key] ?? "")
    .replaceAll("*", "x1")
    .replaceAll("?", "x");
}
