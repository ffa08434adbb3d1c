// Runs in the reader's browser, as part of the page: no module, no library, nothing loaded.

/** An element with its attributes and what is in it; texts stay texts. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A picture from its text. It is parsed as XML, where nothing can run. */
export function pictureOf(svg) {
  const parsed = new DOMParser().parseFromString(
    svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '),
    "image/svg+xml",
  );
  return document.importNode(parsed.documentElement, true);
}

/** Shows so many of a list, and a button for more. */
export function showList(target, entries, draw, size = 50) {
  target.replaceChildren();
  let shown = 0;
  const more = element("button", { type: "button", class: "more", onclick: () => showMore(true) });
  const showMore = (focus) => {
    const next = entries.slice(shown, shown + size).map(draw);
    shown += next.length;
    more.before(...next);
    more.hidden = shown >= entries.length;
    more.textContent = `Show ${Math.min(size, entries.length - shown)} more of ${entries.length}`;
    if (focus) next[0]?.querySelector("summary, a, button, [tabindex]")?.focus();
  };
  target.append(more);
  showMore(false);
}

/** Calls a function a moment after the last key, so that typing is never held up. */
export function whenTyped(input, work) {
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(work, 80);
  });
}

/** Whether each word stands somewhere in the text. */
export function hasWords(text, words) {
  return words.every((word) => text.includes(word));
}

export function wordsOf(input) {
  return input.value.toLowerCase().split(/\s+/).filter(Boolean);
}
