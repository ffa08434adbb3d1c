import type { Ground } from "./access-map";
import { peopleHome } from "./boxes";
import { hasAction } from "./statements";
import { trustLinks } from "./trust-links";

/** Who may answer an approval, by `<pipeline>/<stage>`: the people who enter a role that may, or else the role itself. */
export function approversOf(ground: Ground): ReadonlyMap<string, readonly string[]> {
  const people = new Map<string, string[]>();
  for (const { from, target } of trustLinks(ground)) {
    if (from.home === peopleHome) people.set(target.urn, [...(people.get(target.urn) ?? []), from.title]);
  }
  const approvers = new Map<string, string[]>();
  for (const role of ground.roles) {
    const arns = role.identity
      .filter((statement) => statement.allows && hasAction(statement, "codepipeline:PutApprovalResult"))
      .flatMap(({ resources }) => resources);
    for (const arn of arns) {
      const [pipeline = "", stage = ""] = (arn.split(":").at(-1) ?? "").split("/");
      const who = people.get(role.urn) ?? [];
      const names = who.length === 0 ? [`role ${role.name}`] : who;
      approvers.set(`${pipeline}/${stage}`, [...(approvers.get(`${pipeline}/${stage}`) ?? []), ...names]);
    }
  }
  return approvers;
}
