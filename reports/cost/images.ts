import type { Json, PreviewedResource } from "../../preview/preview-document";
import { field, items, text } from "../pipelines";
import { count } from "./facts";
import { combine, sumOf, type Range } from "./range";

/** How many images a repository holds after some months. */
export function imagesKept(
  rules: readonly KeepRule[],
  pushed: Range,
  deployedTo: (environment: string) => Range,
  months: Range,
): Range {
  const made = combine((rate, time) => rate * time, pushed, months);
  if (rules.length === 0) return made;
  const kept = rules.map(({ environment, images }) =>
    combine(
      (rate, time) => Math.min(images, rate * time),
      environment === undefined ? pushed : deployedTo(environment),
      months,
    ),
  );
  return combine(Math.min, made, sumOf(kept));
}

/** A rule of the repository's lifecycle: so many images are kept. */
export interface KeepRule {
  /** Those that were deployed there; undefined for any image. */
  readonly environment: string | undefined;
  readonly images: number;
}

/** The rules of a repository that keep a number of images; none where nothing expires or the rules are not known. */
export function keepRules(repository: string, policies: readonly PreviewedResource[]): KeepRule[] {
  const policy = policies.find(({ inputs }) => inputs["repository"] === repository)?.inputs["policy"];
  return items(field(parsed(policy), "rules")).flatMap((rule) => {
    const selection = field(rule, "selection");
    const images = count(field(selection, "countNumber"));
    if (field(selection, "countType") !== "imageCountMoreThan" || images === undefined) return [];
    const [prefix] = items(field(selection, "tagPrefixList"));
    return [{ environment: /^deployed\.(.+)\.$/.exec(text(prefix))?.[1], images }];
  });
}

function parsed(policy: Json | undefined): Json | undefined {
  if (typeof policy !== "string") return policy;
  try {
    return JSON.parse(policy) as Json;
  } catch {
    return undefined;
  }
}
