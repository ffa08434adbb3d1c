import type { RoleFacts } from "./roles";

/** What a role, a person or a store adds to the box in which it is drawn. */
export interface BoxSeed {
  /** Seeds of one key are one box. */
  readonly key: string;
  /** The stack, or one of the places outside of all accounts. */
  readonly home: string;
  readonly kind: "people" | "pipeline" | "job" | "deploy" | "door" | "runs" | "store" | "outside" | "anybody";
  readonly title: string;
  /** What the box lists: an application, or a name. */
  readonly member: string;
}

export const peopleHome = "People";
export const sourcesHome = "Source code";

/** What the platform's paths of roles mean: the box's kind, and its title by the last word of the role's name. */
const paths: readonly {
  readonly path: RegExp;
  readonly kind: BoxSeed["kind"];
  readonly title: (word: string, path: string) => string;
}[] = [
  { path: /^\/slipway\/people\//, kind: "people", title: (word) => `${upperFirst(word)}s` },
  { path: /^\/slipway\/pipeline\//, kind: "pipeline", title: () => "Pipelines" },
  {
    path: /^\/slipway\/deploy\/[^/]+\//,
    kind: "deploy",
    title: (_, path) => `Deploy jobs for ${path.split("/")[3] ?? ""}`,
  },
  { path: /^\/slipway\/job\//, kind: "job", title: () => "Test, build and publish jobs" },
  { path: /^\/slipway\/namespace\//, kind: "runs", title: () => "Namespaces in Kubernetes" },
  {
    path: /^\/slipway\/execution\//,
    kind: "runs",
    title: (word) => executionTitles[word] ?? upperFirst(word),
  },
  { path: /^\/slipway\/$/, kind: "door", title: (word) => word },
];

const executionTitles: Readonly<Record<string, string>> = {
  cloudformation: "CloudFormation, for stacks",
  task: "Running tasks in ECS",
  execution: "ECS, to start tasks",
};

/** The box of a role: that of all roles of its account which do the same for other applications. */
export function boxOfRole({ stack, name, path, application }: RoleFacts): BoxSeed {
  const meaning = paths.find(({ path: pattern }) => pattern.test(path));
  const word = application === "" ? name : (name.split("-").at(-1) ?? name);
  if (meaning === undefined || (meaning.kind === "door" && application !== "")) {
    return { key: `${stack} role ${name}`, home: stack, kind: "runs", title: name, member: application };
  }
  const title = meaning.title(word, path);
  return { key: `${stack} ${title}`, home: stack, kind: meaning.kind, title, member: application };
}

const permissionSet = /role\/aws-reserved\/sso\.amazonaws\.com\/(?:[^/]+\/)?AWSReservedSSO_(.+)_[^_]+$/;

/** The box of somebody whom no stack makes; `pattern` is the ARN, or a pattern of it, by which a policy names them. */
export function boxOfOutsider(
  pattern: string,
  stackOf: ReadonlyMap<string, { readonly name: string }>,
): BoxSeed {
  const account = /^arn:[^:]*:[^:]*::(\d{12}):/.exec(pattern)?.[1] ?? "";
  const [, set] = permissionSet.exec(pattern) ?? [];
  const named = (home: string, kind: BoxSeed["kind"], title: string): BoxSeed => ({
    key: `${home} outside ${title}`,
    home,
    kind,
    title,
    member: "",
  });
  if (pattern === "*") return named(peopleHome, "anybody", "Anybody in any account");
  if (set !== undefined) return named(peopleHome, "people", `Members of ${set}`);
  const home = stackOf.get(account)?.name ?? (account === "" ? "Elsewhere" : `Account ${account}`);
  if (/:root$/.test(pattern)) return named(home, "outside", "Everybody whose own policy allows it");
  return named(home, "outside", `Role ${pattern.split(/[/:]/).at(-1) ?? pattern} (exists already)`);
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
