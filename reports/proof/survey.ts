import type { PreviewDocument } from "../../preview/preview-document";
import { Entrances } from "./entrances";
import { estateOf, type Estate } from "./estate";
import { graphOf } from "./graph";
import { Possibilities } from "./possibilities";
import { Inquiry } from "./session";
import { thingsOf } from "./things";

/** A platform as it is asked about: made once, and used by everything that asks. */
export interface Survey {
  readonly inquiry: Inquiry;
  readonly estate: Estate;
  readonly possibilities: Possibilities;
  readonly entrances: Entrances;
}

export function surveyOf(document: PreviewDocument): Survey {
  const graph = graphOf(document);
  const estate = estateOf(graph);
  const inquiry = new Inquiry(graph);
  return {
    inquiry,
    estate,
    possibilities: new Possibilities(inquiry, thingsOf(estate)),
    entrances: new Entrances(inquiry, estate),
  };
}
