import {
  UNKNOWN,
  type Json,
  type PolicyFinding,
  type PreviewDocument,
  type StackPreview,
} from "../preview/preview-document";
import { plural } from "./pipelines";

/** Equal findings of a rule about one or more resources. */
export interface FindingGroup extends Omit<PolicyFinding, "urn"> {
  /** The names of the stacks, each once. */
  readonly stacks: readonly string[];
  readonly urns: readonly string[];
}

export interface Totals {
  readonly stacks: number;
  /** Resources that would be made in the accounts, without components, providers and the stacks themselves. */
  readonly resources: number;
  /** Policy documents that are known, in whatever property they stand. */
  readonly documents: number;
  /** Policy documents that nobody can judge before deployment. */
  readonly unknownDocuments: readonly FindingGroup[];
  /** Values that are known only after deployment. */
  readonly unknowns: number;
  readonly mandatory: readonly FindingGroup[];
  readonly advisory: readonly FindingGroup[];
  readonly exempted: readonly FindingGroup[];
  /** Policy packs that judged, by name and version. */
  readonly packs: readonly string[];
}

export function totalsOf({ stacks }: PreviewDocument): Totals {
  const all = (pick: (stack: StackPreview) => readonly PolicyFinding[]): FindingGroup[] =>
    groupFindings(stacks.flatMap((stack) => pick(stack).map((finding) => ({ finding, stack: stack.name }))));
  const violations = all(({ policy }) => policy.violations);
  return {
    stacks: stacks.length,
    resources: sum(stacks.map((stack) => madeResources(stack).length)),
    documents: sum(stacks.flatMap(madeResources).map(({ inputs }) => countDocuments(inputs))),
    unknownDocuments: all(({ policy }) => policy.notVerifiable),
    unknowns: sum(stacks.map(({ unknowns }) => unknowns.length)),
    mandatory: violations.filter(({ level }) => level === "mandatory"),
    advisory: violations.filter(({ level }) => level === "advisory"),
    exempted: all(({ policy }) => policy.exempted),
    packs: [...new Set(stacks.map(({ policy }) => policy.pack))].filter((pack) => pack !== ""),
  };
}

function groupFindings(findings: readonly { finding: PolicyFinding; stack: string }[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const { finding, stack } of findings) {
    const { urn, ...rest } = finding;
    const key = JSON.stringify([rest.rule, rest.level, rest.severity, rest.path, rest.message]);
    const { stacks = [], urns = [] } = groups.get(key) ?? {};
    groups.set(key, { ...rest, stacks: [...new Set([...stacks, stack])], urns: [...urns, urn] });
  }
  return [...groups.values()];
}

/** How many resources the findings are about. */
export function countFindings(groups: readonly FindingGroup[]): number {
  return sum(groups.map(({ urns }) => urns.length));
}

export function madeResources({ resources }: StackPreview): StackPreview["resources"] {
  return resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
}

/** `14 codebuild projects`, the most frequent first. */
export function kindsOf(stack: StackPreview): string[] {
  const counts = new Map<string, number>();
  for (const { type } of madeResources(stack)) counts.set(type, (counts.get(type) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
  return sorted.map(([type, count]) => plural(count, kindName(type)));
}

/** `aws:cloudwatch/logGroup:LogGroup` → `cloudwatch log group`. */
export function kindName(type: string): string {
  const [packageName = "", module = "", name = ""] = type.split(":");
  const service = module.split("/")[0] ?? "";
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  return `${service === "index" || service === "" ? packageName : service} ${words}`;
}

/** Stack kinds as people call them. */
export function stackTitle({ kind }: StackPreview): string {
  const titles: Readonly<Record<string, string>> = {
    cicd: "CI/CD account",
    environment: "environment account",
    organization: "organization",
  };
  return titles[kind] ?? (kind === "" ? "account" : `${kind} account`);
}

/** Text that parses as a policy document, wherever it stands in the inputs. */
function countDocuments(value: Json): number {
  if (typeof value === "string") return isDocument(value) ? 1 : 0;
  if (typeof value !== "object" || value === null) return 0;
  if ("Statement" in value) return 1;
  return sum(Object.values(value as Readonly<Record<string, Json>>).map(countDocuments));
}

function isDocument(text: string): boolean {
  if (text === UNKNOWN || !text.trimStart().startsWith("{") || !text.includes('"Statement"')) return false;
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
