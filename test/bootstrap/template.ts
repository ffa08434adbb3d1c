import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse, type CollectionTag, type ScalarTag } from "yaml";
import type { PolicyDocument, Statement } from "../../iam/document";
import type { DocumentKind } from "../../policy-pack/lib/document/context";

/** A CloudFormation template with its functions worked out for the given values. */
export interface Template {
  readonly Parameters: Readonly<Record<string, Parameter>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Parameter {
  readonly Default?: string;
  readonly AllowedPattern: string;
}

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** One policy document of a template. */
export interface TemplateDocument {
  /** `<resource>.<property>`. */
  readonly place: string;
  readonly kind: DocumentKind;
  readonly service?: string;
  readonly document: PolicyDocument;
}

export const files = ["cicd-account.yaml", "environment-account.yaml", "organization-account.yaml"] as const;
export type File = (typeof files)[number];

const role = (account: string): string => `arn:aws:iam::${account}:role/slipway-platform`;
const key = "1234abcd-12ab-34cd-56ef-1234567890ab";

/** What people would give to the templates, and what CloudFormation would give back, for the example organization. */
const shared: Values = {
  "AWS::Partition": "aws",
  "AWS::Region": "eu-west-1",
  OrganizationId: "o-example1234",
  CicdAccountId: "111111111111",
  BreakGlassPrincipalArn: "arn:aws:iam::111111111111:user/break-glass",
  PlatformRole: "slipway-platform",
  BreakGlassRole: "slipway-break-glass",
};
const values: Readonly<Record<File, Values>> = {
  "cicd-account.yaml": {
    ...shared,
    "AWS::AccountId": "111111111111",
    PlatformPrincipalArn:
      "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_SlipwayPlatform_????????????????",
    FurtherPlatformRoleArns: [role("222222222222"), role("333333333333")],
    "PlatformRole.Arn": role("111111111111"),
    StateBucket: "slipway-state-111111111111-eu-west-1",
    "StateBucket.Arn": "arn:aws:s3:::slipway-state-111111111111-eu-west-1",
    StateKey: key,
    "StateKey.Arn": `arn:aws:kms:eu-west-1:111111111111:key/${key}`,
  },
  "environment-account.yaml": {
    ...shared,
    "AWS::AccountId": "222222222222",
    "PlatformRole.Arn": role("222222222222"),
    EcsCluster: "slipway-dev",
    EksCluster: "dev",
  },
  "organization-account.yaml": {
    ...shared,
    "AWS::AccountId": "999999999999",
    ManagementAccountId: "999999999999",
    "PlatformRole.Arn": role("999999999999"),
    PlatformAccountArns: [
      "arn:aws:organizations::999999999999:account/o-example1234/111111111111",
      "arn:aws:organizations::999999999999:account/o-example1234/222222222222",
    ],
  },
};

/** Reads a file of bootstrap/ as CloudFormation would for the example organization. */
export function readTemplate(file: File): Template {
  const text = readFileSync(path.join(__dirname, "..", "..", "bootstrap", file), "utf8");
  const { Parameters } = parse(text, { customTags: tags(() => "") }) as Template;
  const known = new Map<string, Value>([
    ...Object.entries(Parameters).flatMap(([name, { Default }]): [string, Value][] =>
      Default === undefined ? [] : [[name, Default]],
    ),
    ...Object.entries(values[file]),
  ]);
  const customTags = tags((name) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`${file} uses ${name}, to which the test gives no value.`);
    return value;
  });
  return parse(text, { customTags }) as Template;
}

const places: Readonly<Record<string, Omit<TemplateDocument, "place" | "document"> & { property: string }>> =
  {
    "AWS::IAM::Role": { property: "AssumeRolePolicyDocument", kind: "trust" },
    "AWS::IAM::ManagedPolicy": { property: "PolicyDocument", kind: "identity" },
    "AWS::KMS::Key": { property: "KeyPolicy", kind: "resource", service: "kms" },
    "AWS::S3::BucketPolicy": { property: "PolicyDocument", kind: "resource", service: "s3" },
  };

/** Every policy document of a template. */
export function documentsOf({ Resources }: Template): TemplateDocument[] {
  return Object.entries(Resources).flatMap(([name, { Type, Properties }]) => {
    const place = places[Type];
    if (place === undefined) return [];
    const { property, ...rest } = place;
    return [{ ...rest, place: `${name}.${property}`, document: Properties[property] as PolicyDocument }];
  });
}

/** The document at `<resource>.<property>`. */
export function documentAt(file: File, place: string): PolicyDocument {
  const found = documentsOf(readTemplate(file)).find((one) => one.place === place);
  assert.ok(found, `${file} has no ${place}`);
  return found.document;
}

export function statementAt(file: File, sid: string): Statement {
  const found = documentsOf(readTemplate(file))
    .flatMap(({ document }) => document.Statement)
    .find(({ Sid }) => Sid === sid);
  assert.ok(found, `${file} has no statement ${sid}`);
  return found;
}

/** What the platform role may do. */
export function platformGrants(file: File): PolicyDocument[] {
  return grantsOf(readTemplate(file), "slipway-platform");
}

/** What the emergency role may do. */
export function breakGlassGrants(file: File): PolicyDocument[] {
  return grantsOf(readTemplate(file), "slipway-break-glass");
}

/** The identity documents that stand on a role. */
function grantsOf({ Resources }: Template, roleName: string): PolicyDocument[] {
  return Object.values(Resources)
    .filter(({ Type, Properties }) => {
      const roles: unknown = Properties["Roles"];
      return Type === "AWS::IAM::ManagedPolicy" && Array.isArray(roles) && roles.includes(roleName);
    })
    .map(({ Properties }) => Properties["PolicyDocument"] as PolicyDocument);
}

type Value = string | readonly string[];
type Values = Readonly<Record<string, Value>>;

/** The short forms of CloudFormation's functions that the templates use; conditions stay what they are, lists. */
function tags(valueOf: (name: string) => Value): (ScalarTag | CollectionTag)[] {
  const substitute = (text: string): string =>
    text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => String(valueOf(name)));
  return [
    { tag: "!Ref", resolve: valueOf },
    { tag: "!GetAtt", resolve: valueOf },
    { tag: "!Sub", resolve: substitute },
    { tag: "!Not", collection: "seq", resolve: (items) => items },
    { tag: "!Equals", collection: "seq", resolve: (items) => items },
  ];
}
