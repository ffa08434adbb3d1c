/** Finds policy documents anywhere in a value, such as an answer of the AWS CLI. */
import type { DocumentKind } from "../document/context";
import { isFields, type Fields, type Lines } from "./source";

/** A document, and what the place where it stands says about it. */
export interface FoundDocument {
  /** What the file calls it; null if it is the whole file. */
  readonly name: string | null;
  readonly line: number;
  readonly value: unknown;
  readonly kind?: DocumentKind | undefined;
  /** The account in the ARN of what the document belongs to. */
  readonly account?: string | undefined;
}

/** Where the search is. */
interface Place {
  readonly line: number;
  /** Names of the roles, policies and so on around the value. */
  readonly names: readonly string[];
  /** Properties and numbers since the last of the names. */
  readonly steps: readonly string[];
  readonly account: string | undefined;
  readonly kind: DocumentKind | undefined;
}

const NAMES = [
  "RoleName",
  "UserName",
  "GroupName",
  "PolicyName",
  "TableName",
  "FunctionName",
  "KeyId",
  "Name",
];

/** Every policy document in the value, as an object or as text, also URL-encoded text. */
export function policiesIn(
  value: unknown,
  lines: Lines,
  names: readonly string[] = [],
  line = 1,
): FoundDocument[] {
  return search(value, { line, names, steps: [], account: undefined, kind: undefined }, lines);
}

function search(value: unknown, place: Place, lines: Lines): FoundDocument[] {
  if (typeof value === "string") return inText(value, place);
  if (isPolicy(value)) return [found(value, place)];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => search(item, stepInto(place, value, index, lines), lines));
  }
  if (!isFields(value)) return [];
  const names = NAMES.map((name) => value[name]).filter((name) => typeof name === "string" && name !== "");
  const around = {
    ...place,
    account: accountIn(value) ?? place.account,
    ...(names.length === 0 ? {} : { names: [...place.names, String(names[0])], steps: [] }),
  };
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === "PolicyVersionList" && Array.isArray(item))
      return search(inForce(item), stepInto(around, value, key, lines), lines);
    return search(
      item,
      { ...stepInto(around, value, key, lines), kind: kindAt(key, value) ?? place.kind },
      lines,
    );
  });
}

function stepInto(place: Place, container: object, step: string | number, lines: Lines): Place {
  const line = lines.of(container, step) ?? place.line;
  return { ...place, line, steps: [...place.steps, typeof step === "number" ? `[${step}]` : step] };
}

function found(value: unknown, { names, steps, line, account, kind }: Place): FoundDocument {
  const path = steps.join(".").replaceAll(".[", "[");
  const name = [names.join("/"), path].filter((part) => part !== "").join(" ");
  return { name: name === "" ? null : name, line, value, account, kind };
}

/** A text that is a policy, or that meant to be one. */
function inText(text: string, place: Place): FoundDocument[] {
  if (!/^\s*(\{|%7B)/i.test(text) || !/statement/i.test(text)) return [];
  const plain = decodedPolicy(text);
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch {
    return /"Statement"\s*:/i.test(plain) ? [found(text, place)] : [];
  }
  return isPolicy(value) ? [found(text, place)] : [];
}

/** IAM gives documents back URL-encoded (RFC 3986). */
export function decodedPolicy(text: string): string {
  if (!/^\s*%7B/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Of the versions that `get-account-authorization-details` lists, only the default one is in force. */
function inForce(versions: readonly unknown[]): unknown[] {
  return versions.filter((version) => !isFields(version) || version["IsDefaultVersion"] !== false);
}

/** What the property says about the document in it; most say nothing that the document does not say itself. */
function kindAt(key: string, { PolicySummary: summary }: Fields): DocumentKind | undefined {
  if (/^assumeRolePolicy/i.test(key)) return "trust";
  const type = isFields(summary) ? summary["Type"] : undefined;
  return key === "Content" && typeof type === "string" && type.endsWith("_CONTROL_POLICY")
    ? "scp"
    : undefined;
}

/** The account in the first ARN that the object has for itself. */
function accountIn(value: Fields): string | undefined {
  return Object.entries(value)
    .filter(([key]) => /^(\w+)?arn$/i.test(key))
    .map(([, arn]) => accountOfArn(arn))
    .find((account) => account !== undefined);
}

/** The account in an ARN, if it has one. */
export function accountOfArn(arn: unknown): string | undefined {
  if (typeof arn !== "string") return undefined;
  return /^arn:[^:]+:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}

/** Whether the value has the form of a policy: statements, of which one has an element of a statement. */
export function isPolicy(value: unknown): value is Fields {
  if (!isFields(value)) return false;
  const fields = new Map(Object.entries(value).map(([key, item]) => [key.toLowerCase(), item]));
  if (!fields.has("statement")) return false;
  return /^20\d\d-/.test(String(fields.get("version"))) || statementsOf(value).some(isStatement);
}

/** The statements of a document as they are written. */
export function statementsOf(document: unknown): unknown[] {
  if (!isFields(document)) return [];
  const [, statements] = Object.entries(document).find(([key]) => key.toLowerCase() === "statement") ?? [];
  return Array.isArray(statements) ? statements : [statements];
}

const ELEMENTS = new Set(["effect", "action", "notaction", "principal", "resource", "notresource"]);

function isStatement(value: unknown): boolean {
  return isFields(value) && Object.keys(value).some((key) => ELEMENTS.has(key.toLowerCase()));
}
