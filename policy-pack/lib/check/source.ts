/** The value that a file holds, and on which line each part of it stands. */

/** A step of a path: the name of a property, or the place in a list. */
export type Step = string | number;

/** An object that has one key twice; the value keeps the last of the two. */
export interface RepeatedKey {
  readonly container: object;
  readonly key: string;
  readonly line: number;
}

export interface Source {
  readonly value: unknown;
  readonly lines: Lines;
  readonly repeatedKeys: readonly RepeatedKey[];
}

/** A file that cannot be read as JSON or YAML; line and column are counted from one. */
export interface Unreadable {
  readonly problem: string;
  readonly line: number;
}

/** Lines of the parts of a value, counted from one. Objects and lists are known by identity. */
export class Lines {
  private readonly known = new WeakMap<object, ReadonlyMap<Step, number>>();

  set(container: object, lines: ReadonlyMap<Step, number>): void {
    this.known.set(container, lines);
  }

  /** The line of one part of an object or list. */
  of(container: object, step: Step): number | undefined {
    return this.known.get(container)?.get(step);
  }

  /** The line of the value at the path; where there is no such value, that of the nearest one above it. */
  at(root: unknown, path: readonly string[], lineOfRoot = 1): number {
    let [value, line, done] = [root, lineOfRoot, 0];
    while (done < path.length && typeof value === "object" && value !== null) {
      const [key, length] = keyIn(value, path.slice(done));
      if (key === undefined) return line;
      line = this.of(value, key) ?? line;
      value = (value as Readonly<Record<Step, unknown>>)[key];
      done += length;
    }
    return line;
  }
}

/** The first key of the path and of how many steps it is: a condition key such as `accounts.google.com:sub` has dots itself. */
function keyIn(container: object, path: readonly string[]): [Step | undefined, number] {
  if (Array.isArray(container)) return [Number(path[0]) in container ? Number(path[0]) : undefined, 1];
  const keys = Object.keys(container);
  for (let length = 1; length <= path.length; length++) {
    const name = path.slice(0, length).join(".");
    // A policy document may write its keys in any case.
    const key = name in container ? name : keys.find((other) => other.toLowerCase() === name.toLowerCase());
    if (key !== undefined) return [key, length];
  }
  return [undefined, 1];
}

/** `Statement[0].Condition.StringLike.aws:arn` as steps. */
export function stepsOf(path: string): string[] {
  return path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
}

/** An object that may have any property. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
