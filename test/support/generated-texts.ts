/** Generators of the names, addresses and paths that people write. */
import fc from "fast-check";
import { limits } from "../../names";

const lower = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
export const word = `${lower}${lower.toUpperCase()}${digits}_`;

/** Much faster than fc.stringMatching, which parses and walks its expression for every value. */
export function text(characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(characters)), minLength, maxLength });
}

function joined(...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((texts) => texts.join(""));
}

/** They hold a dot, which the names of applications cannot, so no role reads like an application. */
export const roleNames = joined("P.", text(`${word}+=,.@-`, 0, 62));
export const clusterNames = joined(text(`${lower}${digits}`, 1, 1), text(`${word}-`, 0, 59));
export const organizationIds = joined("o-", text(`${lower}${digits}`, 10, 32));
export const accountIds = text(digits, 12, 12);
export const permissionSets = text(`${word}+=,.@-`, 1, 32);
const addresses = joined(text(`${lower}${digits}`, 1, 9), "@", text(lower, 1, 8), ".example.com");
export const paths = fc
  .array(joined(text(`${word}@+`, 1, 1), text(`${word}.@+-`, 0, 12)), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("/"));
export const reportNames = joined(text(`${lower}${digits}`, 1, 1), text(`${word}-`, 0, 39));
export const healthPaths = joined("/", text(`${word}./~-`, 0, 30));

/** Names of any length, the longest ones, and names made of words such as the platform's own names hold. */
function names(longest: number): fc.Arbitrary<string> {
  const parts = ["shop", "api", "dev", "test", "prod", "main", "deploy", "task", "execution", "true", "null"];
  const first = text(lower, 1, 1);
  const rest = `${lower}${digits}`;
  return fc.oneof(
    joined(first, text(rest, 0, 9)),
    joined(first, text(rest, longest - 1, longest - 1)),
    joined(first, text(rest, 0, 5), "-", text(rest, 1, 8)),
    fc
      .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 })
      .map((words) => words.join("-"))
      .filter((name) => name.length <= longest),
  );
}

export const applicationNames = names(limits.applicationName).filter(
  (name) => !/^(default$|(kube|slipway)(-|$))/.test(name),
);
export const environmentNames = names(limits.environmentName).filter(
  (name) => !["cloudformation", "task", "task-execution"].includes(name),
);
export const trackNames = names(limits.trackName).filter((name) => !["pr", "deploy"].includes(name));

export function emails(minLength: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(addresses, {
    minLength,
    maxLength: 3,
  });
}

const capitals = lower.toUpperCase();
const slackIds = (prefix: string): fc.Arbitrary<string> =>
  joined(prefix, text(`${capitals}${digits}`, 8, 12));
export const slackWorkspaceIds = slackIds("T");

/** A few channels, so that several applications speak in one. */
export function slackChannels(minLength: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.oneof(fc.constantFrom("C07EZ1ABC23", "G0123456789"), slackIds("C")), {
    minLength,
    maxLength: 5,
  });
}

export function teamsChannels(minLength: number): fc.Arbitrary<string[]> {
  const shared = "19:0123456789abcdef0123456789abcdef@thread.tacv2";
  return fc.uniqueArray(
    fc.oneof(fc.constant(shared), joined("19:", text(`${word}-`, 32, 44), "@thread.tacv2")),
    { minLength, maxLength: 5 },
  );
}

export function resourceIds(prefix: string, maxLength: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(
    joined(
      `${prefix}-`,
      fc.constantFrom(8, 17).chain((n) => text("0123456789abcdef", n, n)),
    ),
    {
      minLength: 1,
      maxLength,
    },
  );
}
