import { groupBy } from "../group-by";
import { distinct, list, readable, serviceName } from "./wording";
import type { Home, Scene } from "./scene";

/** What an ARN names. Places with the same words but the name are told together: `the jobs a, b and c`. */
interface Place {
  readonly one: string;
  readonly many: string;
  readonly name: string;
  /** Stands behind the name, such as ` in the artifact bucket`. */
  readonly tail: string;
}

/** ARNs and patterns of ARNs in words; what the words do not cover stays an ARN. */
export function placesInWords(arns: readonly string[], scene: Scene, home: Home, last = "and"): string {
  const places = arns.map((arn) => placeOf(arn, scene, home));
  const groups = groupBy(places, ({ one, tail }) => `${one}\n${tail}`);
  const tails = distinct(places.map(({ tail }) => tail));
  const shared = tails.length === 1 ? (tails[0] ?? "") : "";
  const words = [...groups.values()].map((same) => {
    const names = distinct(same.map(({ name }) => name)).filter((name) => name !== "");
    const [{ one, many, tail } = nowhere] = same;
    return `${names.length > 1 ? many : one} ${list(names, last)}`.trim() + (shared === "" ? tail : "");
  });
  return list(words, last) + shared;
}

const nowhere: Place = { one: "", many: "", name: "", tail: "" };

function placeOf(written: string, scene: Scene, home: Home): Place {
  const arn = readable(written);
  if (arn === "*") return { one: "any resource", many: "any resource", name: "", tail: "" };
  const [prefix, , service = "", region = "", account = "", ...rest] = arn.split(":");
  if (prefix !== "arn" || rest.length === 0) return exactly(arn);
  const resource = rest.join(":");
  if (service === "s3") return objectPlace(resource, scene);
  if (service === "iam" && resource === "root") {
    return { one: "", many: "", name: accountName(account, scene), tail: "" };
  }
  const place = service === "iam" ? identityPlace(resource) : servicePlace(service, resource);
  return { ...place, tail: place.tail + whereabouts(account, region, scene, home) };
}

function exactly(arn: string): Place {
  return { one: "", many: "", name: arn, tail: "" };
}

/** `the CI/CD account`, `dev`, or the id of an account that has no stack here. */
export function accountName(accountId: string, scene: Scene): string {
  return scene.accounts.get(accountId) ?? `account ${accountId}`;
}

function whereabouts(account: string, region: string, scene: Scene, home: Home): string {
  const owner =
    account === "" || account === home.accountId
      ? ""
      : account === "*"
        ? " of any account"
        : ` of ${accountName(account, scene)}`;
  const elsewhere = region === "" || (region === home.region && owner === "");
  return owner + (elsewhere ? "" : region === "*" ? " in any region" : ` in ${region}`);
}

/** One thing by its name, or all whose names fit a pattern. */
function named(kind: string, kinds: string, pattern: string): Place {
  const every = (words: string, name: string): Place => ({
    one: `every ${kind}${words}`,
    many: `every ${kind}${words}`,
    name: name,
    tail: "",
  });
  if (pattern === "*") return every("", "");
  const stem = pattern.endsWith("*") ? pattern.slice(0, -1) : pattern;
  if (/[*?]/.test(stem)) return every(" whose name fits", pattern);
  if (stem !== pattern) return every(" whose name begins with", stem);
  return { one: `the ${kind}`, many: `the ${kinds}`, name: pattern, tail: "" };
}

/** AWSReservedSSO_<permission set>_<16 characters>: docs of IAM Identity Center, "Referencing permission sets". */
const permissionSet = /^role\/aws-reserved\/sso\.amazonaws\.com\/(?:[^/]+\/)?AWSReservedSSO_(.+)_\?{16}$/;

function identityPlace(resource: string): Place {
  const members = permissionSet.exec(resource)?.[1];
  if (members !== undefined) {
    const [one, many] = ["members of the permission set", "members of the permission sets"];
    return { one, many, name: members, tail: "" };
  }
  const [kind = "", path = "", name = ""] = /^([^/]+)(\/(?:.*\/)?)(.*)$/.exec(resource)?.slice(1) ?? [];
  if (kind === "") return exactly(resource);
  const words = kind === "policy" ? ["policy", "policies"] : [kind, `${kind}s`];
  const [one = "", many = ""] = words;
  if (name === "*")
    return {
      ...named(`${one} below`, `${many} below`, ""),
      one: `every ${one} below`,
      many: `every ${one} below`,
      name: path,
    };
  const place = named(one, many, name);
  // A path is part of what a pattern asks for; for one role, its name says enough.
  return path === "/" || !place.one.startsWith("every") ? place : { ...place, tail: ` below ${path}` };
}

/** Kinds of things by service and the type that stands in the ARN; `names` are the places of the name in it. */
const kinds: readonly (readonly [service: string, pattern: RegExp, one: string, many: string])[] = [
  ["codebuild", /^project\/(.+)$/, "job", "jobs"],
  ["codebuild", /^report-group\/(.+)$/, "report group", "report groups"],
  ["codepipeline", /^([^/]+)$/, "pipeline", "pipelines"],
  ["codeconnections", /^connection\/(.+)$/, "connection", "connections"],
  ["codestar-connections", /^connection\/(.+)$/, "connection", "connections"],
  ["cloudformation", /^stack\/(.+?)(?:\/\*)?$/, "stack", "stacks"],
  ["dynamodb", /^table\/(.+)$/, "table", "tables"],
  ["ecr", /^repository\/(.+)$/, "image repository", "image repositories"],
  ["ecs", /^task-definition\/(.+?)(?::\*)?$/, "task definition", "task definitions"],
  ["ecs", /^service\/[^/]+\/(.+)$/, "service", "services"],
  ["eks", /^cluster\/(.+)$/, "cluster", "clusters"],
  ["events", /^rule\/(.+)$/, "event rule", "event rules"],
  ["kms", /^key\/(.+)$/, "key", "keys"],
  ["kms", /^alias\/(.+)$/, "key alias", "key aliases"],
  ["lambda", /^function:(.+)$/, "function", "functions"],
  ["lambda", /^event-source-mapping:(.+)$/, "event source mapping", "event source mappings"],
  ["logs", /^log-group:(.+?)(?::\*)?$/, "log group", "log groups"],
  ["secretsmanager", /^secret:(.+)$/, "secret", "secrets"],
  ["sns", /^([^:]+)$/, "topic", "topics"],
  ["sqs", /^(.+)$/, "queue", "queues"],
];

function servicePlace(service: string, resource: string): Place {
  const approval = /^([^/]+)\/([^/]+)\/([^/]+)$/.exec(resource);
  if (service === "codepipeline" && approval !== null) {
    const [, pipeline = "", stage = "", action = ""] = approval;
    return { ...named("action", "actions", `${stage}/${action}`), tail: ` of the pipeline ${pipeline}` };
  }
  const stream = /^log-group:(.+):log-stream:(.+)$/.exec(resource);
  if (service === "logs" && stream !== null) {
    const [, group = "", name = ""] = stream;
    return { ...named("stream", "streams", name), tail: ` of the log group ${group}` };
  }
  for (const [owner, pattern, one, many] of kinds) {
    const name = owner === service ? pattern.exec(resource)?.[1] : undefined;
    if (name !== undefined) return named(one, many, name);
  }
  const what = resource === "*" ? "anything" : resource;
  return { one: "", many: "", name: `${what} of ${serviceName(service)}`, tail: "" };
}

/** `<bucket>/<key>`, or the bucket itself. */
function objectPlace(resource: string, scene: Scene): Place {
  const [bucketName = "", ...steps] = resource.split("/");
  const bucket = scene.artifactBuckets.has(bucketName) ? "the artifact bucket" : `the bucket ${bucketName}`;
  const within = (one: string, name: string, many = one): Place => ({
    one,
    many,
    name: name,
    tail: ` in ${bucket}`,
  });
  if (steps.length === 0) return { one: "", many: "", name: bucket, tail: "" };
  if (steps.length === 1 && steps[0] === "*") return within("everything", "");
  const [first = "", second = "", third = ""] = steps;
  if (first === "packages" && steps.at(-1) === "*") {
    if (steps.length === 4) return within(`the packages of ${third} for`, second);
    if (steps.length === 3) return within("the packages of all applications for", second);
  }
  const pipeline = scene.pipelines.get(first);
  if (pipeline !== undefined && steps.at(-1) === "*") {
    if (steps.length === 2)
      return within("all artifacts of the pipeline", pipeline.name, "all artifacts of the pipelines");
    const artifact = pipeline.artifacts.get(second);
    if (steps.length === 3 && artifact !== undefined) {
      return within("the artifact", `${artifact} of ${pipeline.name}`, "the artifacts");
    }
  }
  const key = steps.join("/");
  return key.endsWith("/*")
    ? within("what lies below", key.slice(0, -1))
    : within("the object", key, "the objects");
}
