import { escape } from "./html";

/** Graphviz's language, as far as the pictures need it. https://graphviz.org/doc/info/lang.html */

/** A quoted text. */
export function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replace(/\s/g, " ")}"`;
}

/** `[id="box-0", class="job"]` */
export function attributes(values: Readonly<Record<string, string>>, label = ""): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}`);
  return ` [${[...pairs, ...(label === "" ? [] : [`label=${label}`])].join(", ")}]`;
}

/** A label of a bold title and lines below it, as Graphviz's own kind of markup. */
export function titled(title: string, lines: readonly string[], align: "left" | "center" = "center"): string {
  const end = `<br align="${align}"/>`;
  const small = lines.map((line) => `<font point-size="12">${marked(line)}</font>`);
  return `<${[`<b>${marked(title)}</b>`, ...small].join(end)}${align === "left" ? end : ""}>`;
}

/** Characters that are no text in XML would make Graphviz refuse the whole picture. */
function marked(text: string): string {
  // An empty text is no text for Graphviz either.
  return escape(text).trim() || " ";
}

/** At most so many characters, the end cut off. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Lines of about so many characters. */
export function folded(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= length) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => cut(line, length + 12));
}
