/** The applications that a person's groups open, in the order of the list. */
export function tilesFor({ groups }, applications) {
  return applications.filter((application) => application.groups.some((group) => groups.includes(group)));
}

/** The page as HTML. Everything that comes from outside is escaped. */
export function page({ name }, tiles) {
  const list = tiles.map(
    ({ name, url }) => `<li><a href="${escape(url)}" rel="noreferrer">${escape(name)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Dashboard</title>
<h1>${escape(name)}</h1>
${list.length === 0 ? "<p>No application is open to your groups.</p>" : `<ul>\n${list.join("\n")}\n</ul>`}
</html>
`;
}

function escape(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text).replace(/[&<>"']/g, (character) => entities[character]);
}
