import { element, hasWords, showList, whenTyped, wordsOf } from "./elements.mjs";

/** Each role in sentences, found by its name, its stack or a word of them. */
export function startRoles(data, { byPlace }, show) {
  const target = document.getElementById("role-list");
  if (target === null) return;
  const roles = data.roles.map((role) => ({
    ...role,
    found: [role.stack, role.name, role.purpose, ...role.enteredBy, ...role.may, ...role.limits]
      .join(" ")
      .toLowerCase(),
  }));
  const search = element("input", { type: "search", id: "role-search", autocomplete: "off" });
  const count = element("span", { role: "status" });
  const found = element("div", { class: "resources" });
  const draw = () => {
    const words = wordsOf(search);
    const matching = roles.filter((role) => hasWords(role.found, words));
    count.textContent = `${matching.length} of ${roles.length} roles`;
    showList(found, matching, (role) => roleBox(role, byPlace.get(`${role.stack} ${role.urn}`), show));
  };
  whenTyped(search, draw);
  target.append(element("p", { class: "filter" }, element("label", {}, "Search ", search), count), found);
  draw();
}

function roleBox({ stack, name, purpose, enteredBy, may, limits }, resource, show) {
  const sentences = (title, texts) =>
    texts.length === 0
      ? []
      : [element("h4", {}, title), element("ul", {}, ...texts.map((text) => element("li", {}, text)))];
  const button =
    resource === undefined
      ? []
      : [
          element(
            "button",
            { type: "button", class: "place", onclick: () => show(resource) },
            "Show the resource",
          ),
        ];
  return element(
    "details",
    { class: "resource" },
    element("summary", {}, element("b", {}, name), " ", element("small", {}, `${stack} · ${purpose}`)),
    ...sentences("Who may take it", enteredBy),
    ...sentences("What it may do", may),
    ...sentences("What is kept from it", limits),
    ...button,
  );
}
