import type { Tags } from "./entrances";
import type { Estate, Member } from "./estate";
import type { Graph } from "./graph";
import { outsidersOf } from "./outsiders";
import type { Who } from "./questions";
import { visitorOf, type Visitor } from "./reach";
import { anySourceIdentity, sessionOf, type Inquiry } from "./session";

/** Somebody who could ask for something, by the groups of the shipped questions. */
export interface Caller extends Visitor {
  readonly who: Who;
}

/** All who could ask for anything: every role, every session behind a door, and those outside. */
export function callersIn(inquiry: Inquiry, estate: Estate): Caller[] {
  return [
    ...estate.members.flatMap((member) => roleCallers(inquiry, member)),
    ...doorSessions(inquiry.graph, estate),
    ...outsidersOf(estate).map((outsider) => ({ ...outsider, who: outsiderKind(outsider) })),
  ];
}

function roleCallers(inquiry: Inquiry, member: Member): Caller[] {
  const { kind } = member;
  if (kind === "door" || kind === "other") return [];
  const who = kind === "image" || kind === "package" ? "build" : kind;
  return [{ ...visitorOf(inquiry, member), who }];
}

/** Behind each door, one session for each application that has a deploy job for the environment. */
function doorSessions(graph: Graph, { members }: Estate): Caller[] {
  const doors = members.filter(({ kind }) => kind === "door");
  return doors.flatMap(({ role, kind, environment, inEnvironment }) =>
    members
      .filter((job) => job.kind === "deploy" && job.environment === environment)
      .map(({ application, role: { tags } }) => ({
        session: sessionOf(graph, role, { tags: namesIn(tags), sourceIdentity: anySourceIdentity }),
        kind,
        application,
        environment,
        inEnvironment,
        accountId: role.accountId,
        who: "door" as const,
      })),
  );
}

function namesIn({ Application = "", DeploymentKind = "" }: Tags): Tags {
  return { Application, DeploymentKind };
}

/** The names under which deploy jobs enter, each once. */
export function deployNames({ members }: Estate): Tags[] {
  const names = new Map<string, Tags>();
  for (const { kind, role } of members) {
    if (kind !== "deploy") continue;
    const name = namesIn(role.tags);
    names.set(JSON.stringify(name), name);
  }
  return [...names.values()];
}

function outsiderKind({ environment, isOwnAccount, session }: Visitor): Who {
  if (session.principal.kind === "service") return "service for a stranger";
  if (environment !== "") return "environment administrator";
  return isOwnAccount === true ? "other person" : "stranger";
}
