import type { Fault } from "../fault";

const reading = (title: string): Fault["killedBy"] => ({
  file: "test/definitions/read.test.ts",
  title: `application files: ${title}`,
});
const wrong = (what: string): Fault["killedBy"] =>
  reading(`what is wrong is said with line, column, what is allowed and the remedy ${what}`);
/** A test of `definitions/<file>.ts`. */
const rule = (file: string, title: string): Fault["killedBy"] => ({
  file: `test/definitions/${file}.test.ts`,
  title,
});
const glob = (pattern: string): Fault["killedBy"] => ({
  file: "test/definitions/glob.test.ts",
  title: `globs match as java.nio.file's do ${pattern}`,
});

export const definitionFaults: readonly Fault[] = [
  {
    name: "a track is called like the jobs that deploy",
    file: "definitions/track-rules.ts",
    find: 'return track === "deploy" ? "the jobs that deploy" : undefined;',
    replace: "return undefined;",
    killedBy: {
      file: "test/messages/application-rules.test.ts",
      title:
        "application files: what is wrong is said with line, column, what is allowed and the remedy a track that is called like the jobs that deploy",
    },
  },
  {
    name: "a path may climb out of the repository",
    file: "definitions/schema.ts",
    find: "/^(?!(.*\\/)?\\.\\.(\\/|$))[\\w.@+]",
    replace: "/^[\\w.@+]",
    killedBy: {
      file: "test/messages/application-shape.test.ts",
      title:
        "application files: what is wrong is said with line, column, what is allowed and the remedy paths that lead out of the repository, or into a shell",
    },
  },
  {
    name: "a path may hold what a shell makes more of",
    file: "definitions/schema.ts",
    find: "(\\/|$))[\\w.@+][\\w.@+-]*(",
    replace: "(\\/|$))[\\w.@+][^/]*(",
    killedBy: rule(
      "schema",
      "paths inside the repository hold nothing that a shell makes more of, in no part of them",
    ),
  },
  {
    name: "a command of blanks tests the application",
    file: "definitions/schema.ts",
    find: 'value.trim() !== "", { error: refusal("is not a command.") }',
    replace: 'value !== "", { error: refusal("is not a command.") }',
    killedBy: {
      file: "test/messages/application-shape.test.ts",
      title:
        "application files: what is wrong is said with line, column, what is allowed and the remedy an empty test command",
    },
  },
  {
    name: "an application can be tested by no command",
    file: "definitions/schema.ts",
    find: 'the first that fails stops the release.").min(1)',
    replace: 'the first that fails stops the release.")',
    killedBy: {
      file: "test/messages/application-shape.test.ts",
      title:
        "application files: what is wrong is said with line, column, what is allowed and the remedy no test command",
    },
  },
  {
    name: "the application slipway may call itself like the platform",
    file: "definitions/rules.ts",
    find: "/^(kube|slipway)(-|$)/",
    replace: "/^(kube|slipway)-/",
    killedBy: {
      file: "test/messages/application-names.test.ts",
      title:
        "application files: several of them refuse the name slipway, which belongs to the cluster or the platform",
    },
  },
  {
    name: "an application may have the capabilities of every kind",
    file: "definitions/rules.ts",
    find: "= capabilitiesOf[kind];",
    replace: "= Object.values(capabilitiesOf).flat();",
    killedBy: {
      file: "test/messages/application-rules.test.ts",
      title:
        "application files: what is wrong is said with line, column, what is allowed and the remedy capabilities of another kind, or twice the same",
    },
  },
  {
    name: "the length of tests is measured before YAML indents them",
    file: "definitions/rules.ts",
    find: "JSON.stringify(test).length * MOST_GROWTH < buildspec.most",
    replace: "JSON.stringify(test).length < buildspec.most",
    killedBy: {
      file: "test/messages/application-rules.test.ts",
      title:
        "application files: what is wrong is said with line, column, what is allowed and the remedy tests whose buildspec is longer than CodeBuild takes",
    },
  },
  {
    name: "an application may be called like a track of another",
    file: "definitions/overlap.ts",
    find: "...reservedSuffixes, ...tracks.map((track) => track.name)];",
    replace: "...reservedSuffixes];",
    killedBy: {
      file: "test/messages/application-names.test.ts",
      title:
        "application files: several of them refuse shop-main beside shop, whichever of the two is read first",
    },
  },
  {
    name: "every name that goes on after an environment's counts as one of its own",
    file: "definitions/overlap.ts",
    find: "rest.startsWith(`${suffix}-`)",
    replace: "rest.startsWith(suffix)",
    killedBy: {
      file: "test/messages/application-names.test.ts",
      title: "application files: several of them accept shop-develop beside shop",
    },
  },
  {
    name: "two applications share names through an environment of several words",
    file: "definitions/overlap.ts",
    find: "stem.startsWith(otherStem) || otherStem.startsWith(stem)",
    replace: "otherStem.startsWith(stem)",
    killedBy: rule(
      "overlap",
      "names of two applications do not meet through environments of several words, whichever is the longer",
    ),
  },
  {
    name: "capitals hide that a role of the platform is an application's",
    file: "definitions/overlap.ts",
    find: "role.toLowerCase();",
    replace: "role;",
    killedBy: {
      file: "test/messages/application-names.test.ts",
      title:
        "application files: roles of the platform refuse an application that the role Shop-Deploy seems to belong to",
    },
  },
  {
    name: "the role of a cluster's nodes may be an application's",
    file: "definitions/overlap.ts",
    find: "as const) ??\n      []),",
    replace: "as const).slice(0, 0) ??\n      []),",
    killedBy: {
      file: "test/messages/application-names.test.ts",
      title: "application files: roles of the platform include those of clusters' nodes",
    },
  },
  {
    name: "one star crosses folders",
    file: "definitions/glob.ts",
    find: 'return "[^/]*";',
    replace: 'return ".*";',
    killedBy: glob("release/*"),
  },
  {
    name: "a set is negated as in regular expressions",
    file: "definitions/glob.ts",
    find: 'text.startsWith("[!")',
    replace: 'text.startsWith("[^")',
    killedBy: glob("[!a-c]x"),
  },
  {
    name: "two tracks may deploy into one environment",
    file: "definitions/track-rules.ts",
    find: "repeated(destinations, ({ environment }) => environment)",
    replace: "repeated(destinations, ({ environment, index }) => `${index} ${environment}`)",
    killedBy: {
      file: "test/messages/application-rules.test.ts",
      title:
        "application files: what is wrong is said with line, column, what is allowed and the remedy two ways into one environment",
    },
  },
  {
    name: "an environment is compared with the first of its track instead of the one before it",
    file: "definitions/track-rules.ts",
    find: "track.environments[position - 1]",
    replace: "position === 0 ? undefined : track.environments[0]",
    killedBy: rule(
      "track-rules",
      "the environments of a track are in the platform's order, each after the one before it",
    ),
  },
  {
    name: "containers must be in the region of the pipelines too",
    file: "definitions/track-rules.ts",
    find: 'kind !== "serverless" || environment.region === cicd.region',
    replace: "environment.region === cicd.region",
    killedBy: rule(
      "track-rules",
      "the environments of a track may be in any region for containers, in the pipelines' alone for functions",
    ),
  },
  {
    name: "a branch that a track excludes counts as its start",
    file: "definitions/track-rules.ts",
    find: "matchesOne(includes, name)) && !matchesOne(excludes, name)",
    replace: "matchesOne(includes, name))",
    killedBy: rule("track-rules", "tracks may part branches by excluding what the other one takes"),
  },
  {
    name: "any environment runs containers once one has a cluster",
    file: "definitions/track-rules.ts",
    find: "environment[key] !== undefined) return [];",
    replace: "platform.environments.some((other) => other[key] !== undefined)) return [];",
    killedBy: {
      file: "test/messages/application-rules.test.ts",
      title:
        "application files: what is wrong is said with line, column, what is allowed and the remedy an environment that cannot run this kind",
    },
  },
  {
    name: "a file of the right shape keeps its credential",
    file: "definitions/read.ts",
    find: "  if (secrets.length > 0) return { problems: secrets };\n",
    replace: "",
    killedBy: wrong("a credential, whose value is never repeated"),
  },
  {
    name: "excluded tags start the pipeline",
    file: "definitions/read.ts",
    find: "patterns(track.tags, track.excludeTags)",
    replace: "patterns(track.tags)",
    killedBy: reading("what is read is every pattern of a track, what starts it apart from what never does"),
  },
  {
    name: "a file that only begins like README is passed over",
    file: "definitions/folder.ts",
    find: "README(\\.|$))/i",
    replace: "README)/i",
    killedBy: rule("folder", "a file whose name only begins like README is an application's"),
  },
];
