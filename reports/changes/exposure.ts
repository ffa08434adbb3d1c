/** What is open to the world or to a stranger's account now and was not before, as the policy pack judges it. */
import type { PreviewDocument, PreviewedResource } from "../../preview/preview-document";
import { judgeGrants } from "../../policy-pack/lib/judge/resource-grants";
import type { LocatedFinding } from "../../policy-pack/lib/judge/located-finding";
import { roleNameOf, ROLE } from "./access/roles";
import { kindName } from "../summary";
import type { ResourcePair } from "./matching";
import type { AccessChange } from "./report";

/** Every opening of the new side that the base does not have. */
export function exposuresOf(pairs: readonly ResourcePair[], after: PreviewDocument): AccessChange[] {
  const accounts = after.stacks.map(({ accountId }) => accountId).filter((id) => id !== "");
  const accountOf = new Map(after.stacks.map(({ name, accountId }) => [name, accountId]));
  return pairs.flatMap((pair) => {
    const { stack, before } = pair;
    if (pair.after === undefined) return [];
    const resource = pair.after;
    const surroundings = { account: accountOf.get(stack) || undefined, accounts, organizations: [] };
    const open = (each: PreviewedResource): readonly LocatedFinding[] =>
      judgeGrants(each.type, each.inputs, surroundings).located.filter(isOpening);
    const now = open(resource);
    if (now.length === 0 && !BLOCK.test(resource.type)) return [];
    const known = new Set(before === undefined ? [] : open(before).map(keyOf));
    return [
      ...now.filter((located) => !known.has(keyOf(located))).map((located) => told(stack, resource, located)),
      ...unblocked(stack, before, resource),
    ];
  });
}

function isOpening({ finding }: LocatedFinding): boolean {
  return finding.rule === "no-open-trust" && finding.severity === "error";
}

/** The same opening by another Sid or at another place in the document is no new one. */
function keyOf({ finding }: LocatedFinding): string {
  return JSON.stringify([finding.value, finding.reason, finding.actions.toSorted()]);
}

function told(
  stack: string,
  resource: PreviewedResource,
  { finding, property }: LocatedFinding,
): AccessChange {
  const subject = nameOf(resource);
  const value = finding.value === "" ? "" : ` ${JSON.stringify(finding.value)}`;
  const label = finding.statement ?? "";
  return {
    stack,
    urn: resource.urn,
    path: property,
    subject,
    of: "existing",
    direction: "wider",
    summary: `${subject} is open${label === "" ? "" : `, ${label}`}:${value} ${finding.reason}`,
    statement: /"(.*)"/.exec(label)?.[1] ?? label,
    actions: finding.actions,
    resources: [],
    principals: finding.value === "" ? [] : [finding.value],
  };
}

function nameOf(resource: PreviewedResource): string {
  return resource.type === ROLE
    ? `role ${roleNameOf(resource)}`
    : `${kindName(resource.type)} ${resource.name}`;
}

const BLOCK = /^aws:s3\/(bucket|account)PublicAccessBlock:/;
const SWITCHES = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** S3's own guard against public buckets: without it, one statement or one ACL opens the bucket. */
function unblocked(
  stack: string,
  before: PreviewedResource | undefined,
  after: PreviewedResource,
): AccessChange[] {
  if (!BLOCK.test(after.type)) return [];
  const off = SWITCHES.filter((name) => before?.inputs[name] === true && after.inputs[name] !== true);
  if (off.length === 0) return [];
  const subject = `bucket ${typeof after.inputs["bucket"] === "string" ? after.inputs["bucket"] : after.name}`;
  return [guardOff(stack, after, subject, `${off.join(", ")} ${off.length === 1 ? "is" : "are"} off`)];
}

function guardOff(stack: string, resource: PreviewedResource, subject: string, what: string): AccessChange {
  return {
    stack,
    urn: resource.urn,
    path: "",
    subject,
    of: "existing",
    direction: "wider",
    summary: `${subject} is no longer kept from becoming public: ${what}.`,
    statement: "",
    actions: [],
    resources: [],
    principals: [],
  };
}

/** The guard as a whole is gone, and its bucket is not. */
export function removedGuards(pairs: readonly ResourcePair[]): AccessChange[] {
  const goneBuckets = pairs.flatMap(({ before, after }) =>
    after === undefined && before.type === "aws:s3/bucket:Bucket" ? [before.inputs["bucket"]] : [],
  );
  return pairs.flatMap(({ stack, before, after }) => {
    if (after !== undefined || !BLOCK.test(before.type)) return [];
    const { bucket } = before.inputs;
    if (goneBuckets.includes(bucket)) return [];
    const subject = `bucket ${typeof bucket === "string" ? bucket : before.name}`;
    return [guardOff(stack, before, subject, "its public access block is gone")];
  });
}
