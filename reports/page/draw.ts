import { escape } from "./html";

/** What a picture is made of, and what it says to those who do not see it. */
export interface Drawing {
  readonly dot: string;
  readonly title: string;
  readonly description: string;
  /** A sentence for each part that can be chosen, by its id. */
  readonly parts?: ReadonlyMap<string, string>;
}

/** Lays a drawing out and gives it as an `svg` element. */
export type Draw = (drawing: Drawing) => string;

/** Graphviz as WebAssembly; loaded only when a picture is wanted, which takes a tenth of a second. */
export async function loadGraphviz(): Promise<Draw> {
  const { instance } = await import("@viz-js/viz");
  const graphviz = await instance();
  return (drawing) => adapted(graphviz.renderString(drawing.dot, { format: "svg" }), drawing);
}

/** Takes out what is Graphviz's own and puts in what makes the picture a part of a page. */
function adapted(svg: string, { title, description, parts = new Map() }: Drawing): string {
  const [, width = "0", height = "0"] = /<svg width="([\d.]+)pt" height="([\d.]+)pt"/.exec(svg) ?? [];
  const [, box = ""] = /viewBox="([^"]*)"/.exec(svg) ?? [];
  const inner = svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replace(/<!--.*?-->\n?/gs, "")
    .replace(/<title>.*?<\/title>\n?/gs, "")
    .replace(/<polygon fill="white" stroke="none"[^>]*\/>\n?/, "")
    .replace(/ xml:space="preserve"| font-family="[^"]*"| id="(?:graph|clust|node|edge)\d+"/g, "")
    .replace(/<g id="([^"]+)" class="([^"]*)">/g, (group, id: string, kind: string) =>
      partOpening(group, id, kind, parts),
    );
  return (
    `<svg viewBox="${box}" width="${width}" height="${height}" role="${parts.size > 0 ? "group" : "img"}" ` +
    `aria-label="${escape(`${title}. ${description}`)}">${inner.trim()}</svg>`
  );
}

function partOpening(group: string, id: string, kind: string, parts: ReadonlyMap<string, string>): string {
  const sentence = parts.get(id);
  if (sentence === undefined) return group;
  return (
    `<g id="${id}" class="${kind}" role="button" tabindex="0" aria-label="${escape(sentence)}">` +
    `<title>${escape(sentence)}</title>`
  );
}
