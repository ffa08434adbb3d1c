/** Every grant that one resource of a Pulumi program makes, found and judged. Pure. */
import { ATTACHMENT_PLACES, DOCUMENT_PLACES, type DocumentPlace } from "../aws/grant-places";
import { IMPLIED_GRANTS } from "../aws/implied-grants";
import type { Surroundings } from "../document/context";
import { textHash } from "../document/fingerprint";
import { isUnknown, UNKNOWN_MARKS } from "../document/unknown";
import { judgeAttachment, missingGuardrail } from "./attachments";
import { judgeDocument, type Judgement } from "./judge-document";
import { locateFindings, type LocatedFinding } from "./located-finding";

export interface ResourceGrants {
  readonly located: readonly LocatedFinding[];
  /** Full paths of what is not known yet, such as `policy.Statement[0].Resource`. */
  readonly unknowns: readonly string[];
}

/** Whether resources of the type can make grants at all. */
export function canGrant(type: string): boolean {
  return DOCUMENT_PLACES.has(type) || IMPLIED_GRANTS.has(type) || ATTACHMENT_PLACES.has(type);
}

/** Judges all grants of a resource given its type and its input properties. */
export function judgeGrants(type: string, properties: unknown, surroundings: Surroundings): ResourceGrants {
  const parts = [
    ...documents(type, properties, surroundings),
    ...implied(type, properties, surroundings),
    ...attachments(type, properties),
  ];
  return {
    located: parts.flatMap(({ located }) => located),
    unknowns: parts.flatMap(({ unknowns }) => unknowns),
  };
}

/** A document among a resource's properties, where it stands, and what the place says about it. */
export interface DocumentInResource extends PropertyValue {
  readonly place: DocumentPlace;
}

/** Every policy document of a resource. */
export function documentsIn(type: string, properties: unknown): DocumentInResource[] {
  return (DOCUMENT_PLACES.get(type) ?? [])
    .filter((place) => isPolicy(place, properties))
    .flatMap((place) => valuesAt(properties, place.path).map((at) => ({ ...at, place })));
}

function documents(type: string, properties: unknown, surroundings: Surroundings): ResourceGrants[] {
  return documentsIn(type, properties).map(({ value, property, place: { kind, service } }) =>
    located(judgeDocument(value, { ...surroundings, kind, service }), property),
  );
}

/** Whether the place holds a policy of IAM here; without the property that tells, it does. */
function isPolicy({ only }: DocumentPlace, properties: unknown): boolean {
  if (only === undefined) return true;
  const value = valuesAt(properties, [only.property])[0]?.value;
  return typeof value !== "string" || isUnknown(value) || only.values.includes(value);
}

/** A grant without a document, judged as the statement that it amounts to. */
function implied(type: string, properties: unknown, surroundings: Surroundings): ResourceGrants[] {
  const grant = IMPLIED_GRANTS.get(type);
  if (grant === undefined || typeof properties !== "object" || properties === null) return [];
  const statement = grant.statement(properties as Record<string, unknown>);
  if (statement === undefined) return [];
  const result = judgeDocument(
    { Statement: statement },
    { ...surroundings, kind: "resource", service: grant.service },
  );
  return [located(result, "grant")];
}

function located({ findings, unknowns, document }: Judgement, property: string): ResourceGrants {
  return {
    located: locateFindings(findings, document, property),
    unknowns: unknowns.map((path) => (path === "document" ? property : `${property}.${path}`)),
  };
}

function attachments(type: string, properties: unknown): ResourceGrants[] {
  return (ATTACHMENT_PLACES.get(type) ?? []).map(({ path, use }) => {
    const values = valuesAt(properties, path);
    const knownValues = values.filter(({ value }) => typeof value === "string" && !isUnknown(value));
    const findings = knownValues.flatMap(({ value, property }) =>
      judgeAttachment(String(value), property, use),
    );
    const missing = use === "guardrail" && values.length === 0 ? [missingGuardrail(path[0] ?? "")] : [];
    return {
      located: [...findings, ...missing].map((finding) => ({
        finding,
        property: finding.path,
        hash: textHash(finding.value),
      })),
      unknowns: values.filter(({ value }) => isUnknown(value)).map(({ property }) => property),
    };
  });
}

interface PropertyValue {
  readonly value: unknown;
  readonly property: string;
}

/** The values at a path of property names, `*` standing for every item of a list; absent ones are left out. */
export function valuesAt(properties: unknown, path: readonly string[]): PropertyValue[] {
  let values: PropertyValue[] = [{ value: properties, property: "" }];
  for (const step of path) values = values.flatMap((at) => descend(at, step));
  return values;
}

function descend({ value, property }: PropertyValue, step: string): PropertyValue[] {
  if (typeof value === "string" && UNKNOWN_MARKS.includes(value)) return [{ value, property }];
  if (typeof value !== "object" || value === null) return [];
  if (step === "*") {
    return Object.values(value).map((item: unknown, index) => ({
      value: item,
      property: `${property}[${index}]`,
    }));
  }
  const child = (value as Record<string, unknown>)[step];
  if (child === undefined || child === null || child === "") return [];
  return [{ value: child, property: property === "" ? step : `${property}.${step}` }];
}
