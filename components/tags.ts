/** On everything the platform makes. Never the tags that policies compare: those stand where they are meant. */
export const platformTags = { ManagedBy: "slipway" } as const;

/** On what belongs to one application. */
export function applicationTags(application: string): Record<string, string> {
  return { ...platformTags, Application: application };
}
