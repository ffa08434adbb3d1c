/** One fault that somebody could put into the source by a slip, and the test that must notice it. */
export interface Fault {
  /** What is wrong then, in a few words; unique. */
  readonly name: string;
  /** Path from the top of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The test file that notices, and the full title of one of its tests that then fails. */
  readonly killedBy: TestName;
}

export interface TestName {
  readonly file: string;
  readonly title: string;
}

/** The source with the fault in it. Throws when the place to change is not there exactly once: the fault is out of date. */
export function withFault(source: string, { name, file, find, replace }: Fault): string {
  const places = source.split(find).length - 1;
  if (places !== 1) {
    throw new Error(
      `The fault "${name}" is out of date: its text stands ${places} times in ${file}, once is wanted.`,
    );
  }
  return source.replace(find, () => replace);
}
