import type { Context } from "./context";
import type { Truth } from "./truth";

/**
 * A text of a policy with its wildcards and variables, ready to be compared.
 *
 * - Variables: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html. One without a value "is
 *   effectively null" there: "there is no equal or like value", so the text matches nothing.
 * - Wildcards in ARNs: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export interface Pattern {
  readonly text: string;
  /** What every matching value begins with: the text before the first wildcard or variable, "" where case does not matter. */
  readonly beginning: string;
  matches(value: string, context: Context): Truth;
}

/**
 * - `exact`: no wildcard, as `StringEquals` compares.
 * - `glob`: `*` and `?` stand for anything, as `StringLike` and `Action` compare.
 * - `resource`: as the `Resource` element compares. A `*` that does not end its part of an ARN stays within the part by the
 *   documentation; where that makes a difference, nobody knows what AWS does, and so the answer is "unknown".
 * - `arn`: part by part, as `ArnLike` compares: only in the sixth part a wildcard matches a colon.
 */
export type PatternKind = "exact" | "glob" | "resource" | "arn";

type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "many" }
  | { readonly kind: "one" }
  | { readonly kind: "variable"; readonly key: string; readonly fallback: string | undefined };

type Matcher = (value: string) => Truth;

/** Resolved texts by what was put in: the same few sessions ask again and again. */
const rememberedTexts = 1000;

/**
 * @param variables whether the document's version has policy variables; in older ones `${` is plain text
 * @param ignoreCase as for `Action` and the operators that end in `IgnoreCase`
 */
export function patternOf(
  text: string,
  kind: PatternKind,
  { variables = true, ignoreCase = false }: { variables?: boolean; ignoreCase?: boolean } = {},
): Pattern {
  const tokens = tokensOf(text, kind !== "exact", variables);
  const beginning = ignoreCase ? "" : beginningOf(tokens);
  const keys = tokens.flatMap((token) => (token.kind === "variable" ? [token] : []));
  if (keys.length === 0) {
    const matcher = matcherOf(tokens, kind, ignoreCase);
    return { text, beginning, matches: (value) => matcher(value) };
  }
  const matchers = new Map<string, Matcher>();
  return {
    text,
    beginning,
    matches(value, context) {
      const filled = filledIn(tokens, context);
      if (typeof filled === "string") return filled;
      const known = matchers.get(filled.identity);
      if (known !== undefined) return known(value);
      const matcher = matcherOf(filled.tokens, kind, ignoreCase);
      if (matchers.size < rememberedTexts) matchers.set(filled.identity, matcher);
      return matcher(value);
    },
  };
}

function beginningOf(tokens: readonly Token[]): string {
  const end = tokens.findIndex(({ kind }) => kind !== "text");
  const texts = end === -1 ? tokens : tokens.slice(0, end);
  return texts.map((token) => (token.kind === "text" ? token.text : "")).join("");
}

function tokensOf(text: string, wildcards: boolean, variables: boolean): Token[] {
  const tokens: Token[] = [];
  const parts = /\$\{([^}]*)\}|\*|\?|[^$*?]+|\$/g;
  for (const [part, variable] of text.matchAll(parts)) {
    if (variable !== undefined && variables) tokens.push(variableOf(variable));
    else if (part === "*" && wildcards) tokens.push({ kind: "many" });
    else if (part === "?" && wildcards) tokens.push({ kind: "one" });
    else tokens.push(...(variable === undefined ? plain(part) : tokensOfPlainVariable(part, wildcards)));
  }
  return tokens;
}

const plain = (text: string): Token[] => [{ kind: "text", text }];

/** In a document without variables, `${aws:username}` is itself; a wildcard between the braces stays one. */
function tokensOfPlainVariable(part: string, wildcards: boolean): Token[] {
  return [...plain("${"), ...tokensOf(part.slice(2), wildcards, false)];
}

/** `${*}`, `${?}` and `${$}` are the characters themselves; `${key, 'text'}` has a text for a key without a value. */
function variableOf(variable: string): Token {
  const name = variable.trim();
  if (["*", "?", "$"].includes(name)) return { kind: "text", text: name };
  const [, key = name, fallback] = /^([^,]+?)\s*,\s*'([^']*)'$/.exec(name) ?? [];
  return { kind: "variable", key: key.toLowerCase(), fallback };
}

/** "no" where a variable has no value, so that the text matches nothing. */
function filledIn(
  tokens: readonly Token[],
  context: Context,
): "no" | "unknown" | { readonly tokens: readonly Token[]; readonly identity: string } {
  let identity = "";
  let unknown = false;
  const filled: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== "variable") {
      filled.push(token);
      continue;
    }
    const values = context.get(token.key);
    const [text = token.fallback, ...more] = values === undefined || values === "unknown" ? [] : values;
    // Which of several values AWS would put in is not documented, nor what a wildcard in a value does.
    if (values === "unknown" || more.length > 0) unknown = true;
    else if (text === undefined) return "no";
    else if (/[*?]/.test(text)) unknown = true;
    else {
      filled.push({ kind: "text", text });
      identity += `${text.length}:${text}`;
    }
  }
  return unknown ? "unknown" : { tokens: filled, identity };
}

function matcherOf(tokens: readonly Token[], kind: PatternKind, ignoreCase: boolean): Matcher {
  const text = tokens.map((token) => (token.kind === "text" ? token.text : "")).join("");
  if (kind === "arn") return arnMatcher(tokens);
  if (tokens.every((token) => token.kind === "text")) {
    const wanted = ignoreCase ? text.toLowerCase() : text;
    return (value) => ((ignoreCase ? value.toLowerCase() : value) === wanted ? "yes" : "no");
  }
  if (tokens.length === 1 && tokens[0]?.kind === "many") return () => "yes";
  const loose = expression(tokens, () => ".*", ".", ignoreCase);
  if (kind !== "resource") return (value) => (loose.test(value) ? "yes" : "no");
  const documented = expression(tokens, withinPart, "[^:]", ignoreCase);
  if (documented.source === loose.source) return (value) => (loose.test(value) ? "yes" : "no");
  return (value) => {
    if (!loose.test(value)) return "no";
    return documented.test(value) ? "yes" : "unknown";
  };
}

/** A `*` at the end of a part of an ARN may go on beyond the colon; one in its middle may not. */
function withinPart(next: Token | undefined): string {
  return next === undefined || (next.kind === "text" && next.text.startsWith(":")) ? ".*" : "[^:]*";
}

/** Whether a text has the six parts of an ARN. */
function isArn(text: string): boolean {
  return text.split(":").length >= 6;
}

function arnMatcher(tokens: readonly Token[]): Matcher {
  const shape = tokens.map((token) => (token.kind === "text" ? token.text : "x")).join("");
  // What AWS makes of a value that is no ARN is not documented.
  if (!isArn(shape)) return () => "unknown";
  const parts = expression(tokens, () => "[^:]*", "[^:]", false);
  return (value) => (isArn(value) ? (parts.test(value) ? "yes" : "no") : "unknown");
}

/** Of an ARN the first five colons part it; behind them a wildcard is free. */
function expression(
  tokens: readonly Token[],
  many: (next: Token | undefined) => string,
  one: string,
  ignoreCase: boolean,
): RegExp {
  let colons = 0;
  const source = tokens.map((token, index) => {
    if (token.kind === "text") {
      colons += token.text.split(":").length - 1;
      return token.text.replaceAll(/[.+^${}()|[\]\\*?/-]/g, "\\$&");
    }
    const free = colons >= 5;
    if (token.kind === "one") return free ? "." : one;
    return free ? ".*" : many(tokens[index + 1]);
  });
  return new RegExp(`^${source.join("")}$`, ignoreCase ? "is" : "s");
}
