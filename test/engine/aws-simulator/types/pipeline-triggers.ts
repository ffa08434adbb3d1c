/** What CodePipeline checks of the triggers of a pipeline. */
import { match, objects, oneOf, texts, type Call } from "../model";
import { object, text, type Props } from "../values";
import { refuse, structure } from "./pipeline-faults";

export function checkTriggers(call: Call): void {
  const triggers = objects(call.props["triggers"]);
  if (triggers.length > call.limit("triggersPerPipeline")) refuse(structure, "Too many triggers");
  const [source] = objects(call.props["stages"]);
  const names = objects(source?.["actions"]).map((item) => text(item["name"]));
  for (const trigger of triggers) {
    oneOf("ValidationException", trigger["providerType"], "trigger.providerType", [
      "CodeStarSourceConnection",
    ]);
    const git = object(trigger["gitConfiguration"]);
    if (!names.includes(text(git["sourceActionName"])))
      refuse(
        structure,
        `The trigger names the source action ${text(git["sourceActionName"])}, which does not exist`,
      );
    const [pushes, pulls] = [objects(git["pushes"]), objects(git["pullRequests"])];
    if (pushes.length > 3 || pulls.length > 3)
      refuse("ValidationException", "A trigger has at most 3 filters of a kind");
    for (const filter of [...pushes, ...pulls]) checkFilter(call, filter);
  }
}

function checkFilter(call: Call, filter: Props): void {
  const kinds = ["branches", "filePaths", "tags"].filter((kind) => filter[kind] !== undefined);
  if (kinds.includes("tags") && kinds.length > 1)
    refuse(structure, "A filter for tags cannot be combined with branches or file paths");
  if (kinds.includes("filePaths") && !kinds.includes("branches"))
    refuse(structure, "A filter for file paths needs branches");
  for (const kind of kinds) {
    const { includes, excludes } = object(filter[kind]);
    if (includes === undefined && excludes === undefined)
      refuse("ValidationException", `The filter ${kind} is empty`);
    for (const patterns of [includes, excludes].filter((item) => item !== undefined).map(texts)) {
      if (patterns.length < 1 || patterns.length > call.limit("patternsPerFilter"))
        refuse(
          "ValidationException",
          `The filter ${kind} has ${patterns.length} patterns; 1 to ${call.limit("patternsPerFilter")} are allowed`,
        );
      for (const pattern of patterns) match("ValidationException", pattern, `${kind} pattern`, /^.{1,255}$/);
    }
  }
  for (const event of texts(filter["events"]))
    oneOf("ValidationException", event, "pullRequest.events", ["OPEN", "UPDATED", "CLOSED"]);
}
