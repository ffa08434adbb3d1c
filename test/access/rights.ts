import type { RolePlan } from "../../access/role-plan";
import type { Conditions, PolicyDocument, Statement } from "../../iam/document";

/** Everything that decides what a role is worth, as text that a person can review: a block of lines for each statement. */
export function roleText(
  role: RolePlan,
  furtherPolicies: Readonly<Record<string, PolicyDocument>> = {},
): string {
  return [
    `role ${role.path}${role.name}`,
    `session ${role.maxSessionSeconds} s`,
    ...(role.boundary === undefined ? [] : [`boundary ${role.boundary}`]),
    ...Object.entries(role.tags).map(([key, value]) => `tag ${key}=${value}`),
    ...documentLines("trust", role.trust),
    ...Object.entries({ ...role.policies, ...furtherPolicies }).flatMap(([name, policy]) =>
      documentLines(`policy ${name}`, policy),
    ),
  ].join("\n");
}

export function documentText(title: string, document: PolicyDocument): string {
  return documentLines(title, document).join("\n");
}

function documentLines(title: string, { Statement }: PolicyDocument): string[] {
  return [title, ...Statement.flatMap(statementLines).map((line) => `  ${line}`)];
}

function statementLines({ Sid, Effect, Principal, Action, Resource, Condition }: Statement): string[] {
  return [
    `${Effect} ${Sid}`,
    ...(Principal === undefined ? [] : [`  who ${principalText(Principal)}`]),
    ...Action.map((action) => `  may ${action}`),
    ...(Resource ?? []).map((resource) => `  on ${resource}`),
    ...conditionLines(Condition ?? {}).map((line) => `  if ${line}`),
  ];
}

function principalText(principal: NonNullable<Statement["Principal"]>): string {
  return principal === "*" ? "*" : Object.values(principal).join(" ");
}

function conditionLines(conditions: Conditions): string[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${operator} ${key} ${[value].flat().join(" | ")}`),
  );
}
