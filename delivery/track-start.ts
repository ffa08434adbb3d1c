import { hasPatterns, type Patterns, type Trigger } from "../definitions/application";
import { readGlob } from "../definitions/glob";

/** What starts a track, for the job that judges whether a run of its pipeline was meant. */
export interface TrackStart {
  /** Of the branches that start it, a regular expression as jq reads it; of a track by tags, one that matches nothing. */
  readonly branchPattern: string;
  /** For people: `branches main, release/*`. */
  readonly words: string;
}

/**
 * A run that no push started (a pipeline's first one, or one by hand) takes the branch of the source action, so only the
 * branch can be held against the filter. A tag cannot: CodePipeline tells a job the branch and the commit alone.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export function trackStart({ branches, tags }: Trigger): TrackStart {
  if (hasPatterns(tags)) return { branchPattern: "(?!)", words: inWords("tags", tags) };
  const included = branches.includes.length === 0 ? ".*" : alternatives(branches.includes);
  const excluded = branches.excludes.length === 0 ? "" : `(?!(?:${alternatives(branches.excludes)})\\z)`;
  return { branchPattern: `\\A${excluded}(?:${included})\\z`, words: inWords("branches", branches) };
}

/** Patterns with faults do not come here: definitions/ refuses them. */
function alternatives(patterns: readonly string[]): string {
  return patterns
    .map(readGlob)
    .flatMap((glob) => ("source" in glob ? [glob.source] : []))
    .join("|");
}

function inWords(what: string, { includes, excludes }: Patterns): string {
  const some = includes.length === 0 ? `all ${what}` : `${what} ${includes.join(", ")}`;
  return excludes.length === 0 ? some : `${some} without ${excludes.join(", ")}`;
}
