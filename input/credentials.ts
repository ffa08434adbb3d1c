/**
 * What looks like a credential. Settings and application files are kept in Git and shown in previews, so none may stand
 * in them, and no message may repeat one.
 */
const patterns: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  { kind: "an AWS access key id", pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  // Forty characters of Base64 with capitals, small letters and digits: neither a path, nor a Git or SHA-1 hash, nor a
  // channel of Microsoft Teams.
  {
    kind: "an AWS secret access key",
    pattern:
      /(?<![\w/+.-])(?=[\w/+]*[A-Z])(?=[\w/+]*[a-z])(?=[\w/+]*\d)[A-Za-z0-9/+]{40}(?![\w/+=.-]|@thread\.)/g,
  },
  // Any value counts, whatever it looks like, except a short word, as set by tests against a stand-in for AWS, and $NAME.
  {
    kind: "an AWS secret access key or session token",
    pattern: /\bAWS_(?:SECRET_ACCESS_KEY|SESSION_TOKEN)["']?\s*[:=]\s*["']?[A-Za-z0-9/+=]{20,}/gi,
  },
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  { kind: "a GitHub token", pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{22,}/g },
  { kind: "a GitLab token", pattern: /\bglpat-[\w-]{20,}/g },
  { kind: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: "a PyPI token", pattern: /\bpypi-[\w-]{40,}/g },
  { kind: "a Slack token", pattern: /\bxox[a-z]-[\w-]{10,}/g },
  { kind: "a Slack webhook", pattern: /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]+/g },
  {
    kind: "a private key",
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g,
  },
  { kind: "a URL with a password", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@$]+@/gi },
];

/** What kind of credential a text holds, if any. */
export function credentialIn(text: string): string | undefined {
  return patterns.find(({ pattern }) => text.search(pattern) >= 0)?.kind;
}

/** The text without its credentials. */
export function hideCredentials(text: string): string {
  return patterns.reduce((rest, { pattern }) => rest.replace(pattern, "(hidden)"), text);
}

/** A credential in a value of JSON's kinds: in the text at the path, or in the name of a key of the object there. */
export interface FoundCredential {
  readonly path: readonly PropertyKey[];
  readonly key?: string;
  readonly kind: string;
}

export function findCredentials(value: unknown, path: readonly PropertyKey[] = []): FoundCredential[] {
  if (typeof value === "string") {
    const kind = credentialIn(value);
    return kind === undefined ? [] : [{ path, kind }];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => findCredentials(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const kind = credentialIn(key);
    return [...(kind === undefined ? [] : [{ path, key, kind }]), ...findCredentials(item, [...path, key])];
  });
}
