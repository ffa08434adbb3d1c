import { startMap } from "./map.mjs";
import { startReleases } from "./releases.mjs";
import { startResources } from "./resources.mjs";
import { startRoles } from "./roles.mjs";
import { indexOf, readData } from "./statements.mjs";

readData()
  .then((data) => {
    if (data === undefined) return;
    const index = indexOf(data);
    startReleases(data);
    const show = startResources(index);
    startMap(data, index, show);
    startRoles(data, index, show);
    for (const button of document.querySelectorAll("button.place[data-urn]")) {
      button.addEventListener("click", () => {
        const resource = index.byPlace.get(`${button.dataset.stack} ${button.dataset.urn}`);
        if (resource !== undefined) show(resource);
      });
    }
    document.documentElement.dataset.ready = "yes";
  })
  .catch((error) => {
    const text = `This browser cannot read the data of the page (${error.message}). A newer one can.`;
    document.getElementById("main").prepend(element("p", { class: "bad", role: "alert" }, text));
  });
