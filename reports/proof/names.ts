import { artifactsOf, type Estate } from "./estate";
import { rolesNamed } from "./graph";
import { thingsOf } from "./things";

/** ARNs of what has this name, among what the service of the action is about. */
export function resourceNamed(estate: Estate, action: string, name: string): string[] {
  const isRole = /^(iam|sts):/i.test(action);
  if (isRole) return rolesNamed(estate.graph, name).map(({ arn }) => arn);
  const bucket = action.startsWith("s3:") ? bucketObject(estate, name) : undefined;
  if (bucket !== undefined) return [bucket];
  return [...named(estate, action)].flatMap(([known, arns]) => (known === name ? [...arns] : []));
}

export function resourceNames(estate: Estate, action: string): string[] {
  if (/^(iam|sts):/i.test(action)) return [...new Set(estate.graph.roles.map(({ name }) => name))].toSorted();
  return [...named(estate, action).keys()].toSorted();
}

function named(estate: Estate, action: string): Map<string, Set<string>> {
  const service = (action.split(":", 1)[0] ?? "").toLowerCase();
  const names = new Map<string, Set<string>>();
  for (const { resource } of thingsOf(estate)) {
    if (resource.split(":")[2] !== service) continue;
    const name = nameOf(resource);
    const arns = names.get(name) ?? new Set();
    names.set(name, arns.add(resource));
  }
  return names;
}

/** `project/hello-world-test` → `hello-world-test` */
function nameOf(arn: string): string {
  const whole = arn.split(":").slice(5).join(":");
  return whole.replace(/^(project|repository|key|function|table|secret|service)[/:]/, "");
}

/** `<bucket>` or `<bucket>/<key>`. */
function bucketObject({ homes }: Estate, text: string): string | undefined {
  const buckets = homes.flatMap((stack) => artifactsOf(stack)?.bucket ?? []);
  const arn = buckets.find((bucket) => [text, text.split("/", 1)[0]].includes(bucket.split(":").at(-1)));
  return arn === undefined ? undefined : `${arn.slice(0, arn.lastIndexOf(":") + 1)}${text}`;
}
