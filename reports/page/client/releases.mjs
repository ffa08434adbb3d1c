import { element, hasWords, pictureOf, showList, whenTyped, wordsOf } from "./elements.mjs";

/** The releases as pictures, and the filter that they share with the table of who deploys. */
export function startReleases(data) {
  const target = document.getElementById("release-list");
  const filter = document.getElementById("application-filter");
  if (target === null || filter === null) return;
  const rows = [...document.querySelectorAll("#deploy tbody tr")].map((row) => ({
    row,
    text: row.textContent.toLowerCase(),
  }));
  const count = document.getElementById("application-count");
  const draw = () => {
    const words = wordsOf(filter);
    const chosen = new Set();
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !hasWords(text, words);
      if (row.hidden) continue;
      shown += 1;
      chosen.add(row.querySelector("b").textContent);
    }
    count.textContent = words.length === 0 ? "" : `${shown} of ${rows.length} applications`;
    const releases = data.releases.filter(
      ({ name, application }) =>
        words.length === 0 || chosen.has(application) || hasWords(name.toLowerCase(), words),
    );
    showList(target, releases, releaseFigure, 12);
  };
  whenTyped(filter, draw);
  draw();
}

function releaseFigure({ name, facts, picture }) {
  return element(
    "figure",
    { class: "release" },
    element("figcaption", {}, element("h3", {}, name), element("small", {}, facts)),
    element(
      "div",
      { class: "picture", role: "region", tabindex: "0", "aria-label": `Picture of ${name}` },
      pictureOf(picture),
    ),
  );
}
