import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import type { ResourceOptions, ResourceState } from "./graph";
import type { TransformSubject } from "./transforms";
import {
  mapProperties,
  outputDependencies,
  outputValue,
  withoutOutputValues,
  type Properties,
} from "./values";

/** What a transform learns of a resource apart from its properties and options. */
export function subjectOf(request: RegisterResourceRequest): TransformSubject {
  const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
  return { type, name, parent, custom: request.getCustom() };
}

/** Whether the resource has transforms of its own. */
export function hasTransforms(request: RegisterResourceRequest): boolean {
  return request.getTransformsList().length > 0;
}

/** The options of a request in the form in which transforms see and change them. */
export function transformOptions(
  request: RegisterResourceRequest,
  provider: string,
): TransformResourceOptions {
  const options = new messages.TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  const protect = request.hasProtect() ? request.getProtect() : undefined;
  if (protect !== undefined) options.setProtect(protect);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setReplacementTrigger(request.getReplacementTrigger());
  options.setVersion(request.getVersion());
  options.setAliasesList(request.getAliasesList());
  options.setProvider(provider);
  request.getProvidersMap().forEach((value, key) => options.getProvidersMap().set(key, value));
  options.setHideDiffList(request.getHidediffsList());
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  const retain = request.hasRetainondelete() ? request.getRetainondelete() : undefined;
  if (retain !== undefined) options.setRetainOnDelete(retain);
  options.setDeletedWith(request.getDeletedwith());
  options.setReplaceWithList(request.getReplaceWithList());
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  options.setImport(request.getImportid());
  options.setHooks(request.getHooks());
  return options;
}

export interface Dependencies {
  readonly all: readonly string[];
  readonly byProperty: Readonly<Record<string, readonly string[]>>;
}

/**
 * The dependencies that the request names. Where it does not list them by property, each property depends on all of them.
 */
export function requestedDependencies(
  request: RegisterResourceRequest,
  properties: Properties,
): Dependencies {
  const all = request.getDependenciesList();
  const map = request.getPropertydependenciesMap();
  if (map.getLength() === 0 && !request.getRemote()) {
    return { all, byProperty: mapKeys(properties, () => all) };
  }
  const byProperty: Record<string, string[]> = {};
  map.forEach((urns, property) => (byProperty[property] = urns.getUrnsList()));
  return { all, byProperty };
}

/** The properties as output values that carry their dependencies, so that a transform can move them about. */
export function withDependencies(properties: Properties, { byProperty }: Dependencies): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => {
      const missing = (byProperty[key] ?? []).some((urn) => !outputDependencies(value).has(urn));
      return [key, missing ? outputValue(value, byProperty[key] ?? []) : value];
    }),
  );
}

/**
 * The dependencies after the transforms. A resource with transforms of its own depends on what its transformed properties
 * refer to. For any other resource, these references are added to the dependencies that the request names.
 */
export function finalDependencies(
  ownTransforms: boolean,
  requested: Dependencies,
  properties: Properties,
  options: TransformResourceOptions,
): Dependencies {
  const fromProperties = Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, [...outputDependencies(value)]]),
  );
  if (ownTransforms) {
    return {
      all: sorted([...options.getDependsOnList(), ...Object.values(fromProperties).flat()]),
      byProperty: sortAll(fromProperties),
    };
  }
  const merged = mapKeys({ ...requested.byProperty, ...fromProperties }, (key) => [
    ...(requested.byProperty[key] ?? []),
    ...(fromProperties[key] ?? []),
  ]);
  return { all: sorted(requested.all), byProperty: sortAll(merged) };
}

/** Inputs as the engine keeps them: without output values, which are needed only to find the dependencies. */
export function finalInputs(properties: Properties): Properties {
  return mapProperties(properties, withoutOutputValues);
}

/** The options of the new state; `protect`, `retainOnDelete` and `deletedWith` come from the parent when not given. */
export function resourceOptions(
  options: TransformResourceOptions,
  parent: ResourceState | undefined,
): ResourceOptions {
  const protect = options.hasProtect() ? options.getProtect() : parent?.options.protect;
  const retainOnDelete = options.hasRetainOnDelete()
    ? options.getRetainOnDelete()
    : parent?.options.retainOnDelete;
  const replace = options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined;
  const timeouts = options.getCustomTimeouts();
  return {
    ...(protect === undefined ? {} : { protect }),
    ...(retainOnDelete === undefined ? {} : { retainOnDelete }),
    ...(replace === undefined ? {} : { deleteBeforeReplace: replace }),
    deletedWith: options.getDeletedWith() || (parent?.options.deletedWith ?? ""),
    ignoreChanges: options.getIgnoreChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    timeouts: {
      create: seconds(timeouts?.getCreate() ?? ""),
      update: seconds(timeouts?.getUpdate() ?? ""),
      delete: seconds(timeouts?.getDelete() ?? ""),
    },
  };
}

const UNITS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

/** Seconds of a duration in Go's notation, such as `1h30m`; 0 for none. Throws on anything else, as the engine does. */
export function seconds(duration: string): number {
  if (duration === "" || duration === "0") return 0;
  if (!/^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|ns))+$/.test(duration)) {
    throw new Error(`unable to parse customTimeout Value ${duration}`);
  }
  const parts = duration.matchAll(/(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|ns)/g);
  const total = [...parts].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0),
    0,
  );
  return duration.startsWith("-") ? -total : total;
}

function mapKeys(
  source: object,
  make: (key: string) => readonly string[],
): Record<string, readonly string[]> {
  return Object.fromEntries(Object.keys(source).map((key) => [key, make(key)]));
}

function sorted(urns: readonly string[]): string[] {
  return [...new Set(urns)].sort();
}

function sortAll(byProperty: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  return mapKeys(byProperty, (key) => sorted(byProperty[key] ?? []));
}
