import { groupBy } from "../group-by";

/** Sources that write policy statements, by path in the project, such as `iam/door.ts`. */
export type SourceFiles = ReadonlyMap<string, string>;

/** Where the statements of a role's documents are written when several files write one of the same Sid. */
const filesOfRoles: readonly (readonly [path: RegExp, file: string])[] = [
  [/^\/slipway\/[^/]+$/, "iam/door.ts"],
  [/^\/slipway\/(execution|namespace)\//, "iam/execution-roles.ts"],
  [/^\/slipway\/(job|deploy)\//, "iam/job-role.ts"],
  [/^\/slipway\/pipeline\//, "iam/pipeline-role.ts"],
  [/^\/slipway\/people\//, "iam/people.ts"],
];

/**
 * The place that writes a statement, such as `iam/job-role.ts:63`, looked for in the sources themselves so that it cannot go
 * stale; undefined where none or several could be meant.
 * @param rolePath path and name of the role that the statement belongs to
 */
export function sourceOf(sid: string, rolePath: string, sources: SourceFiles): string | undefined {
  const { written, templates } = indexOf(sources);
  const writers = new Map<string, number>();
  const patterns = templates.filter(({ pattern }) => pattern.test(sid));
  for (const { file, line } of [...(written.get(sid) ?? []), ...patterns]) {
    writers.set(file, Math.min(line, writers.get(file) ?? line));
  }
  const home = filesOfRoles.find(([path]) => path.test(rolePath))?.[1] ?? "";
  const [file, ...others] = [...writers.keys()].filter((name) => writers.size === 1 || name === home);
  return file === undefined || others.length > 0 ? undefined : `${file}:${String(writers.get(file))}`;
}

interface Line {
  readonly file: string;
  readonly line: number;
}

interface SidIndex {
  readonly written: ReadonlyMap<string, readonly Line[]>;
  /** `PullFrom${sidPart(environment.name)}`, as the pattern of what it becomes. */
  readonly templates: readonly (Line & { readonly pattern: RegExp })[];
}

/** Made once: a large platform has thousands of statements to look for. */
const indexes = new WeakMap<SourceFiles, SidIndex>();

function indexOf(sources: SourceFiles): SidIndex {
  const before = indexes.get(sources);
  if (before !== undefined) return before;
  const texts = [...sources].flatMap(([file, content]) => sidsIn(file, content));
  const written = groupBy(
    texts.filter(({ template }) => template === ""),
    ({ sid }) => sid,
  );
  const templates = texts.flatMap((text) => {
    const pattern = patternOf(text.template);
    return pattern === undefined ? [] : [{ ...text, pattern }];
  });
  const index = { written, templates };
  indexes.set(sources, index);
  return index;
}

/** Texts that could be a Sid: letters and digits, in a template also what is put in. */
const literal = /"([A-Z][A-Za-z0-9]+)"|`((?:[A-Za-z0-9]|\$\{[^}]*\})+)`/g;

function sidsIn(
  file: string,
  content: string,
): (Line & { readonly sid: string; readonly template: string })[] {
  return content.split("\n").flatMap((text, number) =>
    [...text.matchAll(literal)].map(([, sid = "", template = ""]) => ({
      file,
      line: number + 1,
      sid,
      template,
    })),
  );
}

/** `PullFrom${sidPart(environment.name)}` becomes `PullFromDev`; too little fixed text would fit anything. */
function patternOf(template: string): RegExp | undefined {
  const fixed = template.split(/\$\{[^}]*\}/);
  if (fixed.length === 1 || fixed.join("").length < 4) return undefined;
  return new RegExp(`^${fixed.join("[A-Za-z0-9]+")}$`);
}
