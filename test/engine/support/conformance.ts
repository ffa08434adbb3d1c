/** What the real engine plans, held against what the offline preview collected. */
import { unknownValue, isObject, type Props, type Value } from "../aws-simulator/values";
import type { PreviewedResource, StackPreview } from "../../../preview/preview-document";
import type { ResourceState } from "./workspace";

/** One resource of `pulumi preview --json`: the step's new state. */
interface Step {
  readonly op: string;
  readonly urn: string;
  readonly newState?: ResourceState;
}

/** Every resource that the real engine's preview means to have afterwards. */
export function plannedResources(previewJson: string): ResourceState[] {
  const { steps = [] } = JSON.parse(previewJson) as { steps?: Step[] };
  return steps.flatMap(({ newState }) => (newState === undefined ? [] : [newState]));
}

/** The offline preview without default providers: `pulumi preview --json` leaves them out of its steps. */
export function withoutDefaultProviders(preview: StackPreview): StackPreview {
  return {
    ...preview,
    resources: preview.resources.filter(({ urn }) => !/::pulumi:providers:[^:]+::default/.test(urn)),
  };
}

/**
 * Every difference in words, none when both agree. A value that one side does not know yet cannot disagree: the offline
 * preview knows ARNs that the engine learns from AWS alone (a second comparison, with the deployed state, holds those).
 */
export function differences(real: readonly ResourceState[], offline: StackPreview): string[] {
  const theirs = new Map(real.map((resource) => [resource.urn, resource]));
  const ours = new Map(offline.resources.map((resource) => [resource.urn, resource]));
  const missing = [...theirs.keys()]
    .filter((urn) => !ours.has(urn))
    .map((urn) => `${urn}: only the engine has it`);
  const extra = [...ours.keys()]
    .filter((urn) => !theirs.has(urn))
    .map((urn) => `${urn}: only the offline preview has it`);
  const both = [...theirs.values()].flatMap((resource) => {
    const other = ours.get(resource.urn);
    return other === undefined ? [] : compareResource(resource, other);
  });
  return [...missing, ...extra, ...both];
}

function compareResource(real: ResourceState, offline: PreviewedResource): string[] {
  const say = (what: string, engine: unknown, preview: unknown): string[] =>
    JSON.stringify(engine) === JSON.stringify(preview)
      ? []
      : [
          `${real.urn}: ${what} is ${JSON.stringify(engine)} for the engine, ${JSON.stringify(preview)} offline`,
        ];
  const providerUrn = (reference: string): string =>
    reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
  return [
    ...say("type", real.type, offline.type),
    ...say("custom", real.custom, offline.custom),
    ...say("parent", real.parent ?? "", offline.parent),
    ...say("provider", providerUrn(real.provider ?? ""), providerUrn(offline.provider)),
    ...say("protect", real.protect ?? false, offline.protect),
    ...say("dependencies", sorted(real.dependencies), sorted(offline.dependencies)),
    ...say(
      "propertyDependencies",
      dependenciesOf(real.propertyDependencies),
      dependenciesOf(offline.propertyDependencies),
    ),
    ...compareValues(
      `${real.urn}: inputs`,
      withoutInternals(real.inputs ?? {}),
      withoutInternals(offline.inputs as Props),
    ),
  ];
}

const sorted = (urns: readonly string[] = []): string[] => [...new Set(urns)].sort();

function dependenciesOf(
  given: Readonly<Record<string, readonly string[] | null>> = {},
): [string, string[]][] {
  return Object.entries(given)
    .map(([name, urns]): [string, string[]] => [name, sorted(urns ?? [])])
    .filter(([, urns]) => urns.length > 0)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

/** Bookkeeping of the engine in a provider's inputs. */
function withoutInternals(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => name !== "__internal"));
}

const secretSignature = "4dabf18193072939515e22adb298388d";

function open(value: Value | undefined): Value | undefined {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return JSON.parse(value) as Value;
    } catch {
      return value;
    }
  }
  return isObject(value) && value[secretSignature] !== undefined ? "[secret]" : value;
}

function compareValues(
  path: string,
  givenReal: Value | undefined,
  givenOffline: Value | undefined,
): string[] {
  const real = open(givenReal);
  const offline = open(givenOffline);
  if (holdsUnknown(real) && typeof real === "string") return [];
  if (offline === unknownValue || (typeof offline === "string" && offline.includes(unknownValue))) return [];
  if (Array.isArray(real) && Array.isArray(offline) && real.length === offline.length) {
    return real.flatMap((item, index) => compareValues(`${path}[${index}]`, item, offline[index]));
  }
  if (isObject(real) && isObject(offline)) {
    const keys = [...new Set([...Object.keys(real), ...Object.keys(offline)])].sort();
    return keys.flatMap((key) => compareValues(`${path}.${key}`, real[key], offline[key]));
  }
  return JSON.stringify(real) === JSON.stringify(offline)
    ? []
    : [`${path} is ${JSON.stringify(real)} for the engine, ${JSON.stringify(offline)} offline`];
}

function holdsUnknown(value: Value | undefined): boolean {
  return typeof value === "string" && value.includes(unknownValue);
}
