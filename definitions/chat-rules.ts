import { problem, type Problem } from "../input/problem";
import type { Chat, Platform } from "../settings/settings";
import type { WrittenApplication } from "./written-application";

const places = {
  slack: "Slack workspace",
  teams: "team of Microsoft Teams",
} as const satisfies Record<keyof Chat, string>;

/** A channel is one of the platform's workspace or team: AWS's chat application speaks nowhere else. */
export function chatProblems({ application, locate }: WrittenApplication, platform: Platform): Problem[] {
  return (["slack", "teams"] as const).flatMap((service) => {
    if (application.chat?.[service] === undefined || platform.chat?.[service] !== undefined) return [];
    return [
      problem(
        `chat.${service}: the platform has no ${places[service]}.`,
        [`Remove it; or the platform team adds ${service} to slipway:chat in Pulumi.yaml.`],
        locate(["chat", service]),
      ),
    ];
  });
}
