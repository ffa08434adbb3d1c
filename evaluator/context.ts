/** Stands for a value of a condition key that is there, or may be there, but cannot be known. */
export const unknownValue: unique symbol = Symbol("a value that cannot be known");

/** A key with several values has a list; an empty list says that the key is not there. */
export type ContextValue = string | readonly string[] | typeof unknownValue;

/**
 * Condition keys of a request by name, spelled in any case. `aws:PrincipalTag/*` speaks of all tags that are not named: an empty
 * list says that there are no others.
 */
export type ContextValues = Readonly<Record<string, ContextValue>>;

/** What a request says of itself: the keys that policies compare. */
export class Context {
  private readonly values = new Map<string, ContextValue>();

  /** @param otherKeys what holds of all keys that are not named: they are not there, or nobody knows */
  constructor(
    values: ContextValues,
    private readonly otherKeys: "absent" | "unknown" = "absent",
  ) {
    for (const [key, value] of Object.entries(values)) this.values.set(key.toLowerCase(), value);
  }

  /** @returns the values of the key, undefined where it is not there, "unknown" where that cannot be known */
  get(lowerCaseKey: string): readonly string[] | undefined | "unknown" {
    const value = this.values.get(lowerCaseKey) ?? this.values.get(familyOf(lowerCaseKey));
    if (value === undefined) return this.otherKeys === "absent" ? undefined : "unknown";
    if (value === unknownValue) return "unknown";
    if (typeof value === "string") return [value];
    return value.length === 0 ? undefined : value;
  }
}

/** `aws:principaltag/application` → `aws:principaltag/*` */
function familyOf(key: string): string {
  return `${key.slice(0, key.indexOf("/") + 1)}*`;
}
