import type { Platform } from "../settings/settings";
import { problem, type Problem } from "../input/problem";
import type { WrittenApplication } from "./written-application";

/** Attributes narrow down who of a permission set may start; without one there is nobody. */
export function peopleProblems({ application, locate }: WrittenApplication, platform: Platform): Problem[] {
  const { starters } = application.people ?? {};
  const permissionSet = starters?.permissionSet ?? platform.people.starterPermissionSet;
  if (starters === undefined || permissionSet !== undefined) return [];
  return [
    problem(
      "people.starters: attributes of the members of no permission set.",
      [
        "Add permissionSet here; or the platform team adds starterPermissionSet to slipway:people in Pulumi.yaml.",
      ],
      locate(["people", "starters"]),
    ),
  ];
}
