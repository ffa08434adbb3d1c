import type { PreviewDocument } from "../../preview/preview-document";
import { factsOf } from "../cost/facts";
import { usesOf, type OwnedResource, type Use } from "./counts";
import type { Quota } from "./quota";
import { quotas } from "./quotas";
import type { LimitsReport, LimitUse } from "./report";

const times = 10;

/** How near the stacks of a preview come to AWS's limits, and how near with ten times the applications. */
export function limitsOf({ stacks }: PreviewDocument): LimitsReport {
  const resources = factsOf({ version: 1, stacks, problems: [] }).flatMap((facts, index) =>
    (stacks[index]?.resources ?? []).map((resource) => ({
      ...resource,
      ...facts.home,
      application: isTarget(resource.type) ? resource.name : facts.ownerOf(resource),
    })),
  );
  const limits = [...placesOf(resources, "account"), ...placesOf(resources, "region")].flatMap(nearestUses);
  return {
    version: 1,
    applications: new Set(resources.map(({ application }) => application).filter((name) => name !== "")).size,
    limits: limits.sort((a, b) => b.used / b.limit - a.used / a.limit || compare(keyOf(a), keyOf(b))),
    remarks,
  };
}

/** The component of one application in an environment's account, which bears the application's name. */
function isTarget(type: string): boolean {
  return /^slipway:index:\w+Target$/.test(type);
}

const remarks: readonly string[] = [
  "Counted is what these stacks make. What the accounts hold besides, such as the bootstrap's roles, takes its share too.",
  "Limits are AWS's defaults; Service Quotas says what an account has, which may be less in a new one.",
  "How many builds run at once differs by account and machine, from 1 in new accounts; builds beyond it wait in a queue.",
  "AWS publishes no number for the access entries of an EKS cluster and for the size of a buildspec.",
];

type PlacedResource = OwnedResource & { readonly accountId: string; readonly region: string };

/** The resources of an account, or of one of its regions. */
interface PlaceOfQuotas {
  readonly scope: Quota["scope"];
  readonly accountId: string;
  readonly region: string;
  readonly resources: readonly PlacedResource[];
}

function placesOf(resources: readonly PlacedResource[], scope: Quota["scope"]): PlaceOfQuotas[] {
  const places = new Map<string, PlaceOfQuotas & { readonly resources: PlacedResource[] }>();
  for (const resource of resources) {
    const region = scope === "region" ? resource.region : "";
    // Stacks that say no account of their own are counted each for itself.
    const key = `${resource.accountId || resource.stack}\n${region}`;
    const place = places.get(key) ?? { scope, accountId: resource.accountId, region, resources: [] };
    place.resources.push(resource);
    places.set(key, place);
  }
  return [...places.values()];
}

/** Of each quota the use that comes nearest to it, today or with more applications. */
function nearestUses({ scope, accountId, region, resources }: PlaceOfQuotas): LimitUse[] {
  const stacks = [...new Set(resources.map(({ stack }) => stack))].join(", ");
  const nearest = new Map<string, Use>();
  for (const use of usesOf(resources)) {
    if (quotas[use.quota].scope !== scope) continue;
    const other = nearest.get(use.quota);
    if (other === undefined || isNearer(use, other)) nearest.set(use.quota, use);
  }
  return [...nearest.values()].map((use) => {
    const { name, service, limit, unit, adjustable, source, read, remedy }: Quota = quotas[use.quota];
    const { subject, shared, ofApplications } = use;
    return {
      name,
      service,
      stack: use.stack || stacks,
      accountId,
      region,
      subject,
      used: shared + ofApplications,
      limit,
      unit,
      adjustable,
      atTenTimes: shared + times * ofApplications,
      fitsTimes: ofApplications === 0 ? null : Math.max(0, Math.floor((limit - shared) / ofApplications)),
      source,
      read,
      remedy,
    };
  });
}

function isNearer(one: Use, other: Use): boolean {
  const difference = one.shared + one.ofApplications - other.shared - other.ofApplications;
  return difference === 0 ? one.ofApplications > other.ofApplications : difference > 0;
}

function keyOf({ service, name, stack }: LimitUse): string {
  return `${service} ${name} ${stack}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
