/**
 * Reads a policy document in every form that AWS and the tools around it accept: text or object, one statement
 * or many, lists or single values, keys in any case. It never throws. Whatever it cannot read becomes a
 * problem, and a problem is a finding: nothing passes because it could not be read.
 */
import { characterInWords, isConditionOperator, strangeCharacter, VERSIONS } from "./grammar";
import { readJson } from "./json";
import type {
  Condition,
  Entry,
  PolicyDocument,
  PrincipalEntry,
  ReadingProblem,
  Statement,
} from "./statement";
import { isUnknown, UNKNOWN_MARKS } from "./unknown";

/** Reads a document; `value` is JSON text or what such text stands for. */
export function readDocument(value: unknown): PolicyDocument {
  const reader = new Reader();
  return { statements: reader.document(value), problems: reader.problems, unknowns: reader.unknowns };
}

const ELEMENTS = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
];

type Fields = ReadonlyMap<string, unknown>;

class Reader {
  readonly problems: ReadingProblem[] = [];
  readonly unknowns: string[] = [];

  document(value: unknown): Statement[] {
    // A text that merely contains a mark is a document; only the mark alone stands for one.
    const isText = typeof value === "string" && !UNKNOWN_MARKS.includes(value);
    const root = isText ? this.parse(value) : value;
    if (root === undefined && isText) return [];
    const fields = this.fields(root, "document", ["Version", "Id", "Statement"]);
    if (fields === undefined) return [];
    this.version(fields.get("Version"));
    const statement = fields.get("Statement");
    if (isUnknown(statement)) {
      this.unknowns.push("Statement");
      return [];
    }
    if (!Array.isArray(statement)) {
      if (!fields.has("Statement")) this.problem("document", "has no Statement");
      return fields.has("Statement") ? this.statement(statement, 0, "Statement") : [];
    }
    if (statement.length === 0) this.problem("Statement", "is an empty list");
    return statement.flatMap((item: unknown, index) => this.statement(item, index, `Statement[${index}]`));
  }

  /** The version of the language; a document without one is in the older of the two. */
  private version(version: unknown): void {
    if (isUnknown(version)) this.unknowns.push("Version");
    else if (version !== undefined && !VERSIONS.some((known) => known === version))
      this.problem("Version", `is ${shown(version)}, neither ${VERSIONS.map(quoted).join(" nor ")}`);
  }

  private problem(path: string, text: string): void {
    this.problems.push({ path, text });
  }

  /** JSON text, also in the URL-encoded form in which the IAM API gives documents back. */
  private parse(text: string): unknown {
    const result = readJson(/^\s*%7B[^"{}]*$/i.test(text) ? decoded(text) : text);
    if ("value" in result)
      return typeof result.value === "string" ? this.parseAgain(result.value) : result.value;
    this.problem("document", result.problem);
    return undefined;
  }

  /** A document that was made into JSON text twice. */
  private parseAgain(text: string): unknown {
    const result = readJson(text);
    if ("value" in result) return result.value;
    this.problem("document", result.problem);
    return undefined;
  }

  /** The fields of an object under their proper names, whatever case they are written in. */
  private fields(value: unknown, path: string, names: readonly string[]): Fields | undefined {
    if (isUnknown(value)) {
      this.unknowns.push(path);
      return undefined;
    }
    if (!isObject(value)) {
      this.problem(path, `is ${kindOf(value)}, not an object`);
      return undefined;
    }
    const fields = new Map<string, unknown>();
    for (const key of Object.keys(value)) {
      const name = names.find((candidate) => candidate.toLowerCase() === key.toLowerCase());
      if (value[key] === undefined) continue;
      if (name === undefined) this.problem(path, `has an element ${quoted(key)} that IAM does not know`);
      else if (fields.has(name)) this.problem(path, `has the element ${name} twice`);
      else fields.set(name, value[key]);
    }
    return fields;
  }

  private statement(value: unknown, index: number, path: string): Statement[] {
    const fields = this.fields(value, path, ELEMENTS);
    if (fields === undefined) return [];
    for (const name of ["Action", "Resource", "Principal"]) {
      if (fields.has(name) && fields.has(`Not${name}`)) this.problem(path, `has both ${name} and Not${name}`);
    }
    if (!fields.has("Action") && !fields.has("NotAction"))
      this.problem(path, "has neither Action nor NotAction");
    const conditions = this.conditions(fields.get("Condition"), `${path}.Condition`);
    const operators = isObject(fields.get("Condition")) ? Object.keys(fields.get("Condition") as object) : [];
    const blocks = [`${path}.Condition`, ...operators.map((operator) => `${path}.Condition.${operator}`)];
    const sid = fields.get("Sid");
    if (sid !== undefined && typeof sid !== "string")
      this.problem(`${path}.Sid`, `is ${kindOf(sid)}, not text`);
    return [
      {
        index,
        sid: typeof sid === "string" && sid !== "" && !isUnknown(sid) ? sid : undefined,
        path,
        effect: this.effect(fields, path),
        actions: this.actions(fields, "Action", path) ?? [],
        notActions: this.actions(fields, "NotAction", path),
        resources: this.entries(fields, "Resource", path) ?? [],
        notResources: this.entries(fields, "NotResource", path),
        principals: this.principals(fields, "Principal", path) ?? [],
        notPrincipals: this.principals(fields, "NotPrincipal", path),
        conditions,
        conditionsUnknown: this.unknowns.some((at) => blocks.includes(at)),
        hasResource: fields.has("Resource") || fields.has("NotResource"),
        hasPrincipal: fields.has("Principal") || fields.has("NotPrincipal"),
      },
    ];
  }

  /** Only a plain Deny takes away; everything else is judged as a grant. */
  private effect(fields: Fields, path: string): "Allow" | "Deny" {
    const effect = fields.get("Effect");
    if (effect === "Allow" || effect === "Deny") return effect;
    if (isUnknown(effect)) this.unknowns.push(`${path}.Effect`);
    else if (effect === undefined) this.problem(path, "has no Effect");
    else this.problem(`${path}.Effect`, `is ${shown(effect)}, neither "Allow" nor "Deny"`);
    return "Allow";
  }

  /** The actions as they are written: blank characters that nobody sees are part of them. */
  private actions(fields: Fields, name: string, path: string): Entry[] | undefined {
    const entries = this.entries(fields, name, path);
    const written = fields.get(name);
    for (const [index, text] of (Array.isArray(written) ? (written as unknown[]) : [written]).entries()) {
      const character = typeof text === "string" && !isUnknown(text) ? strangeCharacter(text) : undefined;
      if (character === undefined) continue;
      const at = Array.isArray(written) ? `[${index}]` : "";
      this.problem(`${path}.${name}${at}`, `has the character ${characterInWords(character)}, as no action`);
    }
    return entries;
  }

  private entries(fields: Fields, name: string, path: string): Entry[] | undefined {
    if (!fields.has(name)) return undefined;
    const values = this.texts(fields.get(name), `${path}.${name}`);
    if (values.length === 0 && isEmptyList(fields.get(name)))
      this.problem(`${path}.${name}`, "is an empty list");
    return values;
  }

  /** Text or a list of texts; anything else is a problem, anything not known yet is noted. */
  private texts(value: unknown, path: string): Entry[] {
    if (Array.isArray(value)) {
      return value.flatMap((item: unknown, index) => this.text(item, `${path}[${index}]`));
    }
    return this.text(value, path);
  }

  private text(value: unknown, path: string): Entry[] {
    if (isUnknown(value)) this.unknowns.push(path);
    else if (typeof value === "string" && value.trim() !== "") return [{ value: value.trim(), path }];
    else this.problem(path, typeof value === "string" ? "is empty" : `is ${kindOf(value)}, not text`);
    return [];
  }

  private principals(fields: Fields, name: string, path: string): PrincipalEntry[] | undefined {
    if (!fields.has(name)) return undefined;
    const value = fields.get(name);
    const at = `${path}.${name}`;
    if (isUnknown(value)) {
      this.unknowns.push(at);
      return [];
    }
    if (typeof value === "string" || Array.isArray(value)) {
      return this.texts(value, at).map((entry) => ({ ...entry, kind: entry.value === "*" ? "*" : "AWS" }));
    }
    if (!isObject(value)) {
      this.problem(at, `is ${kindOf(value)}, not a principal`);
      return [];
    }
    if (Object.keys(value).length === 0) this.problem(at, "names nobody");
    return Object.keys(value).flatMap((key) => {
      const kind = ["AWS", "Service", "Federated", "CanonicalUser"].find(
        (k) => k.toLowerCase() === key.toLowerCase(),
      );
      if (kind === undefined)
        this.problem(at, `has a kind of principal ${quoted(key)} that IAM does not know`);
      return this.texts(value[key], `${at}.${key}`).map((entry) => ({ ...entry, kind: kind ?? "*" }));
    });
  }

  private conditions(value: unknown, path: string): Condition[] {
    if (value === undefined) return [];
    if (isUnknown(value)) {
      this.unknowns.push(path);
      return [];
    }
    if (!isObject(value)) {
      this.problem(path, `is ${kindOf(value)}, not an object`);
      return [];
    }
    return Object.keys(value).flatMap((operator) => {
      const keys = value[operator];
      const at = `${path}.${operator}`;
      if (!isConditionOperator(operator))
        this.problem(path, `has a condition operator ${quoted(operator)} that IAM does not know`);
      if (isUnknown(keys)) {
        this.unknowns.push(at);
        return [];
      }
      if (isObject(keys)) {
        return Object.keys(keys).flatMap((key) => this.condition(operator, key, keys[key], `${at}.${key}`));
      }
      this.problem(at, `is ${kindOf(keys)}, not an object`);
      return [];
    });
  }

  private condition(operator: string, key: string, value: unknown, path: string): Condition[] {
    const before = this.unknowns.length;
    const values = (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((item, index) => {
      const plain = typeof item === "boolean" || typeof item === "number" ? String(item) : item;
      if (plain === "") return [""];
      return this.text(plain, Array.isArray(value) ? `${path}[${index}]` : path).map((entry) => entry.value);
    });
    return [{ operator, key, values, path, unknown: this.unknowns.length > before }];
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return (
    { string: "text", number: "a number", boolean: "a boolean", object: "an object" }[
      typeof value as string
    ] ?? "unusable"
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? quoted(value) : kindOf(value);
}

/** A short quotation: a wrong key or word, never a whole document. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
