/**
 * JSON as Go writes it, since the engine and the AWS provider are Go programs: keys in order, and three characters that
 * matter in HTML escaped (`encoding/json`).
 */
export function goJson(value: unknown): string {
  const ordered = JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === "bigint") return Number(item);
    if (typeof item !== "object" || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return ordered.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
