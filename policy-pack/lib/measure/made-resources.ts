/**
 * What cannot be named yet: AWS gives a new resource its id, so a statement that lets it be made names no more than
 * its type (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 */
import { serviceByPrefix, type ActionInfo, type ResourceType } from "../aws/action-table";

/** Actions by which something new comes to be, and the name of that thing behind the verb. */
const MAKES = /^[^:]+:(Create|Run|Allocate|Request|Import|Register|Start)(\w+)$/;

/**
 * What an action makes under another name than its own.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances
 */
const MADE_BESIDES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["ec2:RunInstances", new Set(["volume", "networkinterface"])],
  ["ec2:AllocateAddress", new Set(["elasticip"])],
]);

/**
 * Where a new thing may be put, if a request need not say it: no more can be done there than to put the new thing in.
 * What it is made from, such as an image or a snapshot, and what opens it to others is another matter.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html
 */
const PLACES: ReadonlySet<string> = new Set([
  "elastic-ip",
  "ipam-pool",
  "ipv4pool-ec2",
  "ipv6pool-ec2",
  "subnet",
  "transit-gateway",
  "vpc",
]);

/** Where the caller chooses the id, or the action is about something that is there already; with the page that says so. */
const NOT_MADE: readonly (readonly [actions: RegExp, page: string])[] = [
  [
    /^secretsmanager:/,
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html",
  ],
  [/^elasticache:/, "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html"],
  [/^redshift:/, "https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateHsmConfiguration.html"],
  [/^quicksight:/, "https://docs.aws.amazon.com/quicksight/latest/APIReference/API_CreateDashboard.html"],
  [/^(forecast|personalize):/, "https://docs.aws.amazon.com/forecast/latest/dg/API_CreateDataset.html"],
  [/^iotfleetwise:/, "https://docs.aws.amazon.com/iot-fleetwise/latest/APIReference/API_CreateFleet.html"],
  [
    /^machinelearning:/,
    "https://docs.aws.amazon.com/machine-learning/latest/APIReference/API_CreateMLModel.html",
  ],
  [/^iot:/, "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateStream.html"],
  [/^glue:CreateSession$/, "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSession.html"],
  // It also replaces a certificate that is there.
  [
    /^acm:ImportCertificate$/,
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html",
  ],
  [
    /^ssm:Register/,
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterDefaultPatchBaseline.html",
  ],
];

/**
 * Whether the types are only what the action makes under an id that AWS gives, and places that the request need not
 * name: ec2:CreateNetworkInterface on `network-interface/*`, ec2:CreateInternetGateway on `*`. Making something
 * on any resource of another type, as kms:CreateGrant on `key/*`, is no such case.
 */
export function areMadeUnderNewId(action: ActionInfo, types: readonly ResourceType[]): boolean {
  const made = madeBy(action);
  if (made.size === 0) return false;
  return types.length > 0 && types.every((type) => made.has(type) || isOptionalPlace(action, type));
}

const makings = new WeakMap<ActionInfo, ReadonlySet<ResourceType>>();

/** Those of its types that an action makes. */
function madeBy(action: ActionInfo): ReadonlySet<ResourceType> {
  const kept = makings.get(action);
  if (kept !== undefined) return kept;
  const made = new Set(action.types.filter((type) => isMade(action, type)));
  makings.set(action, made);
  return made;
}

function isOptionalPlace(action: ActionInfo, type: ResourceType): boolean {
  if (!PLACES.has(type.name) || !action.optional.includes(type)) return false;
  const made = madeBy(action);
  return action.types.every((other) => action.optional.includes(other) || made.has(other));
}

function isMade(action: ActionInfo, { name, arn }: ResourceType): boolean {
  const [, verb, rest = ""] = MAKES.exec(action.name) ?? [];
  const type = plain(name);
  if (verb === undefined || NOT_MADE.some(([actions]) => actions.test(action.name)) || !hasGivenId(arn))
    return false;
  if (MADE_BESIDES.get(action.name)?.has(type) === true) return true;
  // What stands behind a preposition is there already: TargetWithMaintenanceWindow, VolumeFromBackup.
  const [noun = ""] = rest.split(/(?:With|From|For|To|As|Using)(?=[A-Z])/);
  return isCalled(noun, type) && (verb !== "Start" || !isLasting(action.service, type));
}

/**
 * Whether the only thing that tells resources of the type apart is an id: `volume/${VolumeId}`. A name before it is
 * the caller's to choose, as in `targetgroup/${TargetGroupName}/${TargetGroupId}`.
 */
function hasGivenId(arn: string): boolean {
  const [, only] = /^[^$]*\$\{(\w*Id)\}$/i.exec(arn.split(":").slice(5).join(":")) ?? [];
  return only !== undefined;
}

/** Whether the noun of an action means the type: `Instances` an `instance`, `DefaultVpc` a `vpc`. */
function isCalled(noun: string, type: string): boolean {
  const text = plain(noun);
  return [text, text.replace(/s$/, ""), text.replace(/ies$/, "y")].some(
    (word) => word.endsWith(type) || (word.length >= SHORTEST && type.endsWith(word)),
  );
}

/** Shorter ends of a word mean too much. */
const SHORTEST = 4;

const lasting = new Map<string, boolean>();

/** Whether something is made, changed or removed by other actions: to start it is then to start what is there. */
function isLasting(service: string, type: string): boolean {
  const key = `${service} ${type}`;
  const kept = lasting.get(key);
  if (kept !== undefined) return kept;
  const names = [...(serviceByPrefix(service)?.actions.values() ?? [])].map(({ name }) => name);
  const answer = names.some((name) => {
    const [, noun] = /^[^:]+:(?:Create|Run|Register|Activate|Update|Delete|Terminate)(\w+)$/.exec(name) ?? [];
    return noun !== undefined && isCalled(noun, type);
  });
  lasting.set(key, answer);
  return answer;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
