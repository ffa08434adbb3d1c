/**
 * IAM patterns: `*` is any run of characters, `?` is any one. Matching is linear in practice and never worse
 * than pattern × text, so no document can make it hang (no regular expressions are built from input).
 */

/** Whether the text contains a wildcard. Policy variables such as `${aws:username}` are not wildcards. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(withoutVariables(text));
}

/**
 * Replaces every policy variable by one stand-in character, so that what is left can be read as a pattern.
 * `${*}`, `${?}` and `${$}` are AWS's way of writing those characters literally and are replaced too.
 */
export function withoutVariables(text: string): string {
  return text.includes("${") ? text.replaceAll(/\$\{[^{}]*\}/g, VARIABLE) : text;
}

/** Stands for a policy variable; a character that no ARN contains. */
export const VARIABLE = "\u0001";

/** The beginning of a name with fewer characters does not tell names apart. */
export const SHORTEST_BEGINNING = 3;

/** Whether the whole text matches the pattern; upper and lower case count as the same. */
export function matches(pattern: string, text: string): boolean {
  const p = pattern.toLowerCase();
  const t = text.toLowerCase();
  return p === t || p === "*" || runs(p, t, true);
}

/**
 * Whether every text that the pattern `part` matches is matched by the pattern `whole` too; case counts. It may miss an
 * inclusion that hangs on the order of `?` and `*`; it never claims one that is not there.
 */
export function includesPattern(whole: string, part: string): boolean {
  return whole === part || /^\*+$/.test(whole) || runs(whole, part, false);
}

/** A pattern along a text. In a text that is a pattern itself, a star is a run of characters, which no `?` takes. */
function runs(p: string, t: string, isPlain: boolean): boolean {
  let at = 0;
  let star = -1;
  let retry = 0;
  let i = 0;
  while (i < t.length) {
    if (at < p.length && p[at] === "*") {
      star = at++;
      retry = i;
    } else if (at < p.length && (p[at] === t[i] || (p[at] === "?" && (isPlain || t[i] !== "*")))) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++retry;
    } else {
      return false;
    }
  }
  while (p[at] === "*") at++;
  return at === p.length;
}

/** Whether two patterns have at least one text in common. */
export function overlaps(left: string, right: string): boolean {
  // The usual cases need no table: one of the two is a plain text.
  if (!/[*?]/.test(left)) return matches(right, left);
  if (!/[*?]/.test(right)) return matches(left, right);
  const rest = withoutSharedEnds(left.toLowerCase(), right.toLowerCase());
  if (rest === undefined) return false;
  const [a, b] = rest;
  // above[j]: a[0..i) and b[0..j) can be the same text.
  let above = new Uint8Array(b.length + 1);
  let row = new Uint8Array(b.length + 1);
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) row[j] = meets(a, b, i, j, above, row) ? 1 : 0;
    [above, row] = [row, above];
  }
  return above[b.length] === 1;
}

/** Two patterns without what they plainly share at both ends; undefined if they plainly differ there. */
function withoutSharedEnds(a: string, b: string): readonly [string, string] | undefined {
  const isPlain = (character: string | undefined): boolean =>
    character !== undefined && character !== "*" && character !== "?";
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start] && isPlain(a[start])) start++;
  if (a[start] !== b[start] && isPlain(a[start]) && isPlain(b[start])) return undefined;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end) && isPlain(a.at(-1 - end))) end++;
  const [last, other] = [a.at(-1 - end), b.at(-1 - end)];
  if (end < shorter - start && last !== other && isPlain(last) && isPlain(other)) return undefined;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** One cell of the table of `overlaps`: `above` is the row of i - 1, `row` the one being filled. */
function meets(a: string, b: string, i: number, j: number, above: Uint8Array, row: Uint8Array): boolean {
  if (i === 0 && j === 0) return true;
  const [x, y] = [a[i - 1], b[j - 1]];
  const up = i > 0 && above[j] === 1;
  const left = j > 0 && row[j - 1] === 1;
  if (up && x === "*") return true;
  if (left && y === "*") return true;
  if (i === 0 || j === 0) return false;
  if ((up && y === "*") || (left && x === "*")) return true;
  return above[j - 1] === 1 && (x === y || x === "?" || y === "?" || x === "*" || y === "*");
}
