import { element, hasWords, showList, whenTyped, wordsOf } from "./elements.mjs";
import { documentIn } from "./statements.mjs";

/** All resources: a search, a filter by stack and one by type, and the inputs of each. @returns shows one of them */
export function startResources({ resources }) {
  const search = element("input", { type: "search", id: "resource-search", autocomplete: "off" });
  const stack = select("All stacks", resources, "stack");
  const kind = select("All types", resources, "kind");
  const count = element("span", { role: "status", id: "resource-count" });
  const found = element("div", { class: "resources" });
  const draw = () => {
    const words = wordsOf(search);
    const matching = resources.filter(
      (resource) =>
        (stack.value === "" || resource.stack === stack.value) &&
        (kind.value === "" || resource.kind === kind.value) &&
        hasWords(resource.found, words),
    );
    count.textContent = `${matching.length} of ${resources.length} resources`;
    showList(found, matching, resourceBox);
  };
  whenTyped(search, draw);
  stack.addEventListener("change", draw);
  kind.addEventListener("change", draw);
  const labels = [
    ["Search", search],
    ["Stack", stack],
    ["Type", kind],
  ].map(([text, input]) => element("label", {}, `${text} `, input));
  document.getElementById("resource-list").append(element("p", { class: "filter" }, ...labels, count), found);
  draw();
  return (resource) => {
    search.value = resource.urn;
    stack.value = resource.stack;
    kind.value = "";
    draw();
    open(found.querySelector("details"));
  };
}

function open(box) {
  if (box === null) return;
  box.open = true;
  box.scrollIntoView({ block: "start" });
  box.querySelector("summary").focus({ preventScroll: true });
}

function select(all, resources, key) {
  const options = [...new Set(resources.map((resource) => resource[key]))]
    .sort()
    .map((value) => element("option", { value }, value));
  return element("select", {}, element("option", { value: "" }, all), ...options);
}

/** The inputs are written only when somebody opens them. */
function resourceBox(resource) {
  const { stack, kind, name, urn, protect } = resource;
  const box = element(
    "details",
    { class: "resource" },
    element(
      "summary",
      {},
      element("b", {}, name),
      " ",
      element("small", {}, `${kind} · ${stack}${protect ? " · protected" : ""}`),
    ),
  );
  box.addEventListener("toggle", () => {
    if (!box.open || box.childElementCount > 1) return;
    box.append(
      element("code", {}, urn),
      element("pre", { tabindex: "0", "aria-label": `Inputs of ${name}` }, inputText(resource.inputs)),
    );
  });
  return box;
}

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The inputs as JSON; documents within texts as what they are, and long texts line by line. */
function inputText(inputs) {
  const longTexts = [];
  const shown = (_, value) => {
    if (value === unknown) return "(known after deployment)";
    if (typeof value !== "string") return value;
    const text = value.trimStart();
    const inner = text.startsWith("{") || text.startsWith("[") ? documentIn(value) : undefined;
    if (inner !== undefined) return inner;
    if (!value.includes("\n")) return value;
    longTexts.push(value);
    return `(text ${longTexts.length}, below)`;
  };
  const json = JSON.stringify(inputs, shown, 2);
  return [json, ...longTexts.map((text, index) => `── text ${index + 1} ──\n${text}`)].join("\n\n");
}
