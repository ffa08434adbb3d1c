/**
 * Which condition keys say which resource is meant. Told from the action table and the grammar of its keys: families
 * of tags, keys whose value is an ARN, an id or a name, keys that are named after one of the service's resource types
 * or after a variable of its ARNs. Where that grammar is wrong, the key stands here with the page that says so.
 */
import { serviceByPrefix } from "../aws/action-table";

/** A pattern of keys and the page of AWS that says what they hold. */
type Documented = readonly [keys: RegExp, page: string];

/** Keys that say which resource is meant, or by what it is reached, without looking like it. */
const NAMES_ALL_THE_SAME: readonly Documented[] = [
  [
    /^kms:EncryptionContext:/i,
    "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context",
  ],
  [
    /^dynamodb:LeadingKeys$/i,
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html",
  ],
  [/:PassedToService$/i, "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"],
  // Tags are then set on what that very request makes, and on nothing that is there already.
  [
    /:CreateAction$/i,
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html",
  ],
  [
    /^ec2:AuthorizedService$/i,
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  ],
  [
    /^s3tables:namespace$/i,
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3tables.html",
  ],
];

/** Keys about who calls, from where and through which service, tags of the caller included. */
const ABOUT_CALLER: readonly Documented[] = [
  [
    /^(aws:(Principal|Source|userid|username|Called|Via)|sts:)|:(ViaService|CallerAccount|RequesterId|SourceInstanceARN|viaDomainArn)$|Principal(Id|Arn)$/i,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  ],
];

/** Keys that look as if they named the resource and do not. */
const NAMES_SOMETHING_ELSE: readonly Documented[] = [
  // Whose it is, and where: an account, an owner, a zone.
  [
    /Account(Id)?$|AccountIds$|Owner(Id)?$|AvailabilityZoneId$/i,
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  ],
  [/VersionId$/i, "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html"],
  [
    /:AccessGrantsInstanceArn$/i,
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
  ],
  // The role that it works under, the key that it is encrypted with, the boundary that limits it, what it logs to.
  [
    /Role(Arn)?$|kms-?key(-?(id|arn))?$|:PermissionsBoundary$|Issuers$|:LogDestinationResource$/i,
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html",
  ],
  // The network that it is put into. For EC2, whose resources lie in networks, that is where they are.
  [
    /^(?!ec2:).*(Vpc|Subnet|SecurityGroup)Id$/i,
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
  ],
  [
    /:FisActionId$|:EventName$|:QueryName$|DisplayName$|^ec2:InstancePlatform$|^apigateway:Re(quest|source)\/Method$/i,
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],
  // Whom it is shared with.
  [/^redshift:ConsumerIdentifier$/i, "https://docs.aws.amazon.com/redshift/latest/dg/iam-policy.html"],
  // The layers of a function, not the function.
  [/^lambda:Layer$/i, "https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html"],
  // There are two catalogs, the real one and the sandbox.
  [
    /^partnercentral:Catalog$/i,
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awspartnercentral.html",
  ],
];

/** What a key ends in whose value identifies one thing. */
const IDENTIFIER = /(Ids?|Identifier|UID|Arns?|Names?|Alias|Aliases)$/i;
/** A list of ids is what a request puts together, such as `lambda:SubnetIds`, and not which resource it is about. */
const LIST_OF_IDS = /Ids$/i;
/** `aws:ResourceTag/team`, `rds:db-tag/${TagKey}`, `s3:ExistingObjectTag/<key>`. */
const TAG_FAMILY = /tag\/./i;

const answers = new Map<string, boolean>();
/** Beyond this many keys the answers start anew, so that no document makes them grow without end. */
const KEPT_ANSWERS = 1_000;

/** Whether a condition key, as it is written or as the action table lists it, says which resource is meant. */
export function namesResource(key: string): boolean {
  const kept = answers.get(key);
  if (kept !== undefined) return kept;
  if (answers.size >= KEPT_ANSWERS) answers.clear();
  const answer = saysWhich(key);
  answers.set(key, answer);
  return answer;
}

function saysWhich(key: string): boolean {
  const isAmong = (list: readonly Documented[]): boolean => list.some(([keys]) => keys.test(key));
  if (isAmong(ABOUT_CALLER)) return false;
  if (isAmong(NAMES_ALL_THE_SAME) || TAG_FAMILY.test(key)) return true;
  if (isAmong(NAMES_SOMETHING_ELSE)) return false;
  if (key.includes("/") && !/^[^/]+\/\w+$/.test(key)) return false;
  const name = key.split(/[:/.]/).at(-1) ?? "";
  return (IDENTIFIER.test(name) && !LIST_OF_IDS.test(name)) || isNamedAfterResource(key, name);
}

/** Whether the service's own table says that the key is about one of its resources. */
function isNamedAfterResource(key: string, name: string): boolean {
  const service = serviceByPrefix(key.slice(0, key.indexOf(":")));
  if (service === undefined) return false;
  const text = key.toLowerCase();
  if (service.arnKeys.some((listed) => listed.toLowerCase() === text)) return true;
  return service.types.some(
    (type) => plain(type.name) === plain(name) || variablesOf(type.arn).has(plain(name)),
  );
}

/** The variables of an ARN's format that stand for the resource: `clustername` of `…:cluster/${ClusterName}`. */
function variablesOf(arn: string): ReadonlySet<string> {
  const names = [...arn.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);
  return new Set(
    names.filter((name) => !/^(Partition|Region|Account|.*Type|.*Direction)$/.test(name)).map(plain),
  );
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
