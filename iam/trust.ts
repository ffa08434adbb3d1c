import type { Conditions, PolicyDocument } from "./document";
import { document } from "./document";

/** A role that one AWS service assumes, for the resource or account that the conditions name. */
export function serviceTrust(service: string, conditions?: Conditions): PolicyDocument {
  return document({
    Sid: "AssumedByService",
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["sts:AssumeRole"],
    ...(conditions && { Condition: conditions }),
  });
}
