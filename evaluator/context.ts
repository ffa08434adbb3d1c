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
  private readonly parts: readonly ReadonlyMap<string, ContextValue>[];

  /**
   * @param parts later ones win over earlier ones
   * @param otherKeys what holds of all keys that are not named: they are not there, or nobody knows
   */
  constructor(
    parts: readonly ContextValues[],
    private readonly otherKeys: "absent" | "unknown" = "absent",
  ) {
    this.parts = parts.map(inLowerCase).reverse();
  }

  /** @returns the values of the key, undefined where it is not there, "unknown" where that cannot be known */
  get(lowerCaseKey: string): readonly string[] | undefined | "unknown" {
    const value = this.find(lowerCaseKey) ?? this.find(familyOf(lowerCaseKey));
    if (value === undefined) return this.otherKeys === "absent" ? undefined : "unknown";
    if (value === unknownValue) return "unknown";
    if (typeof value === "string") return [value];
    return value.length === 0 ? undefined : value;
  }

  private find(key: string): ContextValue | undefined {
    for (const part of this.parts) {
      const value = part.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

/** By the object that was given: the same few sessions and resources are asked about again and again. */
const lowerCased = new WeakMap<ContextValues, ReadonlyMap<string, ContextValue>>();

function inLowerCase(values: ContextValues): ReadonlyMap<string, ContextValue> {
  const known = lowerCased.get(values);
  if (known !== undefined) return known;
  const entries = Object.entries(values).map(([key, value]): [string, ContextValue] => [
    key.toLowerCase(),
    value,
  ]);
  const map = new Map(entries);
  lowerCased.set(values, map);
  return map;
}

/** `aws:principaltag/application` → `aws:principaltag/*` */
function familyOf(key: string): string {
  return `${key.slice(0, key.indexOf("/") + 1)}*`;
}
