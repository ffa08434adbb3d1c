import { element } from "./elements.mjs";
import { statementBox, statementsAt } from "./statements.mjs";

/** Arrows open the statements that make them, by mouse and by keyboard. */
export function startMap(data, { byPlace }, show) {
  const panel = document.getElementById("statements");
  if (panel === null) return;
  const byId = new Map(data.arrows.map((arrow) => [arrow.id, arrow]));
  const choose = (id) => {
    const arrow = byId.get(id);
    if (arrow === undefined) return;
    for (const part of document.querySelectorAll("#map .chosen")) part.classList.remove("chosen");
    document.getElementById(id)?.classList.add("chosen");
    const boxes = statementsAt(arrow.places, byPlace).map((group) => statementBox(group, show));
    const none =
      boxes.length > 0
        ? []
        : [element("p", {}, "No statement of these stacks says so: it is the service's own link.")];
    panel.replaceChildren(element("h3", {}, arrow.sentence), ...none, ...boxes);
    panel.hidden = false;
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  };
  for (const part of document.querySelectorAll("#map svg [role=button]")) {
    part.addEventListener("click", () => choose(part.id));
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(part.id);
    });
  }
  for (const button of document.querySelectorAll("[data-arrow]")) {
    button.addEventListener("click", () => choose(button.dataset.arrow));
  }
}
