import type { Estate } from "./estate";
import type { Visitor } from "./reach";
import { administratorOf, everybody, serviceFor, strangersOrganization, type Session } from "./session";

/** Those who are no part of the platform, and who must get nowhere. */
export function outsidersOf(estate: Estate): Visitor[] {
  const { graph, environments, homes } = estate;
  const [stranger, neighbour] = freeAccounts(graph.stacks.map(({ accountId }) => accountId));
  const { organizationId } = graph;
  return [
    outsider(everybody, ""),
    outsider(
      administratorOf(stranger, "an administrator of a stranger's account", strangersOrganization),
      stranger,
    ),
    outsider(
      administratorOf(neighbour, "an administrator of another account of the organization", organizationId),
      neighbour,
    ),
    ...servicesIn(estate).map((service) => outsider(serviceFor(service, stranger), stranger)),
    ...environments.map(({ name, accountId }) => ({
      ...outsider(administratorOf(accountId, `an administrator of ${name}`, organizationId), accountId),
      environment: name,
    })),
    // Of the CI/CD account only which roles it may take: everything else there is its own.
    ...homes.map(({ accountId }) => ({
      ...outsider(
        administratorOf(accountId, "an administrator of the CI/CD account", organizationId),
        accountId,
      ),
      isOwnAccount: true,
    })),
  ];
}

function outsider(session: Session, accountId: string): Visitor {
  return { session, accountId, kind: "outsider", application: "", environment: "", inEnvironment: false };
}

/** Two accounts that are none of the platform's. */
function freeAccounts(taken: readonly string[]): [string, string] {
  const free = ["999999999999", "888888888888", "777777777777", "666666666666"].filter(
    (id) => !taken.includes(id),
  );
  return [free[0] ?? "000000000000", free[1] ?? "000000000001"];
}

/** The services that trusts name. */
function servicesIn({ members }: Estate): string[] {
  const names = members.flatMap(({ role }) =>
    role.trust.statements.flatMap(({ principals }) => principals?.names ?? []),
  );
  return [...new Set(names.filter((name) => /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(name)))].toSorted();
}
