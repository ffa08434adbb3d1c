import { parseDocument, resolvePrincipals, showDocument } from "../documents";
import { AwsError } from "../errors";
import { checkTags, match, nothing, objects, oneOf, type Call, type TypeModel } from "../model";
import { list, object, sameValue, text } from "../values";

export const bucketType = "aws:s3/bucket:Bucket";
const keyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key\/[0-9a-f-]{36}|alias\/.+)$/;

/** Objects that the tests put into a bucket: the type is the simulator's own. */
export const objectType = "sim:s3/object";

const bucket: TypeModel = {
  token: bucketType,
  api: ["S3", "CreateBucket", "PutBucketTagging", "DeleteBucket"],
  autoName: "bucket",
  replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled"],
  exclusive: [["bucket", "bucketPrefix"]],
  collision: () =>
    new AwsError(
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.",
      409,
    ),
  id: (call) => call.text("bucket"),
  accept(call) {
    const name = call.text("bucket");
    match(
      "InvalidBucketName",
      name,
      "bucket",
      /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    );
    checkTags(call);
    const foreign = Object.keys(call.accounts.world.accounts).filter((account) => account !== call.account);
    if (foreign.some((account) => call.accounts.get(account, bucketType, name) !== undefined)) {
      throw new AwsError(
        "BucketAlreadyExists",
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system.",
        409,
      );
    }
  },
  computed: (call) => {
    const name = call.text("bucket");
    return {
      arn: `arn:${call.partition}:s3:::${name}`,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${name}.s3.${call.region}.amazonaws.com`,
      bucketRegion: call.region,
      forceDestroy: call.props["forceDestroy"] ?? false,
      hostedZoneId: "Z3AQBSTGFYJSTF",
      objectLockEnabled: call.props["objectLockEnabled"] ?? false,
      requestPayer: "BucketOwner",
    };
  },
  remove(stored, call) {
    const inside = call.accounts
      .list(stored.account, objectType)
      .filter(({ props }) => props["bucket"] === stored.id);
    if (inside.length > 0 && stored.props["forceDestroy"] !== true) {
      throw new AwsError(
        "BucketNotEmpty",
        "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
        409,
      );
    }
    for (const { type, id } of inside) call.accounts.remove(stored.account, type, id);
    for (const { token } of settings) call.accounts.remove(stored.account, token, stored.id);
  },
};

function needBucket(call: Call): void {
  call.need(
    bucketType,
    call.text("bucket"),
    () => new AwsError("NoSuchBucket", "The specified bucket does not exist", 404),
  );
}

/** A setting of a bucket: written over what was there. */
function setting(
  token: string,
  operation: string,
  accept: (call: Call) => void,
  more: Partial<TypeModel> = {},
): TypeModel {
  return {
    token,
    api: ["S3", `Put${operation}`, `Put${operation}`, `Delete${operation}`],
    replaceOn: ["bucket", "expectedBucketOwner"],
    id: (call) => call.text("bucket"),
    accept(call) {
      needBucket(call);
      accept(call);
    },
    computed: nothing,
    ...more,
  };
}

const versioning = setting("aws:s3/bucketVersioning:BucketVersioning", "BucketVersioning", (call) => {
  oneOf("MalformedXML", object(call.props["versioningConfiguration"])["status"], "status", [
    "Enabled",
    "Suspended",
    "Disabled",
  ]);
});

const encryption = setting(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "BucketEncryption",
  (call) => {
    for (const rule of objects(call.props["rules"])) {
      const byDefault = object(rule["applyServerSideEncryptionByDefault"]);
      oneOf("MalformedXML", byDefault["sseAlgorithm"], "sseAlgorithm", ["AES256", "aws:kms", "aws:kms:dsse"]);
      const key = byDefault["kmsMasterKeyId"];
      if (key !== undefined && byDefault["sseAlgorithm"] === "AES256")
        throw new AwsError(
          "InvalidArgument",
          "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms",
        );
      match("InvalidArgument", key, "KMSMasterKeyID", keyArn);
    }
  },
);

const publicAccess = setting(
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "PublicAccessBlock",
  () => undefined,
  {
    computed: ({ props }) =>
      Object.fromEntries(
        ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((name) => [
          name,
          props[name] ?? false,
        ]),
      ),
  },
);

const ownership = setting(
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "BucketOwnershipControls",
  (call) => {
    oneOf("MalformedXML", object(call.props["rule"])["objectOwnership"], "objectOwnership", [
      "BucketOwnerPreferred",
      "ObjectWriter",
      "BucketOwnerEnforced",
    ]);
  },
);

const lifecycle = setting(
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "BucketLifecycleConfiguration",
  (call) => {
    const rules = objects(call.props["rules"]);
    const ids = rules.map(({ id }) => text(id));
    if (new Set(ids).size !== ids.length)
      throw new AwsError("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule");
    for (const rule of rules) {
      match("InvalidArgument", rule["id"], "ID", /^.{1,255}$/);
      oneOf("MalformedXML", rule["status"], "status", ["Enabled", "Disabled"]);
      const actions = [
        "abortIncompleteMultipartUpload",
        "expiration",
        "noncurrentVersionExpiration",
        "noncurrentVersionTransitions",
        "transitions",
      ];
      if (!actions.some((action) => rule[action] !== undefined))
        throw new AwsError("InvalidRequest", "At least one action needs to be specified in a rule.");
      const days = [
        rule["expiration"],
        rule["noncurrentVersionExpiration"],
        rule["abortIncompleteMultipartUpload"],
      ]
        .map(object)
        .flatMap((action) => [action["days"], action["noncurrentDays"], action["daysAfterInitiation"]])
        .filter((value) => value !== undefined);
      if (days.some((value) => typeof value !== "number" || value < 1))
        throw new AwsError("InvalidArgument", "'Days' for an action must be a positive integer");
    }
  },
);

const malformed = "MalformedPolicy";

const bucketPolicy = setting(
  "aws:s3/bucketPolicy:BucketPolicy",
  "BucketPolicy",
  (call) => {
    const source = call.text("policy");
    const statements = parseDocument(source, "resource", malformed);
    if (Buffer.byteLength(source) > call.limit("bucketPolicy"))
      throw new AwsError(
        "PolicyTooLarge",
        "Bucket policy exceeds the maximum allowed document size of 20480",
      );
    const own = `arn:${call.partition}:s3:::${call.text("bucket")}`;
    for (const { resources, actions, notPrincipals, effect, principals, conditions } of statements) {
      if (resources.some((resource) => resource !== own && !resource.startsWith(`${own}/`)))
        throw new AwsError(malformed, "Policy has invalid resource");
      if (actions.some((action) => action !== "*" && !action.startsWith("s3:")))
        throw new AwsError(malformed, "Policy has invalid action");
      const anyone =
        effect === "Allow" &&
        !notPrincipals &&
        (principals?.["AWS"] ?? []).includes("*") &&
        conditions.length === 0;
      if (anyone && blocksPublicPolicy(call))
        throw new AwsError(
          "AccessDenied",
          "User is not authorized to perform: s3:PutBucketPolicy because public policies are blocked by the BlockPublicPolicy block public access setting.",
          403,
        );
    }
    resolvePrincipals(call, statements, malformed);
  },
  {
    retriesIam: true,
    principals: (call) =>
      resolvePrincipals(call, parseDocument(call.text("policy"), "resource", malformed), malformed),
    show: (stored, call) => ({
      ...stored.props,
      policy: showDocument(call, text(stored.props["policy"]), stored.principals),
    }),
  },
);

function blocksPublicPolicy(call: Call): boolean {
  return sameValue(call.find(publicAccess.token, call.text("bucket"))?.props["blockPublicPolicy"], true);
}

const notification = setting(
  "aws:s3/bucketNotification:BucketNotification",
  "BucketNotificationConfiguration",
  (call) => {
    for (const entry of list(call.props["topics"]).map(object)) {
      const arn = text(entry["topicArn"]);
      call.need(
        "aws:sns/topic:Topic",
        arn,
        () => new AwsError("InvalidArgument", "Unable to validate the following destination configurations"),
      );
    }
  },
);

const settings = [versioning, encryption, publicAccess, ownership, lifecycle, bucketPolicy, notification];

export const s3: readonly TypeModel[] = [bucket, ...settings];
