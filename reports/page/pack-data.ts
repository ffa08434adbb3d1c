import { gzipSync } from "node:zlib";
import type { Json } from "../../preview/preview-document";

/** Texts shorter than this are written where they stand. */
const worthSharing = 40;

/**
 * Data for the script of the page. Long texts that stand in many places (buildspecs, policies) are written once, as `{"$": number}`
 * into `texts`; then all of it is compressed, for a large platform has tens of megabytes of them.
 */
export function packed(data: Json): string {
  const texts: string[] = [];
  const numbers = new Map<string, number>();
  const shared = (value: Json): Json => {
    if (typeof value === "string") {
      if (value.length < worthSharing) return value;
      const number = numbers.get(value) ?? texts.push(value) - 1;
      numbers.set(value, number);
      return { $: number };
    }
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return (value as readonly Json[]).map(shared);
    // A key of this very name would be taken for a shared text.
    const entries = Object.entries(value).map(
      ([key, entry]) => [key === "$" ? "$$" : key, shared(entry)] as const,
    );
    return Object.fromEntries(entries);
  };
  return gzipSync(JSON.stringify({ data: shared(data), texts }), { level: 6 }).toString("base64");
}
