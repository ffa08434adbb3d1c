import { change as signed, money } from "../cost/money";
import { plural } from "../pipelines";
import type { ChangeReport, ResourceChange } from "./report";

/** What a change must not do. */
export type Limit =
  | { readonly kind: "widening" | "replacement" | "removal" | "exposure" }
  | { readonly kind: "cost"; readonly usd: number };

export const limitKinds = ["widening", "replacement", "removal", "exposure", "cost"] as const;

/** The limits that a change passes, a sentence each. */
export function passedLimits(report: ChangeReport, limits: readonly Limit[]): string[] {
  return limits.flatMap((limit) => passed(report, limit) ?? []);
}

function passed(report: ChangeReport, limit: Limit): string | undefined {
  const { resources, access, exposures, cost } = report;
  switch (limit.kind) {
    case "widening": {
      // What nobody can tell counts as wider: a gate that must not let anything through.
      const count = access.filter(({ direction }) => direction !== "narrower").length + exposures.length;
      return count === 0 ? undefined : `${plural(count, "permission")} may be wider than before.`;
    }
    case "exposure":
      return exposures.length === 0
        ? undefined
        : `${plural(exposures.length, "exposure")} to the world, to strangers or to a whole account.`;
    case "replacement":
      return named(resources, "replaced");
    case "removal":
      return named(resources, "removed");
    case "cost": {
      const rise = cost.after - cost.before;
      if (rise <= limit.usd) return undefined;
      return `the cost changes by ${signed(rise)} USD a month, more than the ${money(limit.usd)} allowed.`;
    }
  }
}

function named(resources: readonly ResourceChange[], kind: ResourceChange["kind"]): string | undefined {
  const names = resources.filter((each) => each.kind === kind).map(({ stack, name }) => `${name} (${stack})`);
  if (names.length === 0) return undefined;
  const shown = names.slice(0, 5).join(", ");
  const rest = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return `${plural(names.length, "resource")} would be ${kind}: ${shown}${rest}.`;
}
