/** What changes who may do what although no policy says anything else: boundaries, attachments, tags, names of roles. */
import { matches } from "../../../policy-pack/lib/document/wildcard";
import { readDocument } from "../../../policy-pack/lib/document/read-document";
import { operatorOf } from "../../../policy-pack/lib/measure/conditions";
import type { Json, PreviewDocument, PreviewedResource } from "../../../preview/preview-document";
import { kindName } from "../../summary";
import type { ResourcePair } from "../matching";
import type { AccessChange, Direction } from "../report";
import { ROLE, roleNameOf } from "./roles";
import { statementName } from "./sentences";
import { subjectsOf } from "./subjects";

export function circumstances(
  before: PreviewDocument,
  after: PreviewDocument,
  pairs: readonly ResourcePair[],
): AccessChange[] {
  const tagKeys = decidingTags(before, after);
  const renamed = pairs.some((pair) => formerName(pair) !== undefined);
  const doors = renamed ? [...doorsOf(before), ...doorsOf(after)] : [];
  return pairs.flatMap((pair) => [
    ...boundaryChange(pair),
    ...attachmentChange(pair),
    ...tagChanges(pair, tagKeys),
    ...nameChanges(pair, doors),
  ]);
}

interface Told {
  readonly stack: string;
  readonly resource: PreviewedResource;
  readonly path: string;
  readonly direction: Direction;
  readonly summary: string;
  readonly statement?: string;
}

function change({ stack, resource, path, direction, summary, statement = "" }: Told): AccessChange {
  const subject = subjectName(resource);
  const nobody = { actions: [], resources: [], principals: [] };
  return {
    stack,
    urn: resource.urn,
    path,
    subject,
    statement,
    of: "existing",
    ...nobody,
    direction,
    summary,
  };
}

function subjectName(resource: PreviewedResource): string {
  return resource.type === ROLE
    ? `role ${roleNameOf(resource)}`
    : `${kindName(resource.type)} ${resource.name}`;
}

/** The limit on all that a role may do. */
function boundaryChange({ stack, before, after }: ResourcePair): AccessChange[] {
  if (before === undefined || after?.type !== ROLE) return [];
  const [former, present] = [before, after].map(({ inputs }) => inputs["permissionsBoundary"] || undefined);
  if (former === present) return [];
  const role = subjectName(after);
  const told = (direction: Direction, summary: string): AccessChange[] => [
    change({ stack, resource: after, path: "permissionsBoundary", direction, summary }),
  ];
  if (present === undefined)
    return told("wider", `${role} is no longer limited by the permissions boundary ${shown(former)}.`);
  if (former === undefined)
    return told("narrower", `${role} is now limited by the permissions boundary ${shown(present)}.`);
  const summary = `${role} is limited by the permissions boundary ${shown(present)} instead of ${shown(former)}: nobody can tell here which allows more.`;
  return told("unknown", summary);
}

function shown(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}

const ATTACHMENT = "aws:organizations/policyAttachment:PolicyAttachment";

/** Where a control policy of the organization applies. */
function attachmentChange({ stack, before, after }: ResourcePair): AccessChange[] {
  const told = (resource: PreviewedResource, direction: Direction): AccessChange => {
    const policy = (resource.propertyDependencies["policyId"] ?? [])[0]?.split("::").at(-1) ?? resource.name;
    const verb = direction === "wider" ? "no longer" : "now";
    const summary = `control policy ${policy} ${verb} limits ${shown(resource.inputs["targetId"])}.`;
    return change({ stack, resource, path: "targetId", direction, summary });
  };
  const isAttachment = (resource: PreviewedResource | undefined): resource is PreviewedResource =>
    resource?.type === ATTACHMENT;
  if (before !== undefined && before.inputs["targetId"] === after?.inputs["targetId"]) return [];
  return [
    ...[before].filter(isAttachment).map((resource) => told(resource, "wider")),
    ...[after].filter(isAttachment).map((resource) => told(resource, "narrower")),
  ];
}

/** The keys of the tags by which some policy decides: of callers, and of what they act on. */
function decidingTags(...documents: readonly PreviewDocument[]): ReadonlySet<string> {
  const texts = documents
    .flatMap(({ stacks }) => stacks.flatMap(({ resources }) => resources))
    .flatMap(({ inputs }) => Object.values(inputs))
    .filter((value) => typeof value === "string");
  const keys = texts.flatMap((text) =>
    [...text.matchAll(/aws:(?:Principal|Resource)Tag\/([^"'}]+)/gi)].map(([, key = ""]) => key),
  );
  return new Set(keys);
}

function tagChanges({ stack, before, after }: ResourcePair, keys: ReadonlySet<string>): AccessChange[] {
  if (before === undefined || after === undefined) return [];
  return [...keys].flatMap((key) => {
    const [former, present] = [before, after].map((resource) => tagOf(resource, key));
    if (former === present) return [];
    const name = subjectName(after);
    const told = (direction: Direction, summary: string): AccessChange =>
      change({ stack, resource: after, path: `tags.${key}`, direction, summary });
    const gained = `${name} now carries the tag ${key} = ${present ?? ""}, by which policies decide: what they grant for it holds for this one too.`;
    const lost = `${name} no longer carries the tag ${key} = ${former ?? ""}, by which policies decide.`;
    return [
      ...(present === undefined ? [] : [told("wider", gained)]),
      ...(former === undefined ? [] : [told("narrower", lost)]),
    ];
  });
}

function tagOf({ inputs }: PreviewedResource, key: string): string | undefined {
  const { tags } = inputs;
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) return undefined;
  const value = (tags as Readonly<Record<string, Json>>)[key];
  return typeof value === "string" ? value : undefined;
}

/** A statement that lets in callers by a pattern of their ARN. */
interface Door {
  readonly stack: string;
  readonly subject: string;
  readonly statement: string;
  readonly patterns: readonly string[];
}

function doorsOf({ stacks }: PreviewDocument): Door[] {
  return stacks.flatMap((stack) =>
    subjectsOf(stack, ({ urn }) => urn).flatMap(({ name, documents }) =>
      documents
        .flatMap(({ document }) => readDocument(document).statements)
        .filter(({ effect }) => effect === "Allow")
        .map((statement) => ({
          stack: stack.name,
          subject: name,
          statement: statementName(statement),
          patterns: statement.conditions
            .filter(
              ({ key, operator }) =>
                /^aws:PrincipalArn$/i.test(key) && !/not/.test(operatorOf(operator).name),
            )
            .flatMap(({ values }) => values),
        })),
    ),
  );
}

function arnOf(resource: PreviewedResource | undefined): string | undefined {
  const arn = resource?.type === ROLE ? resource.outputs["arn"] : undefined;
  return typeof arn === "string" ? arn : undefined;
}

/** The ARN that a role had before, where it has another one now. */
function formerName({ before, after }: ResourcePair): string | undefined {
  const [former, present] = [arnOf(before), arnOf(after)];
  return former === undefined || present === undefined || former === present ? undefined : former;
}

/** A role of another name or path is another principal: other doors are open to it. */
function nameChanges(pair: ResourcePair, doors: readonly Door[]): AccessChange[] {
  const [former, present] = [formerName(pair), arnOf(pair.after)];
  const role = pair.after;
  if (former === undefined || present === undefined || role === undefined) return [];
  const told = new Map<string, AccessChange>();
  for (const { stack, subject, statement, patterns } of doors) {
    const [did, does] = [former, present].map((arn) => patterns.some((pattern) => matches(pattern, arn)));
    if (did === does) continue;
    const verb = does === true ? "now lets" : "no longer lets";
    const summary = `${subject} of ${stack} ${verb} ${subjectName(role)} in, which is ${present} and was ${former}.`;
    const direction = does === true ? "wider" : "narrower";
    told.set(
      summary,
      change({ stack: pair.stack, resource: role, path: "path", direction, summary, statement }),
    );
  }
  return [...told.values()];
}
