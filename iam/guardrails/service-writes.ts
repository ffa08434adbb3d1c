import table from "../data/service-writes.json";

export type Service = keyof typeof table.writes;

/** Every action of the service that is more than reading or listing, as AWS's table says it. */
export function writesOf(service: Service): string[] {
  return writes(service).map(([name]) => `${service}:${name}`);
}

/** Of these the ones that a policy can limit to resources of one of these types; with no types, those that it cannot limit. */
export function writesOn(service: Service, ...types: string[]): string[] {
  const concerns = (resources: readonly string[]): boolean =>
    types.length === 0 ? resources.length === 0 : resources.some((resource) => types.includes(resource));
  return writes(service)
    .filter(([, resources]) => concerns(resources))
    .map(([name]) => `${service}:${name}`);
}

function writes(service: Service): [string, readonly string[]][] {
  const actions: Readonly<Record<string, readonly string[]>> = table.writes[service];
  return Object.entries(actions);
}
