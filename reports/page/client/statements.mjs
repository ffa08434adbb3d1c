import { element } from "./elements.mjs";

/** Where texts are shared, they come from the list of texts. */
function unpacked(value, texts) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = unpacked(value[index], texts);
    return value;
  }
  if (typeof value.$ === "number") return texts[value.$];
  const entries = Object.entries(value).map(([key, entry]) => [
    key === "$$" ? "$" : key,
    unpacked(entry, texts),
  ]);
  return Object.fromEntries(entries);
}

export async function readData() {
  const packed = document.getElementById("data").textContent;
  if (packed === "") return undefined;
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const { data, texts } = await new Response(stream).json();
  return unpacked(data, texts);
}

/** Every resource by stack and URN, with the text in which the search looks. */
export function indexOf(data) {
  const resources = [];
  const byPlace = new Map();
  for (const { name: stack, resources: own } of data.stacks) {
    for (const resource of own) {
      const entry = {
        ...resource,
        stack,
        found: `${stack} ${resource.kind} ${resource.name} ${resource.urn}`.toLowerCase(),
      };
      resources.push(entry);
      byPlace.set(`${stack} ${resource.urn}`, entry);
    }
  }
  return { resources, byPlace };
}

/** The document in a property, which is text of JSON in most of them. */
export function documentIn(value) {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** A statement with the places where it stands: equal ones of many roles are shown once. */
export function statementsAt(places, byPlace) {
  const groups = new Map();
  for (const [stack, urn, path, index] of places) {
    const resource = byPlace.get(`${stack} ${urn}`);
    const statements = [documentIn(resource?.inputs[path])?.Statement ?? []].flat();
    const statement = statements[index];
    if (resource === undefined || statement === undefined) continue;
    const text = JSON.stringify(statement, null, 2);
    const group = groups.get(text) ?? { statement, text, path, holders: [] };
    group.holders.push(resource);
    groups.set(text, group);
  }
  return [...groups.values()];
}

export function statementBox({ statement, text, path, holders }, show) {
  const side = path === "assumeRolePolicy" ? "Trust policy" : "Policy";
  const named = holders
    .slice(0, 6)
    .map((holder) =>
      element(
        "button",
        { type: "button", class: "place", onclick: () => show(holder) },
        `${holder.stack}: ${holder.name}`,
      ),
    );
  const rest = holders.length > 6 ? [` and ${holders.length - 6} more alike`] : [];
  const title = statement.Sid ?? "without a name";
  return element(
    "article",
    { class: statement.Effect === "Deny" ? "statement deny" : "statement" },
    element("h4", {}, `${side}, statement “${title}” (${statement.Effect})`),
    element("p", {}, "in ", ...named, ...rest),
    element("pre", { tabindex: "0", "aria-label": `Statement ${title}` }, text),
  );
}
