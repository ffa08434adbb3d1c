import { reservedSuffixes } from "../names";
import type { Platform } from "../settings/settings";
import { problem, type Problem } from "../input/problem";
import { quote } from "../input/wording";
import type { Application } from "./application";
import { repeated } from "./repeated";
import type { WrittenApplication } from "./written-application";

/**
 * Resources of an application are called `<name>-…`, and grants name them by such patterns. So neither another
 * application nor a role of the platform may be called like it, followed by an environment, a track, or a suffix of
 * names.ts.
 */
export function overlapProblems(
  written: readonly WrittenApplication[],
  platform: Platform | undefined,
): Problem[] {
  const environments = platform?.environments.map(({ name }) => name) ?? [];
  const distinct = new Map(written.map(({ application }) => [application.name, application]));
  return [
    ...repeatedNames(written),
    ...[...distinct.values()].flatMap((shorter) => sharedNames(written, shorter, environments)),
    ...written.flatMap((file) => roleProblems(file, platform, environments)),
  ];
}

function repeatedNames(written: readonly WrittenApplication[]): Problem[] {
  return repeated(written, ({ application }) => application.name).map(({ item, value }) =>
    problem(
      `name: another application is called ${quote(value)} already.`,
      ["Give each application a name of its own."],
      item.locate(["name"]),
    ),
  );
}

function sharedNames(
  written: readonly WrittenApplication[],
  shorter: Application,
  environments: readonly string[],
): Problem[] {
  return written.flatMap(({ application, locate }) => {
    const { name } = application;
    if (!name.startsWith(`${shorter.name}-`)) return [];
    const place = locate(["name"]);
    const suffix = suffixIn(name, shorter, environments);
    if (suffix !== undefined) {
      const message = `name: ${quote(name)} reads like ${suffix} of the application ${quote(shorter.name)}.`;
      const reason = `What is called ${shorter.name}-${suffix}… belongs to ${shorter.name}, so grants of the two would overlap.`;
      return [problem(message, [reason, "Rename one of the two applications."], place)];
    }
    // Names of tracks are left out: only pipelines carry them, and grants name pipelines in full (see pipelineProblems).
    const common = stems(shorter.name, environments).find((stem) =>
      stems(name, environments).some((otherStem) => stem.startsWith(otherStem) || otherStem.startsWith(stem)),
    );
    if (common === undefined) return [];
    const message = `name: ${quote(name)} and ${quote(shorter.name)} would both own names that begin with ${common}`;
    return [
      problem(message, ["Rename one of the two applications, so that their grants do not overlap."], place),
    ];
  });
}

/** The platform's own roles. They are compared in small letters, as IAM does. */
function roleProblems(
  { application, locate }: WrittenApplication,
  platform: Platform | undefined,
  environments: readonly string[],
): Problem[] {
  const roles = [
    ["slipway:platformRole", platform?.platformRole],
    ["slipway:breakGlassRole", platform?.breakGlassRole],
    ...(platform?.environments.map(({ name, eks }) => [`eks.nodeRole of ${name}`, eks?.nodeRole] as const) ??
      []),
  ] as const;
  return roles.flatMap(([owner, role]) => {
    if (role === undefined) return [];
    const name = role.toLowerCase();
    if (name !== application.name && suffixIn(name, application, environments) === undefined) return [];
    const message = `name: the role ${quote(role)} (${owner}) is called as if it belonged to ${quote(application.name)}.`;
    return [problem(message, ["Rename the application or the role."], locate(["name"]))];
  });
}

/** The part after the application's name and a hyphen, if the application's own resources are named so. */
function suffixIn(
  name: string,
  application: Application,
  environments: readonly string[],
): string | undefined {
  if (!name.startsWith(`${application.name}-`)) return undefined;
  const rest = `${name.slice(application.name.length + 1)}-`;
  return suffixesOf(application, environments).find((suffix) => rest.startsWith(`${suffix}-`));
}

function suffixesOf({ tracks }: Application, environments: readonly string[]): string[] {
  return [...environments, ...reservedSuffixes, ...tracks.map((track) => track.name)];
}

function stems(name: string, environments: readonly string[]): string[] {
  return [...environments, ...reservedSuffixes].map((suffix) => `${name}-${suffix}-`);
}
