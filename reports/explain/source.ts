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
  const writers = [...sources].flatMap(([file, content]) => {
    const line = lineOf(sid, content);
    return line === undefined ? [] : [{ file, line }];
  });
  const home = filesOfRoles.find(([path]) => path.test(rolePath))?.[1];
  const [writer, ...others] = writers.length > 1 ? writers.filter(({ file }) => file === home) : writers;
  return writer === undefined || others.length > 0 ? undefined : `${writer.file}:${String(writer.line)}`;
}

/** Texts that could be a Sid: letters and digits, in a template also what is put in. */
const literal = /"([A-Z][A-Za-z0-9]+)"|`((?:[A-Za-z0-9]|\$\{[^}]*\})+)`/g;

function lineOf(sid: string, content: string): number | undefined {
  for (const { index, 1: written, 2: template = "" } of content.matchAll(literal)) {
    if (written === sid || (template.includes("${") && fits(template, sid))) {
      return content.slice(0, index).split("\n").length;
    }
  }
  return undefined;
}

/** `PullFrom${sidPart(environment.name)}` fits `PullFromDev`. */
function fits(template: string, sid: string): boolean {
  const fixed = template.split(/\$\{[^}]*\}/);
  return fixed.join("").length >= 4 && new RegExp(`^${fixed.join("[A-Za-z0-9]+")}$`).test(sid);
}
