import type { PreviewDocument } from "../../preview/preview-document";
import { assuming } from "../cost/assumptions";
import { costOf } from "../cost/cost";
import { compareCosts } from "../cost/compare";
import { compareAccess } from "./access/access";
import { circumstances } from "./access/circumstances";
import { cancellationsOf } from "./executions";
import { exposuresOf, removedGuards } from "./exposure";
import { matchResources } from "./matching";
import type { AccessChange, ChangeReport, CostChange, Direction } from "./report";
import { resourceChanges } from "./resources";

/** What is different between two previews of a project, for whoever decides on the change. */
export function changesOf(
  base: string,
  before: PreviewDocument,
  after: PreviewDocument,
  remarks: readonly string[] = [],
): ChangeReport {
  const pairs = matchResources(before, after);
  const resources = resourceChanges(pairs);
  const access = compareAccess(before, after, pairs);
  return {
    version: 1,
    base,
    resources,
    access: [...access.changes, ...circumstances(before, after, pairs)].toSorted(byDirection),
    exposures: [...exposuresOf(pairs, after), ...removedGuards(pairs)],
    cost: costChange(before, after),
    cancelled: cancellationsOf(pairs, resources),
    remarks: [...remarks, ...access.remarks],
  };
}

const directions: readonly Direction[] = ["wider", "unknown", "narrower"];

/** What becomes wider first, of existing roles before new ones. */
function byDirection(a: AccessChange, b: AccessChange): number {
  const rank = ({ direction, of }: AccessChange): number =>
    directions.indexOf(direction) * 3 + ["existing", "new", "removed"].indexOf(of);
  return rank(a) - rank(b);
}

function costChange(before: PreviewDocument, after: PreviewDocument): CostChange {
  const [former, present] = [costOf(before, assuming()), costOf(after, assuming())];
  const cost = (of: typeof former, name: string): number =>
    of.applications.find((application) => application.name === name)?.usd.expected ?? 0;
  const { applications } = compareCosts(former, present);
  return {
    before: former.total.expected,
    after: present.total.expected,
    applications: applications
      .filter(({ kind, usd }) => kind !== "changed" || usd.expected !== 0)
      .map(({ name, kind }) => ({ name, kind, before: cost(former, name), after: cost(present, name) })),
  };
}

/** Whether there is nothing to tell. */
export function isUnchanged({ resources, access, exposures, cost }: ChangeReport): boolean {
  return resources.length + access.length + exposures.length === 0 && cost.before === cost.after;
}
