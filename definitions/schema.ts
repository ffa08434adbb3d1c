import { z } from "zod";
import { limits } from "../names";
import { refusal, refusalOf, unique } from "../input/shape";
import { capabilitiesOf } from "./application";
import { chat } from "./chat-schema";
import { readGlob } from "./glob";
import { people } from "./people-schema";
import { runtimeVersions } from "./runtimes";

/**
 * The shape of `applications/<name>.yaml`. Editors get it as JSON Schema (`npm run schema`), so every key is described in
 * a sentence for the person who writes the file. What depends on other keys, files or settings is in rules.ts.
 */

function name(what: string, longest: number, description: string): z.ZodString {
  const allowed = `Allowed: small letters, digits and single hyphens between them, a letter first, at most ${longest} characters.`;
  return z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: refusal(`is not ${what}.`, allowed) })
    .max(longest, {
      error: ({ input }) =>
        refusalOf(input, `has ${lengthOf(input)} characters, too many for ${what}.`, allowed),
    })
    .describe(description);
}

function lengthOf(input: unknown): number {
  return typeof input === "string" ? input.length : 0;
}

/**
 * A path inside the repository. Jobs use it in commands, so it must hold nothing that means something to a shell, and must
 * not lead out of the repository.
 */
function path(description: string): z.ZodString {
  return z
    .string()
    .max(255)
    .regex(/^(?!(.*\/)?\.\.(\/|$))[\w.@+][\w.@+-]*(\/[\w.@+][\w.@+-]*)*\/?$/, {
      error: refusal(
        "is not a path inside the repository.",
        "Allowed: a path from the repository's root, with letters, digits and . _ @ + - between slashes, without ..",
      ),
    })
    .describe(description);
}

function commands(description: string): z.ZodArray<z.ZodString> {
  const command = z.string().refine((value) => value.trim() !== "", { error: refusal("is not a command.") });
  return z.array(command).describe(description);
}

function patterns(description: string, prefix: RegExp, remedy: string): z.ZodArray<z.ZodString> {
  const pattern = z.string().superRefine((value, context) => {
    const glob = readGlob(value);
    const fault = patternFault(value, prefix, remedy) ?? ("fault" in glob ? [glob.fault, syntax] : undefined);
    if (fault !== undefined)
      context.addIssue({ code: "custom", message: refusalOf(value, fault[0] ?? "", ...fault.slice(1)) });
  });
  return unique(z.array(pattern).min(1).max(8)).describe(`${description} 1 to 8 glob patterns.`);
}

const syntax =
  "Allowed: * within a folder, ** across folders, ? for one character, [a-z], {one,other}; \\ before a character that is meant itself.";

function patternFault(value: string, prefix: RegExp, remedy: string): string[] | undefined {
  if (value.trim() === "")
    return ["matches nothing.", "Allowed: a glob pattern such as main, release/** or src/*.py."];
  if (value.length > 255) return [`has ${value.length} characters.`, "Allowed: at most 255."];
  if (value.startsWith("!"))
    return ["begins with !, which excludes nothing.", "Move it to the key that begins with exclude."];
  return prefix.test(value) ? ["never matches.", remedy] : undefined;
}

const branches = (description: string): z.ZodArray<z.ZodString> =>
  patterns(description, /^refs\//, "Write the branch's name alone: main, not refs/heads/main.");
const tags = (description: string): z.ZodArray<z.ZodString> =>
  patterns(description, /^refs\//, "Write the tag's name alone: v1.0, not refs/tags/v1.0.");
const paths = (description: string): z.ZodArray<z.ZodString> =>
  patterns(
    description,
    /^\.?\//,
    "Write the path from the repository's root without a slash before it: src/**.",
  );

const track = z
  .strictObject({
    name: name("the name of a track", limits.trackName, "Part of the pipeline's name, for example main."),
    branches: branches("Branches whose pushes start the pipeline.").optional(),
    excludeBranches: branches("Branches whose pushes never start it; stronger than branches.").optional(),
    paths: paths("Files of which at least one must have changed; only together with branches.").optional(),
    excludePaths: paths("Files whose changes do not count; only together with branches.").optional(),
    tags: tags("Tags whose pushes start the pipeline; not together with branches or paths.").optional(),
    excludeTags: tags("Tags whose pushes never start it; stronger than tags.").optional(),
    environments: z
      .array(z.string())
      .min(1)
      .describe("Names of the environments that a release passes through, in the platform's order."),
  })
  .describe("Which commits start a pipeline, and where it leads.");

const report = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, {
        error: refusal(
          "is not the name of a report.",
          "Allowed: letters, digits, _ and -, at most 40 characters.",
        ),
      })
      .describe("Name of the report in CodeBuild."),
    file: path("Path of the report file, from the repository's root."),
    format: z.enum(["JUNITXML", "COBERTURAXML", "CLOVERXML"]).describe("Format of the file."),
  })
  .describe("A file that the test commands write.");

const runtimes = z
  .strictObject(
    Object.fromEntries(
      Object.entries(runtimeVersions).map(([runtime, versions]) => [
        runtime,
        z.enum(versions).describe(`Version of ${runtime}, in quotes.`).optional(),
      ]),
    ),
  )
  .describe('Language runtimes that CodeBuild installs before the tests, for example nodejs: "22".');

const test = z
  .strictObject({
    runtimes: runtimes.default({}),
    install: commands("Commands that fetch what the tests need.").default([]),
    commands: commands("Commands that test the application; the first that fails stops the release.").min(1),
    reports: z.array(report).max(5).default([]).describe("Reports to show in CodeBuild, at most 5."),
  })
  .describe("How the application is tested.");

const container = {
  dockerfile: path("Path of the Dockerfile.").default("Dockerfile"),
  context: path("Folder that is sent to docker build.").default("."),
};

const serverless = z.strictObject({
  kind: z.literal("serverless").describe("Lambda and API Gateway by the Serverless Framework."),
  directory: path("Folder of serverless.yml.").default("."),
  healthPath: z
    .string()
    .regex(/^\/[\w./~-]*$/, {
      error: refusal(
        "is not a path of a URL.",
        "Allowed: a slash, then letters, digits and . _ ~ - /, for example /health.",
      ),
    })
    .describe("Path that must answer with status 200 after a deployment."),
});

const ecs = z.strictObject({
  kind: z.literal("ecs").describe("A container as a service on ECS."),
  ...container,
  containerName: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,255}$/, {
      error: refusal(
        "is not the name of a container.",
        "Allowed: letters, digits, _ and -, at most 255 characters.",
      ),
    })
    .describe("Name of the container in the task definition that gets the built image."),
  taskDefinition: path("Path of the task definition's template, a JSON file."),
  desiredCount: z.int().min(1).max(5000).default(1).describe("Tasks that run at the same time: 1 to 5000."),
});

const kubernetes = z.strictObject({
  kind: z.literal("kubernetes").describe("A container on Kubernetes, with a Helm chart."),
  ...container,
  chart: path("Folder of the Helm chart."),
});

const email = z
  .email({ error: refusal("is not an e-mail address.", "Allowed: an address such as team@example.com.") })
  .describe("E-mail address.");

const everyCapability = [...new Set(Object.values(capabilitiesOf).flat())].toSorted();

export const applicationSchema = z
  .strictObject({
    name: name(
      "the name of an application",
      limits.applicationName,
      "Name of the application: the file's name without .yaml. Everything made for it begins with this name.",
    ),
    repository: z
      .string()
      .regex(/^[A-Za-z0-9][\w.-]*(\/[\w.-]+)+$/, {
        error: refusal(
          "is not a repository.",
          "Allowed: owner/name as the source provider shows it, without a URL around it.",
        ),
      })
      .max(100)
      .describe("Repository behind the source connection: owner/name."),
    notifications: unique(z.array(email))
      .default([])
      .describe("E-mail addresses of the team, told of this application's releases."),
    chat: chat.exactOptional(),
    test,
    deployment: z
      .discriminatedUnion("kind", [serverless, ecs, kubernetes])
      .describe("How the application is deployed."),
    capabilities: z
      .array(z.enum(everyCapability))
      .default([])
      .describe("AWS services that the application's own roles may be given."),
    tracks: z.array(track).min(1).describe("One pipeline for each: most applications have one."),
    pullRequests: z
      .strictObject({ branches: branches("Branches that pull requests are made against.") })
      .describe("Test pull requests against these branches, in a pipeline without any right to deploy.")
      .optional(),
    people: people.exactOptional(),
  })
  .describe("An application on the platform.");

/** What an application file holds, defaults filled in. */
export type ApplicationFile = z.output<typeof applicationSchema>;
