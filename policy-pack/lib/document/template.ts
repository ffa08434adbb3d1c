/**
 * Texts of a known form, such as `repo:{owner}/{repository}:{context}`, against IAM patterns. What a pattern such as
 * `repo:example/*` leaves open is decided exactly: the texts of the form and those of the pattern are walked together.
 */
import { SHORTEST_BEGINNING } from "./wildcard";

/** One step through a text: a character, or any but some; a loop is taken any number of times. */
interface Step {
  readonly is: string | undefined;
  readonly not: string;
  readonly loop: boolean;
}

/** A character that no author wrote: only a wildcard, or a part of a form, can stand for it. */
const STRANGE = "\u0002";

/** How much of a part a pattern says: all of it, its beginning, or nothing that tells it from another's. */
export type Told = "whole" | "beginning" | "nothing";

const PART = /^\{(\w+)([+*]?)\}$/;

/** Whether some text of the form matches the pattern. */
export function canBe(pattern: string, form: string): boolean {
  return meet(stepsOfPattern(pattern), stepsOf(form));
}

/** How much a pattern says of one part of a form. */
export function told(pattern: string, form: string, part: string): Told {
  const steps = stepsOfPattern(pattern);
  if (!meet(steps, stepsOf(form, part, [Infinity]))) return "whole";
  const short = Array.from({ length: SHORTEST_BEGINNING }, (_, length) => length);
  return meet(steps, stepsOf(form, part, short)) ? "nothing" : "beginning";
}

function stepsOfPattern(pattern: string): Step[] {
  return Array.from(pattern.toLowerCase()).map((character) => ({
    is: character === "*" || character === "?" ? undefined : character,
    not: "",
    loop: character === "*",
  }));
}

/**
 * The steps of a form. A part `{name}` has none of the characters by which the form sets its parts apart, `{name+}` all but
 * the one that follows it, `{name*}` any. The strange part holds the strange character, after one of so many others as are
 * given, or after any number.
 */
function stepsOf(form: string, strange?: string, after: readonly number[] = [0]): readonly Step[][] {
  const pieces = form.split(/(\{\w+[+*]?\})/).filter((piece) => piece !== "");
  const delimiters = pieces
    .filter((piece) => !PART.test(piece))
    .join("")
    .replaceAll(/[^:/}]/g, "");
  return after.map((length) =>
    pieces.flatMap((piece, index) => {
      const [, name, kind = ""] = PART.exec(piece) ?? [];
      if (name === undefined) return stepsOfPattern(piece);
      const not = { "*": "", "+": pieces[index + 1]?.[0] ?? "" }[kind] ?? delimiters;
      const any: Step = { is: undefined, not, loop: false };
      const more: Step = { ...any, loop: true };
      if (name !== strange) return [any, more];
      const before = length === Infinity ? [more] : Array<Step>(length).fill(any);
      return [...before, { is: STRANGE, not: "", loop: false }, more];
    }),
  );
}

/** Whether one text can be walked through a pattern and through one of the alternatives. */
function meet(pattern: readonly Step[], alternatives: readonly Step[][]): boolean {
  return alternatives.some((steps) => {
    // reachable[j]: what was read so far takes us to step j of the alternative.
    let reachable = closed(steps, new Set([0]));
    for (const step of pattern) {
      const next = new Set<number>();
      let added: ReadonlySet<number> = reachable;
      if (step.loop) for (const j of reachable) next.add(j);
      do {
        const found = new Set<number>();
        for (const j of added) {
          const other = steps[j];
          if (other !== undefined && agree(step, other)) found.add(other.loop ? j : j + 1);
        }
        const fresh = [...closed(steps, found)].filter((j) => !next.has(j));
        for (const j of fresh) next.add(j);
        added = new Set(fresh);
      } while (step.loop && added.size > 0);
      reachable = closed(steps, next);
    }
    return reachable.has(steps.length);
  });
}

/** The steps that are reached without reading: a loop may be passed over. */
function closed(steps: readonly Step[], from: ReadonlySet<number>): Set<number> {
  const all = new Set(from);
  for (const j of all) if (steps[j]?.loop === true) all.add(j + 1);
  return all;
}

function agree(one: Step, other: Step): boolean {
  if (one.is !== undefined && other.is !== undefined) return one.is === other.is;
  const character = one.is ?? other.is;
  return character === undefined || !(one.not + other.not).includes(character);
}
