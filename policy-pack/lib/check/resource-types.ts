/**
 * Which of Pulumi's resource types a resource of CloudFormation or Terraform is. The three spell the same names:
 * `AWS::IAM::RolePolicy`, `aws_iam_role_policy`, `aws:iam/rolePolicy:RolePolicy`. So only letters and digits count, and
 * where grants stand is written once, in `lib/aws/`.
 */
import { ATTACHMENT_PLACES, DOCUMENT_PLACES } from "../aws/grant-places";
import { IMPLIED_GRANTS } from "../aws/implied-grants";
import { isFields, type Lines, type Step } from "./source";

/** Where CloudFormation has a name or a type of its own. */
const CLOUDFORMATION: Readonly<Record<string, string>> = {
  // The inline policy of roles, users and groups at once.
  iampolicy: "aws-native:iam:RolePolicy",
  elasticsearchdomain: "aws-native:opensearchservice:Domain",
  mediastorecontainer: "aws:mediastore/containerPolicy:ContainerPolicy",
  sqsqueuepolicy: "aws-native:sqs:QueueInlinePolicy",
};

/** Where Terraform's provider has another name than Pulumi's. */
const TERRAFORM: Readonly<Record<string, string>> = {
  dbclustersnapshot: "aws:rds/clusterSnapshot:ClusterSnapshot",
  dbsnapshot: "aws:rds/snapshot:Snapshot",
  dbsnapshotcopy: "aws:rds/snapshotCopy:SnapshotCopy",
  prometheusresourcepolicy: "aws:amp/resourcePolicy:ResourcePolicy",
  s3object: "aws:s3/bucketObjectv2:BucketObjectv2",
  vpcendpointserviceallowedprincipal:
    "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
};

const TYPES = [...DOCUMENT_PLACES.keys(), ...IMPLIED_GRANTS.keys(), ...ATTACHMENT_PLACES.keys()];
const NATIVE = new Map(
  TYPES.filter((type) => type.startsWith("aws-native:")).map((type) => [
    letters(type.slice("aws-native:".length)),
    type,
  ]),
);
const CLASSIC = new Map(
  TYPES.filter((type) => type.startsWith("aws:")).flatMap((type) => {
    const [, module = "", name = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
    const entry = [letters(module + name), type] as const;
    // Terraform's oldest names, those of EC2, have no service: aws_vpc_endpoint.
    return module === "ec2" ? [entry, [letters(name), type] as const] : [entry];
  }),
);

/** The type of `AWS::IAM::Role`; undefined if resources of the type grant nothing that is known. */
export function typeOfCloudFormation(name: string): string | undefined {
  const key = letters(name.replace(/^AWS::/, ""));
  return CLOUDFORMATION[key] ?? NATIVE.get(key);
}

/** The type of `aws_iam_role` or, with CloudFormation's names, `awscc_iam_role`. */
export function typeOfTerraform(name: string): string | undefined {
  if (name.startsWith("awscc_")) return NATIVE.get(letters(name.slice("awscc_".length)));
  if (!name.startsWith("aws_")) return undefined;
  const key = letters(name.slice("aws_".length));
  return TERRAFORM[key] ?? CLASSIC.get(key);
}

function letters(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** The properties of a resource under Pulumi's names, such as `policyDocument`; documents stay as they are. */
export function pulumiProperties(value: unknown, lines: Lines): unknown {
  if (Array.isArray(value)) {
    const list: unknown[] = value.map((item: unknown) => pulumiProperties(item, lines));
    lines.set(list, new Map(list.map((_, index) => [index, lines.of(value, index) ?? 1])));
    return list;
  }
  if (!isFields(value) || Object.keys(value).some((key) => /^statement$/i.test(key))) return value;
  const properties: Record<string, unknown> = {};
  const known = new Map<Step, number>();
  for (const [key, item] of Object.entries(value)) {
    const name = pulumiName(key);
    const converted = pulumiProperties(item, lines);
    for (const [alias, aliased] of blocks(name, converted, key)) {
      properties[alias] = aliased;
      known.set(alias, lines.of(value, key) ?? 1);
    }
  }
  lines.set(properties, known);
  return properties;
}

function pulumiName(name: string): string {
  const camel = name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return camel.charAt(0).toLowerCase() + camel.slice(1);
}

/**
 * Terraform writes a block as a list, `inline_policy`, whether there can be one or many; Pulumi has the one itself, or the
 * many under the plural, `inlinePolicies`.
 */
function blocks(name: string, value: unknown, key: string): [string, unknown][] {
  const isBlock = Array.isArray(value) && value.length > 0 && value.every(isFields);
  if (!isBlock || key !== key.toLowerCase()) return [[name, value]];
  if (name.endsWith("s")) return [[name, value.length === 1 ? value[0] : value]];
  const plural = name.endsWith("y") ? `${name.slice(0, -1)}ies` : `${name}s`;
  return [
    [name, value.length === 1 ? value[0] : value],
    [plural, value],
  ];
}
