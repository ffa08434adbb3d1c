/**
 * Who may do what in the simulated accounts: the project's evaluator over the documents as they are stored there. Service
 * control policies and sessions' own policies are left out.
 */
import { conditionOf } from "../../../evaluator/condition";
import { Context as RequestContext } from "../../../evaluator/context";
import { readPolicy, type Policy } from "../../../evaluator/document";
import { evaluate, type Decision } from "../../../evaluator/evaluate";
import type { Condition } from "./documents";
import { attachmentType, policyType, rolePolicyType, roleType } from "./types/iam";
import { object, text, type Value } from "./values";
import type { Accounts, Stored } from "./world";

/** Condition keys of a request; a list for keys with many values. Names are compared without regard to case. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

export interface Request {
  /** ARN of a role in the simulated accounts. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
  /** The policy of the resource itself with the ids of its principals, where it has one. */
  readonly resourcePolicy?: ResourcePolicy;
}

export interface ResourcePolicy {
  readonly account: string;
  readonly policy: Policy;
}

/** The policy of a stored object: the document in `property`, its principals by the ids that AWS stored for them. */
export function policyOf(stored: Stored, property: string): ResourcePolicy {
  const document = JSON.parse(text(stored.props[property])) as Record<string, Value>;
  const statements = [document["Statement"] ?? []].flat().map((item) => {
    const statement = object(item);
    const principal = statement["Principal"];
    if (typeof principal !== "object" || principal === null) return statement;
    const names = [object(principal)["AWS"] ?? []]
      .flat()
      .map((name) => stored.principals[text(name)] ?? name);
    return { ...statement, Principal: { ...object(principal), ...(names.length > 0 && { AWS: names }) } };
  });
  return { account: stored.account, policy: readPolicy({ ...document, Statement: statements }) };
}

/** Whether AWS would let the role do it. */
export function isAllowed(accounts: Accounts, request: Request): boolean {
  const role = findRole(accounts, request.role);
  if (role === undefined) return false;
  const { action, resource, resourcePolicy, context = {} } = request;
  const boundary = boundaryPolicies(accounts, role);
  const decision = evaluate(
    {
      principal: {
        kind: "role",
        accountId: role.account,
        arn: request.role,
        id: text(role.props["uniqueId"]),
      },
      action,
      resource,
      ...(resourcePolicy && { resourceAccount: resourcePolicy.account }),
      context: [principalContext(accounts, role), context],
    },
    {
      identity: identityPolicies(accounts, role),
      ...(boundary && { boundary }),
      ...(resourcePolicy && { resource: resourcePolicy.policy }),
    },
  );
  return isYes(decision, action);
}

/** Whether the service may assume the role, with what the service says of itself. */
export function serviceMayAssume(
  accounts: Accounts,
  roleArn: string,
  service: string,
  context: Context,
): boolean {
  const role = findRole(accounts, roleArn);
  if (role === undefined) return false;
  const action = "sts:AssumeRole";
  const decision = evaluate(
    { principal: { kind: "service", service }, action, resource: roleArn, context },
    { identity: [], resource: policyOf(role, "assumeRolePolicy").policy },
  );
  return isYes(decision, action);
}

/** An answer that cannot be known is a fault of the test that asks. */
function isYes({ answer }: Decision, action: string): boolean {
  if (answer === "unknown") throw new Error(`Whether ${action} is allowed cannot be known.`);
  return answer === "yes";
}

function findRole(accounts: Accounts, arn: string): Stored | undefined {
  const [, account = "", name = ""] = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  const found = accounts.get(account, roleType, name);
  return found?.props["arn"] === arn ? found : undefined;
}

function identityPolicies(accounts: Accounts, role: Stored): Policy[] {
  const inline = accounts.list(role.account, rolePolicyType).filter(({ props }) => props["role"] === role.id);
  const attached = accounts
    .list(role.account, attachmentType)
    .filter(({ props }) => props["role"] === role.id)
    .map(({ props }) => accounts.get(role.account, policyType, text(props["policyArn"])))
    .filter((policy) => policy !== undefined);
  return [...inline, ...attached].map(({ props }) => readPolicy(text(props["policy"])));
}

function boundaryPolicies(accounts: Accounts, role: Stored): Policy[] | undefined {
  const arn = text(role.props["permissionsBoundary"]);
  if (arn === "") return undefined;
  const policy = accounts.get(role.account, policyType, arn);
  return policy === undefined ? [] : [readPolicy(text(policy.props["policy"]))];
}

function principalContext(accounts: Accounts, role: Stored): Context {
  const tags = Object.entries(object(role.props["tagsAll"])).map(([key, value]): [string, string] => [
    `aws:PrincipalTag/${key}`,
    text(value),
  ]);
  return {
    "aws:PrincipalOrgID": accounts.world.organizationId,
    "aws:SecureTransport": "true",
    ...Object.fromEntries(tags),
  };
}

/** Whether a condition is fulfilled by a request with this context. */
export function holds({ operator, key, values }: Condition, context: Context): boolean {
  return conditionOf(operator, key, values, true).holds(new RequestContext([context])) === "yes";
}
