/** What people, roles and services may do more or less than before, by the meaning of all policies. */
import type { PreviewDocument, PreviewedResource } from "../../../preview/preview-document";
import type { ResourcePair } from "../matching";
import type { AccessChange, Direction } from "../report";
import { gapsBetween, type Gap } from "./gaps";
import type { PlacedStatement } from "./parts";
import { openSentence, sentenceOf, statementName, type Side } from "./sentences";
import { statementsOf, subjectsOf, type IdentityOf, type Subject } from "./subjects";

export interface AccessComparison {
  readonly changes: readonly AccessChange[];
  /** Documents that one side does not know yet, a sentence each. */
  readonly remarks: readonly string[];
}

export function compareAccess(
  before: PreviewDocument,
  after: PreviewDocument,
  pairs: readonly ResourcePair[],
): AccessComparison {
  const identities = identitiesOf(pairs);
  const former = new Map(allSubjects(before, identities).map((subject) => [subject.key, subject]));
  const present = new Map(allSubjects(after, identities).map((subject) => [subject.key, subject]));
  const keys = [...new Set([...present.keys(), ...former.keys()])];
  const compared = keys.map((key) => compareSubject(former.get(key), present.get(key)));
  const withNames = accountNames(before, after);
  return {
    changes: compared.flatMap(({ changes }) =>
      changes.map((change) => ({ ...change, summary: withNames(change.summary) })),
    ),
    remarks: compared.flatMap(({ remarks }) => remarks),
  };
}

/** Says whose an account is, where a stack is deployed to it. */
function accountNames(...documents: readonly PreviewDocument[]): (sentence: string) => string {
  const stacks = documents.flatMap((document) => document.stacks);
  const names = new Map(stacks.map(({ accountId, name }) => [accountId, name]));
  return (sentence) =>
    sentence.replaceAll(/\baccount (\d{12})\b/g, (account: string, id: string) => {
      const name = names.get(id);
      return name === undefined ? account : `${account} (${name})`;
    });
}

function allSubjects({ stacks }: PreviewDocument, identityOf: IdentityOf): Subject[] {
  return stacks.flatMap((stack) => subjectsOf(stack, identityOf));
}

/** A resource is known by its URN on the new side, also where it had another one; else by what it is called in AWS. */
function identitiesOf(pairs: readonly ResourcePair[]): IdentityOf {
  const urns = new Map(
    pairs.flatMap(({ before, after }) =>
      before === undefined || after === undefined ? [] : [[before.urn, after.urn] as const],
    ),
  );
  const added = new Map(
    pairs.flatMap(({ stack, before, after }) =>
      before === undefined && named(after) !== undefined
        ? [[`${stack} ${named(after) ?? ""}`, after.urn] as const]
        : [],
    ),
  );
  const removed = new Map(
    pairs.flatMap(({ stack, before, after }) => {
      const urn = after === undefined ? added.get(`${stack} ${named(before) ?? ""}`) : undefined;
      return before === undefined || urn === undefined ? [] : [[before.urn, urn] as const];
    }),
  );
  return ({ urn }) => urns.get(urn) ?? removed.get(urn) ?? urn;
}

/** What AWS calls a resource, or what it is on: of two that have it in common, the second takes the place of the first. */
function named({ type, inputs }: PreviewedResource): string | undefined {
  const values = ["name", "bucket", "repository", "arn", "role"].map((property) => inputs[property]);
  const texts = values.filter((value) => typeof value === "string");
  return texts.length === 0 ? undefined : JSON.stringify([type, ...texts]);
}

/**
 * What these allow grants nothing by itself: whether there is such a policy at all is told where it applies, with the roles
 * and the attachments (circumstances.ts).
 */
const LIMITS: ReadonlySet<string> = new Set(["boundary", "scp"]);

function compareSubject(before: Subject | undefined, after: Subject | undefined): AccessComparison {
  const subject = after ?? before;
  if (subject === undefined) return { changes: [], remarks: [] };
  if (sameText(before, after)) return { changes: [], remarks: notCompared(subject) };
  const [former, present] = [read(before), read(after)];
  if (former.unknown.length > 0 || present.unknown.length > 0) {
    return { changes: [unreadable(subject)], remarks: [] };
  }
  const of = before === undefined ? "new" : after === undefined ? "removed" : "existing";
  const counts = ({ placed }: Gap): boolean =>
    of === "existing" || !LIMITS.has(subject.kind) || placed.statement.effect === "Deny";
  const gained = gapsBetween(present.statements, former.statements).filter(counts);
  const lost = gapsBetween(former.statements, present.statements).filter(counts);
  const told = (gap: Gap, side: Side): AccessChange => ({
    ...describe(subject, gap),
    of,
    direction: directionOf(gap, side),
    summary: sentenceOf(subject.name, subject.kind, gap, side),
  });
  return {
    changes: [
      ...gained.filter(({ certain }) => certain).map((gap) => told(gap, "now")),
      ...lost.filter(({ certain }) => certain).map((gap) => told(gap, "before")),
      ...openChanges(subject, gained, lost),
    ],
    remarks: [],
  };
}

function sameText(before: Subject | undefined, after: Subject | undefined): boolean {
  const texts = (subject: Subject | undefined): string =>
    JSON.stringify(subject?.documents.map(({ document }) => document) ?? []);
  return texts(before) === texts(after);
}

/** A document that is known only after deployment looks the same on both sides and need not be. */
function notCompared(subject: Subject): string[] {
  return read(subject).unknown.map(
    ({ path }) =>
      `${subject.stack}: ${path} of ${subject.name} is known only after deployment and was not compared.`,
  );
}

function read(subject: Subject | undefined): ReturnType<typeof statementsOf> {
  return subject === undefined ? { statements: [], unknown: [] } : statementsOf(subject);
}

/** More of what is refused is less of what may be done. */
function directionOf({ placed }: { readonly placed: PlacedStatement }, side: Side): Direction {
  return (placed.statement.effect === "Allow") === (side === "now") ? "wider" : "narrower";
}

function describe(subject: Subject, gap: Gap): Omit<AccessChange, "direction" | "summary" | "of"> {
  const { placed, actions, resources, principals } = gap;
  return {
    stack: subject.stack,
    urn: placed.urn,
    path: placed.path,
    subject: subject.name,
    statement: statementName(placed.statement),
    actions,
    resources,
    principals,
  };
}

/** One change for both sides of conditions that cannot be compared. */
function openChanges(subject: Subject, gained: readonly Gap[], lost: readonly Gap[]): AccessChange[] {
  const open = (gaps: readonly Gap[]): Map<string, Gap> =>
    new Map(gaps.filter(({ certain }) => !certain).map((gap) => [keyOf(gap), gap]));
  const [now, before] = [open(gained), open(lost)];
  return [...new Set([...now.keys(), ...before.keys()])].flatMap((key) => {
    const [gainedGap, lostGap] = [now.get(key), before.get(key)];
    const gap = gainedGap ?? lostGap;
    if (gap === undefined) return [];
    const summary = openSentence(subject.name, subject.kind, gainedGap, lostGap);
    return [{ ...describe(subject, gap), of: "existing" as const, direction: "unknown" as const, summary }];
  });
}

function keyOf({ placed, actions, resources, principals }: Gap): string {
  return JSON.stringify([placed.statement.effect, actions, resources, principals]);
}

function unreadable(subject: Subject): AccessChange {
  return {
    stack: subject.stack,
    urn: subject.urn,
    path: subject.documents[0]?.path ?? "",
    subject: subject.name,
    of: "existing",
    direction: "unknown",
    summary: `${subject.name}: a policy is known only after deployment, so nobody can tell what it changes.`,
    statement: "",
    actions: [],
    resources: [],
    principals: [],
  };
}
