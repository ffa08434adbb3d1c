/** Where something is written. */
export interface Place {
  /** As the user would type it: relative to the working directory where it lies below it. */
  readonly file: string;
  /** From 1; without a line, the whole file is meant. */
  readonly line?: number;
  readonly column?: number;
}

/**
 * Something that a person must change in what they wrote. The program makes problems, the preview hands them on, and
 * `slipway preview --json` prints them: fields are added, never renamed.
 */
export interface Problem extends Partial<Place> {
  /** What is wrong, in the user's words and with the value that they wrote: one line. */
  readonly message: string;
  /** What is allowed, and what to do: a sentence in a line. */
  readonly remedy?: string;
}

/** What was read and checked, or everything that is wrong with it. */
export type Checked<Value> = { readonly value: Value } | { readonly problems: readonly Problem[] };

/**
 * @param details what is allowed, and the remedy: a sentence each
 * @param place absent where the file is not known
 */
export function problem(message: string, details: readonly string[] = [], place?: Place): Problem {
  const remedy = details
    .flatMap((detail) => detail.split("\n"))
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");
  return {
    message: message.replace(/\s*[\r\n]\s*/g, " ").trim(),
    ...place,
    ...(remedy === "" ? {} : { remedy }),
  };
}

/** Files in order of their names, in a file from top to bottom, problems without a place first. */
export function sortProblems<Item extends Problem>(problems: readonly Item[]): Item[] {
  return problems.toSorted((a, b) => {
    if (a.file === undefined || b.file === undefined) {
      return Number(a.file !== undefined) - Number(b.file !== undefined);
    }
    if (a.file !== b.file) return a.file < b.file ? -1 : 1;
    return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
  });
}
