const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text that cannot turn into markup, neither between tags nor in a quoted attribute. Characters that XML does not have are shown
 * as unknown ones: pictures are XML.
 */
export function escape(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n]|[\p{Cs}\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A section with a heading of its own name, for the table of contents and for readers of landmarks. */
export function section(id: string, title: string, body: string, count = ""): string {
  const number = count === "" ? "" : ` <small>${escape(count)}</small>`;
  return `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${escape(title)}${number}</h2>${body}</section>`;
}

/** A table that scrolls inside its own box where the window is narrow. The cells are markup. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[] = [],
): string {
  const kind = (column: number): string => (numbers.includes(column) ? ' class="number"' : "");
  const titles = head.map((title, column) => `<th scope="col"${kind(column)}>${escape(title)}</th>`).join("");
  const body = rows.map(([first = "", ...others]) => {
    const cells = others.map((cell, index) => `<td${kind(index + 1)}>${cell}</td>`).join("");
    return `<tr><th scope="row">${first}</th>${cells}</tr>`;
  });
  return (
    `<div class="scroll" role="region" tabindex="0" aria-label="${escape(caption)}"><table>` +
    `<caption>${escape(caption)}</caption><thead><tr>${titles}</tr></thead><tbody>${body.join("")}</tbody></table></div>`
  );
}

/** A list, or nothing where there is nothing to list. The entries are markup. */
export function list(entries: readonly string[], kind = ""): string {
  if (entries.length === 0) return "";
  return `<ul${kind === "" ? "" : ` class="${kind}"`}>${entries.map((entry) => `<li>${entry}</li>`).join("")}</ul>`;
}
