import { artifactsOf, type Estate } from "./estate";
import { thingsOf } from "./things";

/** ARNs of what has this name, among what the service of the action is about. */
export function resourceNamed(estate: Estate, action: string, name: string): string[] {
  const bucket = action.startsWith("s3:") ? bucketObject(estate, name) : undefined;
  if (bucket !== undefined) return [bucket];
  return [...named(estate, action)].flatMap(([known, arns]) => (known === name ? [...arns] : []));
}

export function resourceNames(estate: Estate, action: string): string[] {
  return [...named(estate, action).keys()].toSorted();
}

function named(estate: Estate, action: string): Map<string, Set<string>> {
  const service = (action.split(":", 1)[0] ?? "").toLowerCase();
  const names = new Map<string, Set<string>>();
  for (const { resource } of thingsOf(estate)) {
    if (resource.split(":")[2] !== (service === "sts" ? "iam" : service)) continue;
    for (const name of namesOf(resource)) {
      const arns = names.get(name) ?? new Set();
      names.set(name, arns.add(resource));
    }
  }
  return names;
}

/** `project/hello-world-test` → that and `hello-world-test`; of a role the last part alone, too. */
function namesOf(arn: string): string[] {
  const whole = arn.split(":").slice(5).join(":");
  const rest = whole.replace(/^(role|project|repository|key|function|table|secret|service)[/:]/, "");
  return [...new Set([rest, ...(whole.startsWith("role/") ? [rest.slice(rest.lastIndexOf("/") + 1)] : [])])];
}

/** `<bucket>` or `<bucket>/<key>`. */
function bucketObject({ homes }: Estate, text: string): string | undefined {
  const buckets = homes.flatMap((stack) => artifactsOf(stack)?.bucket ?? []);
  return buckets
    .filter((arn) => text === arn.split(":").at(-1) || text.startsWith(`${arn.split(":").at(-1) ?? ""}/`))
    .map((arn) => `${arn}${text.slice((arn.split(":").at(-1) ?? "").length)}`)[0];
}
