import { SECRET, UNKNOWN, type Json } from "./preview-document";

/**
 * Property values as the Pulumi SDK sends them: JSON, with marked objects for what JSON cannot say.
 * The marks are those of the engine's wire protocol (`sdk/go/common/resource/sig`, `plugin/rpc.go` in pulumi/pulumi).
 */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export type Properties = Readonly<Record<string, Value>>;

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e";
const ASSET_SIGNATURE = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE_SIGNATURE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** One marker per type of an unknown value; the Node SDK sends the one for strings only. */
const UNKNOWNS: ReadonlySet<Value> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export function isObject(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isUnknown(value: Value | undefined): boolean {
  return value !== undefined && UNKNOWNS.has(value);
}

function marked(value: Value | undefined, signature: string): value is Properties {
  return isObject(value) && value[SIGNATURE] === signature;
}

function isSecret(value: Value | undefined): value is Properties {
  return marked(value, SECRET_SIGNATURE);
}

function isAsset(value: Value | undefined): value is Properties {
  return marked(value, ASSET_SIGNATURE) || marked(value, ARCHIVE_SIGNATURE);
}

/** The same value as a secret; a secret stays one secret. */
export function secret(value: Value): Value {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET_SIGNATURE, value };
}

/** The value when it is text that is known and no secret. */
export function knownText(value: Value | undefined): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** The value with its own secret mark taken off, if it has one. */
export function reveal(value: Value | undefined): Value | undefined {
  return isSecret(value) ? (value["value"] ?? null) : value;
}

/** An output value of the wire protocol: a value that says which resources it comes from. */
export function outputValue(value: Value, dependencies: readonly string[]): Value {
  if (marked(value, OUTPUT_SIGNATURE)) {
    const merged = [...new Set([...strings(value["dependencies"]), ...dependencies])];
    return { ...value, dependencies: merged };
  }
  return {
    [SIGNATURE]: OUTPUT_SIGNATURE,
    ...(isUnknown(value) ? {} : { value: reveal(value) ?? null }),
    ...(isSecret(value) ? { secret: true } : {}),
    dependencies: [...dependencies],
  };
}

/** URNs that the output values inside `value` depend on. */
export function outputDependencies(value: Value, urns = new Set<string>()): Set<string> {
  if (marked(value, OUTPUT_SIGNATURE)) {
    for (const urn of strings(value["dependencies"])) urns.add(urn);
    if (value["value"] !== undefined) outputDependencies(value["value"], urns);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly Value[]) outputDependencies(item, urns);
  } else if (isObject(value)) {
    for (const item of Object.values(value)) outputDependencies(item, urns);
  }
  return urns;
}

/** Output values turned into plain, secret or unknown ones, as the engine does before it hands inputs on. */
export function withoutOutputValues(value: Value): Value {
  if (marked(value, OUTPUT_SIGNATURE)) {
    const inner = value["value"] === undefined ? UNKNOWN : withoutOutputValues(value["value"]);
    return value["secret"] === true ? secret(inner) : inner;
  }
  if (Array.isArray(value)) return (value as readonly Value[]).map(withoutOutputValues);
  if (isObject(value)) return mapProperties(value, withoutOutputValues);
  return value;
}

export function mapProperties(properties: Properties, change: (value: Value) => Value): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, change(value)]));
}

/** The value with every secret in it laid open. */
export function withoutSecrets(value: Value): Value {
  const plain = reveal(value) ?? null;
  if (Array.isArray(plain)) return (plain as readonly Value[]).map(withoutSecrets);
  return isObject(plain) ? mapProperties(plain, withoutSecrets) : plain;
}

/** True when the value, or something inside it, is a secret. */
export function containsSecret(value: Value): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return (value as readonly Value[]).some(containsSecret);
  return isObject(value) && Object.values(value).some(containsSecret);
}

function strings(value: Value | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Value[]).filter((item) => typeof item === "string") : [];
}

/** The value as it may be shown: secrets hidden, a reference to a resource as its URN. */
export function shown(value: Value): Json {
  if (isUnknown(value)) return UNKNOWN;
  if (isSecret(value)) return SECRET;
  if (marked(value, RESOURCE_SIGNATURE)) return value["urn"] as Json;
  if (Array.isArray(value)) return (value as readonly Value[]).map(shown);
  if (isAsset(value)) return shownAsset(value);
  if (isObject(value)) return shownProperties(value);
  return value;
}

export function shownProperties(properties: Properties): Record<string, Json> {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, shown(value)]));
}

/** An asset without the marks that the SDK and the wire put on it. */
function shownAsset(asset: Properties): Json {
  const ownEntries = Object.entries(asset).filter(
    ([key]) => key !== SIGNATURE && !key.startsWith("__pulumi"),
  );
  return shownProperties(Object.fromEntries(ownEntries));
}

/** Paths of all unknown values inside `value`, secrets included. */
export function unknownPaths(value: Value, path = ""): string[] {
  if (isUnknown(value)) return [path];
  if (isSecret(value)) return unknownPaths(value["value"] ?? null, path);
  if (Array.isArray(value)) {
    return (value as readonly Value[]).flatMap((item, index) =>
      unknownPaths(item, `${path}[${String(index)}]`),
    );
  }
  if (!isObject(value) || marked(value, RESOURCE_SIGNATURE)) return [];
  return Object.entries(value as Properties).flatMap(([key, item]) =>
    unknownPaths(item, `${path}${pathStep(key, path)}`),
  );
}

function pathStep(key: string, before: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return before === "" ? key : `.${key}`;
}
