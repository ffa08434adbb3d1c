/** What a principal of a policy is: everybody, an account, a role or user, a service, an identity provider. */
import type { PrincipalEntry } from "../document/statement";
import { hasWildcard, withoutVariables } from "../document/wildcard";

export type PrincipalKind =
  | "everyone"
  | "account"
  | "principal"
  | "loose"
  | "service"
  | "oidc"
  | "saml"
  | "cognito"
  | "federation"
  | "canonical";

const PUBLIC_IDENTITY_PROVIDERS = /^(accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/i;

export function principalKind({ kind, value }: PrincipalEntry): PrincipalKind {
  const text = withoutVariables(value);
  if (kind === "Service") return hasWildcard(value) ? "everyone" : "service";
  if (kind === "CanonicalUser") return "canonical";
  if (kind === "Federated") return federation(text);
  if (/^[*?]+$/.test(text)) return "everyone";
  if (/^\d{12}$/.test(text)) return "account";
  if (/[*?]/.test(text)) return /^arn:[^:]*:(iam|sts)::\d{12}:/.test(text) ? "loose" : "everyone";
  return /^arn:[^:]+:iam::\d{12}:root$/.test(text) ? "account" : "principal";
}

function federation(value: string): PrincipalKind {
  if (/[*?]/.test(value)) return "everyone";
  if (/:oidc-provider\//.test(value) || PUBLIC_IDENTITY_PROVIDERS.test(value)) return "oidc";
  if (/^cognito-identity\.amazonaws\.com$/i.test(value)) return "cognito";
  return /:saml-provider\//.test(value) ? "saml" : "federation";
}

/** The account of an ARN or account principal, if it names one. */
export function accountNamedIn(value: string): string | undefined {
  return /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?:$|:)/.exec(value)?.[1];
}
