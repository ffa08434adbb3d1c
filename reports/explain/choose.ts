import { groupBy } from "../group-by";
import type { PipelineExplanation } from "./pipelines";
import type { RoleExplanation } from "./role";
import type { OwnedStatement } from "./statement";

/** Everything that can be explained. */
export interface Explanations {
  readonly roles: readonly RoleExplanation[];
  readonly pipelines: readonly PipelineExplanation[];
  readonly statements: readonly OwnedStatement[];
}

/** What a name means: the explanations asked for, or the names that it could mean. */
export type Choice =
  | { readonly chosen: Explanations }
  | { readonly several: readonly string[] }
  | { readonly none: readonly string[] };

/**
 * What is asked for by a name: a role or a pipeline, a statement by its Sid, or by `OWNER:SID` that of one owner. A unique part
 * of a name will do; capital letters make no difference.
 */
export function choose(name: string, { roles, pipelines, statements }: Explanations): Choice {
  const candidates: readonly Candidate[] = [
    ...roles.map((role) => candidate(role.name, role.stack, { roles: [role] })),
    ...pipelines.map((pipeline) => candidate(pipeline.name, pipeline.stack, { pipelines: [pipeline] })),
    ...bySid(statements),
    ...bySid(statements, ({ owner, stack, statement }) => `${owner}:${statement}\n${stack}`),
  ];
  const wanted = name.toLowerCase();
  const exact = candidates.filter((entry) => entry.name.toLowerCase() === wanted);
  const part = candidates.filter((entry) => entry.name.toLowerCase().includes(wanted));
  // A part of a role's name is a part of its statements' names too: those only count where a colon asks for them.
  const short = part.filter((entry) => entry.name.includes(":") === name.includes(":"));
  const fitting = exact.length > 0 ? exact : short;
  const [only, ...others] = fitting;
  if (only === undefined) return { none: unique(candidates.filter(({ name: text }) => !text.includes(":"))) };
  return others.length === 0 ? { chosen: only.explained } : { several: unique(fitting) };
}

interface Candidate {
  readonly name: string;
  /** "" for a statement that stands in several stacks. */
  readonly stack: string;
  readonly explained: Explanations;
}

function candidate(name: string, stack: string, explained: Partial<Explanations>): Candidate {
  return { name, stack, explained: { roles: [], pipelines: [], statements: [], ...explained } };
}

/** Statements with the same Sid are one answer: the owners are told with it. */
function bySid(
  statements: readonly OwnedStatement[],
  keyOf: (statement: OwnedStatement) => string = ({ statement }) => statement,
): Candidate[] {
  const groups = groupBy(statements, keyOf);
  return [...groups].map(([key, same]) => {
    const [name = "", stack = ""] = key.split("\n");
    return candidate(name, stack, { statements: same });
  });
}

/** Names, with their stack where two are the same. */
function unique(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ name, stack }) => {
    const twice = candidates.filter((other) => other.name === name).length > 1;
    return twice ? `${name} (--stack ${stack})` : name;
  });
}
