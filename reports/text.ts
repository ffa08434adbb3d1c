/** Lines of at most `width` characters; every line starts with `indent`. Words longer than a line stay whole. */
export function wrap(text: string, width: number, indent = ""): string[] {
  const room = Math.max(width - indent.length, 20);
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = /^ */.exec(paragraph)?.[0] ?? "";
    for (const word of paragraph.trim().split(/ +/)) {
      const longer = line.trim() === "" ? line + word : `${line} ${word}`;
      if (longer.length > room && line.trim() !== "") {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line].map((text_) => (indent + text_).trimEnd());
  });
}

/** Short entries side by side, as many on a line as fit. */
export function flow(entries: readonly string[], width: number, indent = "", separator = " · "): string[] {
  const lines: string[] = [];
  let line = "";
  for (const entry of entries) {
    const longer = line === "" ? entry : `${line}${separator}${entry}`;
    if (indent.length + longer.length > width && line !== "") {
      lines.push(line);
      line = entry;
    } else line = longer;
  }
  return [...lines, line].filter((text) => text !== "").map((text) => indent + text);
}
