/**
 * The glob patterns of CodePipeline's triggers (https://docs.aws.amazon.com/codepipeline/latest/userguide/syntax-glob.html).
 * The page describes those of java.nio.file, so what Java refuses is refused here:
 * https://github.com/openjdk/jdk/blob/jdk-21%2B35/src/java.base/share/classes/sun/nio/fs/Globs.java
 */
export type Glob =
  | {
      readonly matches: (text: string) => boolean;
      /** The same as a regular expression without anchors, in the part that Java, JavaScript and jq read alike. */
      readonly source: string;
    }
  | { readonly fault: string };

/** @returns what the pattern matches, or what is wrong with it as a sentence that goes on after the pattern */
export function readGlob(pattern: string): Glob {
  const source: string[] = [];
  let inGroup = false;
  for (let index = 0; index < pattern.length;) {
    const character = pattern.charAt(index);
    const rest = pattern.slice(index);
    if (character === "\\" && rest.length === 1)
      return { fault: "ends in a backslash that escapes nothing." };
    if (character === "{" && inGroup) return { fault: "has a { inside { }; groups cannot be nested." };
    if (character === "[") {
      const set = readSet(rest);
      if ("fault" in set) return set;
      source.push(set.source);
      index += set.length;
      continue;
    }
    if (character === "{") inGroup = true;
    source.push(piece(rest, inGroup));
    if (character === "}") inGroup = false;
    index += character === "\\" || rest.startsWith("**") ? 2 : 1;
  }
  if (inGroup) return { fault: "has a { without its }." };
  const expression = new RegExp(`^${source.join("")}$`, "s");
  return { matches: (text) => expression.test(text), source: source.join("") };
}

function piece(rest: string, inGroup: boolean): string {
  const character = rest.charAt(0);
  if (character === "\\") return literal(rest.charAt(1));
  if (rest.startsWith("**")) return ".*";
  if (character === "*") return "[^/]*";
  if (character === "?") return "[^/]";
  if (character === "{") return "(?:(?:";
  if (character === "}" && inGroup) return "))";
  if (character === "," && inGroup) return ")|(?:";
  return literal(character);
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}

/** `[abc]`, `[a-z]` or `[!a-z]` at the beginning of a text; what stands between the brackets is literal. */
function readSet(text: string): { source: string; length: number } | { fault: string } {
  const end = text.indexOf("]");
  if (end < 0) return { fault: "has a [ without its ]." };
  const negated = text.startsWith("[!");
  const content = text.slice(negated ? 2 : 1, end);
  if (content === "") return { fault: "has nothing between [ and ]." };
  if (content.includes("/")) return { fault: "has a slash between [ and ]." };
  for (const [range, from = "", to = ""] of content.matchAll(/(.)-(.)/gs)) {
    if (from > to) return { fault: `has the range ${range}, whose end comes before its beginning.` };
  }
  const escaped = content.replace(/[\\^[&]/g, "\\$&").replace(/^-/, "\\-");
  return { source: `(?!/)[${negated ? "^" : ""}${escaped}]`, length: end + 1 };
}
