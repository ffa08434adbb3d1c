import { any, either, not, truthOf, type Truth } from "./truth";

/**
 * Who asks. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Principal =
  | RoleSession
  | User
  | { readonly kind: "root"; readonly accountId: string }
  /** An AWS service by its principal, such as `codebuild.amazonaws.com`. */
  | { readonly kind: "service"; readonly service: string }
  /** Somebody whom an identity provider vouches for, by the provider's ARN or name. */
  | { readonly kind: "federated"; readonly provider: string }
  | { readonly kind: "anonymous" };

export interface RoleSession {
  readonly kind: "role";
  readonly accountId: string;
  /** The role's ARN with its path. */
  readonly arn: string;
  /** Name of the session; absent where it cannot be known. */
  readonly session?: string;
  /** The role's unique id, `AROA…`; absent where it cannot be known. */
  readonly id?: string;
}

interface User {
  readonly kind: "user";
  readonly accountId: string;
  readonly arn: string;
  /** The user's unique id, `AIDA…`; absent where it cannot be known. */
  readonly id?: string;
}

/**
 * How a statement names the caller, from wide to narrow. It decides what may limit the grant within an account:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export type Naming = "account" | "everybody" | "identity" | "session" | "service";

/** `Principal` or `NotPrincipal` of a statement. */
export interface PrincipalTest {
  readonly negated: boolean;
  /** All names as they are written. */
  readonly names: readonly string[];
  /** Whether the statement is about the principal. */
  matches(principal: Principal): Truth;
  /** Whether it names the principal in this way. */
  namesAs(principal: Principal, naming: Naming): Truth;
}

type Kind = "AWS" | "Service" | "Federated" | "CanonicalUser";

interface Name {
  readonly kind: Kind;
  readonly text: string;
}

const kinds = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

/** @returns undefined where the statement has neither */
export function principalsOf(
  positive: unknown,
  negative: unknown,
  refuse: (what: string) => never,
): PrincipalTest | undefined {
  if (positive !== undefined && negative !== undefined) return refuse("has both Principal and NotPrincipal");
  const value = positive ?? negative;
  if (value === undefined) return undefined;
  const names = namesOf(value, refuse);
  const texts = names.map(({ text }) => text);
  if (positive === undefined) {
    // Whoever is not listed is named like everybody.
    const matches = (principal: Principal): Truth => not(isExcepted(names, principal));
    return {
      negated: true,
      names: texts,
      matches,
      namesAs: (principal, naming) => (naming === "everybody" ? matches(principal) : "no"),
    };
  }
  const namesAs = (principal: Principal, naming: Naming): Truth =>
    any(names, (name) => namesPrincipal(name, principal, naming));
  return {
    negated: false,
    names: texts,
    matches: (principal) => any(namings, (naming) => namesAs(principal, naming)),
    namesAs,
  };
}

const namings = ["account", "everybody", "identity", "session", "service"] as const;

function namesOf(value: unknown, refuse: (what: string) => never): Name[] {
  if (value === "*") return [{ kind: "AWS", text: "*" }];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuse("has a Principal that is neither * nor an object");
  }
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([kind, texts]) => {
    if (!kinds.has(kind)) return refuse(`has the unknown kind of principal ${kind}`);
    const items: readonly unknown[] = Array.isArray(texts) ? texts : [texts];
    return items.map((text) =>
      typeof text === "string"
        ? { kind: kind as Kind, text }
        : refuse("has a Principal whose name is no text"),
    );
  });
}

function namesPrincipal({ kind, text }: Name, principal: Principal, naming: Naming): Truth {
  // A canonical user id says nothing that could be compared with an ARN.
  if (kind === "CanonicalUser") return principal.kind === "service" ? "no" : "unknown";
  if (kind === "Service") {
    return truthOf(naming === "service" && principal.kind === "service" && principal.service === text);
  }
  if (kind === "Federated") {
    return truthOf(naming === "identity" && principal.kind === "federated" && principal.provider === text);
  }
  if (text === "*") return truthOf(naming === "everybody");
  if (!("accountId" in principal)) return "no";
  if (naming === "account") return truthOf(accountOf(text) === principal.accountId);
  if (naming === "identity") return namesIdentity(text, principal);
  return naming === "session" && principal.kind === "role" ? namesSession(text, principal) : "no";
}

/** An account is named by its number or by its root's ARN. */
function accountOf(text: string): string | undefined {
  return /^\d{12}$/.test(text) ? text : /^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(text)?.[1];
}

/** A name that was written as ARN becomes a unique id once the role or user is gone, and then names nobody new. */
function namesIdentity(text: string, principal: Principal): Truth {
  if (principal.kind !== "role" && principal.kind !== "user") return "no";
  if (/^A(RO|ID)A[A-Z0-9]{4,}$/.test(text)) {
    return principal.id === undefined ? "unknown" : truthOf(principal.id === text);
  }
  return truthOf(text === principal.arn);
}

/** `arn:aws:sts::<account>:assumed-role/<role>/<session>`: the role without its path. */
function namesSession(text: string, { accountId, arn, session }: RoleSession): Truth {
  const [, account, role, name] =
    /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(text) ?? [];
  if (account !== accountId || role !== arn.slice(arn.lastIndexOf("/") + 1)) return "no";
  return session === undefined ? "unknown" : truthOf(name === session);
}

/**
 * Whether `NotPrincipal` leaves the principal out. AWS asks to list the account, the role and the session together, "otherwise
 * the policy might deny access to the entire account": what holds when only some of them are listed is not documented.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isExcepted(names: readonly Name[], principal: Principal): Truth {
  const listed = (naming: Naming): Truth => any(names, (name) => namesPrincipal(name, principal, naming));
  if (listed("everybody") === "yes") return "yes";
  if (!("accountId" in principal)) return either(listed("identity"), listed("service"));
  const needed: readonly Naming[] =
    principal.kind === "role" ? ["account", "identity", "session"] : ["account", "identity"];
  const found = (principal.kind === "root" ? (["account"] as const) : needed).map(listed);
  if (found.every((truth) => truth === "no")) return "no";
  return found.every((truth) => truth === "yes") ? "yes" : "unknown";
}
