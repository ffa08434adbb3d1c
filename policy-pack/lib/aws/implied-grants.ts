/**
 * Grants without a policy document: a Lambda permission, a function URL, an ACL. Each is written here as the
 * statement it amounts to, so that the one analysis judges them all.
 */

type Properties = Readonly<Record<string, unknown>>;
/** The statement a resource amounts to, or undefined if it grants nothing to anybody outside. */
export type ImpliedStatement = (properties: Properties) => object | undefined;

/** The service whose resource the grant is on, and the statement. */
export interface ImpliedGrant {
  readonly service: string;
  readonly statement: ImpliedStatement;
}

/** `12 digits`, an ARN, a service or `*` as the Principal element it stands for. */
function principalOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (value === "*") return "*";
  return /\.amazonaws\.com(\.cn)?$/.test(value) ? { Service: value } : { AWS: value };
}

/** A condition block of the entries that are given. */
function conditions(
  entries: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): object | undefined {
  const present = Object.entries(entries).map(
    ([operator, keys]) =>
      [
        operator,
        Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined && value !== null)),
      ] as const,
  );
  const block = Object.fromEntries(present.filter(([, keys]) => Object.keys(keys).length > 0));
  return Object.keys(block).length > 0 ? block : undefined;
}

function allow(action: unknown, principal: unknown, condition?: object): object {
  return {
    Effect: "Allow",
    Principal: principal,
    Action: action,
    Resource: "*",
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

const lambdaPermission: ImpliedStatement = (p) =>
  allow(
    p["action"],
    principalOf(p["principal"]),
    conditions({
      ArnLike: { "aws:SourceArn": p["sourceArn"] },
      StringEquals: {
        "aws:SourceAccount": p["sourceAccount"],
        "aws:PrincipalOrgID": p["principalOrgId"],
        "lambda:EventSourceToken": p["eventSourceToken"],
      },
    }),
  );

const functionUrl =
  (property: string): ImpliedStatement =>
  (p) =>
    p[property] === "NONE" ? allow("lambda:InvokeFunctionUrl", "*") : undefined;

const layerPermission: ImpliedStatement = (p) =>
  allow(
    p["action"],
    principalOf(p["principal"]),
    conditions({ StringEquals: { "aws:PrincipalOrgID": p["organizationId"] } }),
  );

/** EventBridge's own grant: an account or `*`, with at most the organization as condition. */
const eventPermission: ImpliedStatement = (p) => {
  const condition = p["condition"] as
    { readonly type?: string; readonly key?: string; readonly value?: unknown } | undefined;
  const block =
    condition?.type === undefined || condition.key === undefined
      ? undefined
      : conditions({ [condition.type]: { [condition.key]: condition.value } });
  return allow(p["action"] ?? "events:PutEvents", principalOf(p["principal"]), block);
};

const kmsGrant: ImpliedStatement = (p) => {
  const operations = Array.isArray(p["operations"]) ? (p["operations"] as unknown[]) : [];
  const actions = operations.map((operation) =>
    typeof operation === "string" ? `kms:${operation}` : operation,
  );
  return allow(actions.length > 0 ? actions : "kms:Decrypt", principalOf(p["granteePrincipal"]));
};

/** A share with an organization or a unit of one is held to it by its ARN. */
const ramPrincipal: ImpliedStatement = (p) => {
  const principal = p["principal"];
  const organization =
    typeof principal === "string"
      ? /:organizations::\d+:(?:organization|ou)\/(o-\w+)/.exec(principal)?.[1]
      : undefined;
  return organization === undefined
    ? allow("ram:AssociateResourceShare", principalOf(principal))
    : allow(
        "ram:AssociateResourceShare",
        "*",
        conditions({ StringEquals: { "aws:PrincipalOrgID": organization } }),
      );
};

const endpointPrincipal =
  (property: string): ImpliedStatement =>
  (p) => {
    const value = p[property];
    const list = Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
    if (list.length === 0) return undefined;
    return allow("ec2:CreateVpcEndpoint", list.includes("*") ? "*" : { AWS: list });
  };

const withSourceAccount =
  (actions: string): ImpliedStatement =>
  (p) =>
    allow(
      p[actions],
      principalOf(p["principal"]),
      conditions({ StringEquals: { "aws:SourceAccount": p["sourceAccount"] } }),
    );

/** Canned ACLs that let in everybody, or everybody who has some AWS account. */
const PUBLIC_ACLS = new Set(["public-read", "public-read-write", "authenticated-read"]);
const PUBLIC_GROUPS = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** An ACL, canned or as a list of grants. */
const acl =
  (...grants: readonly string[]): ImpliedStatement =>
  (p) => {
    const canned = p["acl"];
    const open = typeof canned === "string" && PUBLIC_ACLS.has(canned);
    const uris = grants.flatMap((path) => urisIn(dig(p, path.split("."))));
    if (!open && !uris.some((uri) => PUBLIC_GROUPS.test(uri))) return undefined;
    return allow(["s3:GetObject", "s3:ListBucket"], "*");
  };

function dig(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? (at as Properties)[step] : undefined),
    value,
  );
}

function urisIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => urisIn(item));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    key.toLowerCase() === "uri" && typeof item === "string" ? [item] : urisIn(item),
  );
}

const launchPermission: ImpliedStatement = (p) => {
  if (p["group"] === "all") return allow("ec2:RunInstances", "*");
  return p["accountId"] === undefined ? undefined : allow("ec2:RunInstances", { AWS: p["accountId"] });
};

const sharedAccounts: ImpliedStatement = (p) => {
  const accounts = Array.isArray(p["sharedAccounts"]) ? (p["sharedAccounts"] as unknown[]) : [];
  if (accounts.length === 0) return undefined;
  return allow("rds:RestoreDBInstanceFromDBSnapshot", accounts.includes("all") ? "*" : { AWS: accounts });
};

const sharedDocument: ImpliedStatement = (p) => {
  const accounts = (p["permissions"] as { readonly accountIds?: unknown } | undefined)?.accountIds;
  if (typeof accounts !== "string") return undefined;
  return allow(
    "ssm:StartAutomationExecution",
    /^all$/i.test(accounts) ? "*" : { AWS: accounts.split(",").map((id) => id.trim()) },
  );
};

/** Lake Formation's group of everybody whom IAM lets in: it switches Lake Formation off. */
const lakeFormation: ImpliedStatement = (p) =>
  p["principal"] === "IAM_ALLOWED_PRINCIPALS" ? allow("lakeformation:GetDataAccess", "*") : undefined;

/** Cluster administration over the whole cluster, which is `*` on `*` inside it. */
const eksAccess: ImpliedStatement = (p) => {
  const scope = (p["accessScope"] as { readonly type?: unknown } | undefined)?.type;
  if (typeof p["policyArn"] !== "string" || !p["policyArn"].endsWith("/AmazonEKSClusterAdminPolicy"))
    return undefined;
  return scope === "cluster" ? allow("eks:*", { AWS: p["principalArn"] }) : undefined;
};

/** Every type of grant without a document, by its token. */
export const IMPLIED_GRANTS: ReadonlyMap<string, ImpliedGrant> = new Map([
  ["aws:lambda/permission:Permission", { service: "lambda", statement: lambdaPermission }],
  ["aws:lambda/functionUrl:FunctionUrl", { service: "lambda", statement: functionUrl("authorizationType") }],
  [
    "aws:lambda/layerVersionPermission:LayerVersionPermission",
    { service: "lambda", statement: layerPermission },
  ],
  ["aws:cloudwatch/eventPermission:EventPermission", { service: "events", statement: eventPermission }],
  ["aws:kms/grant:Grant", { service: "kms", statement: kmsGrant }],
  [
    "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
    { service: "ec2", statement: endpointPrincipal("principalArn") },
  ],
  [
    "aws:ec2/vpcEndpointService:VpcEndpointService",
    { service: "ec2", statement: endpointPrincipal("allowedPrincipals") },
  ],
  ["aws:ec2/amiLaunchPermission:AmiLaunchPermission", { service: "ec2", statement: launchPermission }],
  ["aws:ram/principalAssociation:PrincipalAssociation", { service: "ram", statement: ramPrincipal }],
  ["aws:eks/accessPolicyAssociation:AccessPolicyAssociation", { service: "eks", statement: eksAccess }],
  ["aws:lakeformation/permissions:Permissions", { service: "lakeformation", statement: lakeFormation }],
  [
    "aws:signer/signingProfilePermission:SigningProfilePermission",
    { service: "signer", statement: withSourceAccount("action") },
  ],
  ["aws:acmpca/permission:Permission", { service: "acm-pca", statement: withSourceAccount("actions") }],
  ["aws:rds/snapshot:Snapshot", { service: "rds", statement: sharedAccounts }],
  ["aws:rds/clusterSnapshot:ClusterSnapshot", { service: "rds", statement: sharedAccounts }],
  ["aws:rds/snapshotCopy:SnapshotCopy", { service: "rds", statement: sharedAccounts }],
  ["aws:ssm/document:Document", { service: "ssm", statement: sharedDocument }],
  ["aws:s3/bucket:Bucket", { service: "s3", statement: acl("grants") }],
  ["aws:s3/bucketV2:BucketV2", { service: "s3", statement: acl("grants") }],
  ["aws:s3/bucketAcl:BucketAcl", { service: "s3", statement: acl("accessControlPolicy.grants") }],
  ["aws:s3/bucketAclV2:BucketAclV2", { service: "s3", statement: acl("accessControlPolicy.grants") }],
  ["aws:s3/bucketObject:BucketObject", { service: "s3", statement: acl() }],
  ["aws:s3/bucketObjectv2:BucketObjectv2", { service: "s3", statement: acl() }],
  ["aws:s3/objectCopy:ObjectCopy", { service: "s3", statement: acl("grants") }],
  ["aws-native:lambda:Permission", { service: "lambda", statement: lambdaPermission }],
  ["aws-native:lambda:Url", { service: "lambda", statement: functionUrl("authType") }],
  ["aws-native:lambda:LayerVersionPermission", { service: "lambda", statement: layerPermission }],
  [
    "aws-native:ec2:VpcEndpointServicePermissions",
    { service: "ec2", statement: endpointPrincipal("allowedPrincipals") },
  ],
]);
