/** Plain property values as they travel between the engine and a provider, and their form on the wire. */
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type Props = Record<string, Value>;

/** What the engine puts where a value is not known yet (sdk/go/common/resource/plugin/rpc.go, UnknownStringValue). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Properties without their secret envelopes, and which top-level properties held a secret anywhere inside. */
export interface Decoded {
  readonly props: Props;
  readonly secrets: ReadonlySet<string>;
}

export function decode(struct: Struct | undefined): Decoded {
  const props: Props = {};
  const secrets = new Set<string>();
  const raw: Props = struct?.toJavaScript() ?? {};
  for (const [key, value] of Object.entries(raw)) {
    props[key] = unwrap(value, () => secrets.add(key));
  }
  return { props, secrets };
}

export function encode(props: Props, secrets: ReadonlySet<string> = new Set()): Struct {
  const wire: Record<string, JavaScriptValue> = {};
  for (const [key, value] of Object.entries(props)) {
    wire[key] = (secrets.has(key) ? { [signatureKey]: secretSignature, value } : value) as JavaScriptValue;
  }
  return Struct.fromJavaScript(wire);
}

function unwrap(value: Value, onSecret: () => void): Value {
  if (Array.isArray(value)) return value.map((item) => unwrap(item, onSecret));
  if (!isObject(value)) return value;
  const signature = value[signatureKey];
  if (signature === secretSignature) {
    onSecret();
    return unwrap(value["value"] ?? null, onSecret);
  }
  if (signature !== undefined) {
    throw new Error(`The simulator knows no values with the signature ${JSON.stringify(signature)}.`);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrap(item, onSecret)]));
}

export function isObject(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether anything inside is not known yet. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) ? Object.values(value).some(hasUnknown) : false;
}

/** Text of a property; "" when it is absent, so that a pattern decides. */
export function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

export function list(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

export function object(value: Value | undefined): Props {
  return isObject(value) ? value : {};
}

/** Equal as AWS sees it: order of keys does not matter, a JSON document in a string is compared as a document. */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: Value | undefined): string {
  return JSON.stringify(ordered(document(value)) ?? null);
}

function document(value: Value | undefined): Value | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

function ordered(value: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return value.map((item) => ordered(item) ?? null);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key]) ?? null]));
}

/** JSON with sorted keys, as the provider writes a document given as an object. */
export function toDocument(value: Value): string {
  return JSON.stringify(ordered(value));
}
