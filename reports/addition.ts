import type { PreviewDocument } from "../preview/preview-document";
import { assuming } from "./cost/assumptions";
import { costOf } from "./cost/cost";
import { factsOf } from "./cost/facts";
import { money } from "./cost/money";
import { pipelinesOf, plural } from "./pipelines";
import { list } from "./explain/wording";

/** What one application adds to the platform, in lines for people. */
export function additionLines(document: PreviewDocument, application: string): string[] {
  const own = factsOf(document).map((facts, index) => {
    const { name = "", resources = [] } = document.stacks[index] ?? {};
    return {
      stack: name,
      resources: resources.filter((resource) => facts.ownerOf(resource) === application),
    };
  });
  const all = own.flatMap(({ resources }) => resources);
  const count = (type: string): number => all.filter((resource) => resource.type === type).length;
  const pipelines = pipelinesOf(all).map(({ name, triggers, stages }) => {
    const way = stages.map((stage) => stage.name).join(" → ");
    return `pipeline ${name}, on ${list(triggers, "or")}: ${way}`;
  });
  const made = own
    .map(({ stack, resources }) => ({ stack, made: resources.filter(({ custom }) => custom).length }))
    .filter((share) => share.made > 0);
  const cost = costOf(document, assuming()).applications.find(({ name }) => name === application)?.usd;
  return [
    ...pipelines,
    `${plural(count("aws:codebuild/project:Project"), "job")}, ${plural(count("aws:iam/role:Role"), "IAM role")}`,
    `resources: ${made.map((share) => `${String(share.made)} in ${share.stack}`).join(", ")}`,
    ...(cost === undefined
      ? []
      : [
          `≈ ${money(cost.expected)} USD a month (${money(cost.low)} to ${money(cost.high)}), as slipway cost assumes`,
        ]),
  ];
}
