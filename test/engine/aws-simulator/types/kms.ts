import { parseDocument, resolvePrincipals, showDocument, type Statement } from "../documents";
import { AwsError } from "../errors";
import { holds } from "../evaluator";
import { between, checkTags, match, nothing, oneOf, type Call, type TypeModel } from "../model";
import { text } from "../values";
import type { Stored } from "../world";

export const keyType = "aws:kms/key:Key";
const aliasType = "aws:kms/alias:Alias";
const keyPolicyType = "aws:kms/keyPolicy:KeyPolicy";

const malformed = "MalformedPolicyDocumentException";

/** The key named by id, ARN, or (where AWS takes one) alias name or alias ARN. */
export function findKey(call: Call, name: string): Stored | undefined {
  const keyId = /(?:^|:key\/)([0-9a-f-]{36})$/.exec(name)?.[1];
  if (keyId !== undefined) return call.find(keyType, keyId);
  const alias = /(?:^|:)(alias\/.+)$/.exec(name)?.[1];
  const target = alias === undefined ? undefined : call.find(aliasType, alias)?.props["targetKeyId"];
  return target === undefined ? undefined : call.find(keyType, text(target));
}

/** A key that must exist (one that waits for its deletion does not); the need is recorded under the key's own id. */
export function needKey(call: Call, name: string, error: () => AwsError): Stored {
  const id = findKey(call, name)?.id ?? name;
  return call.need(keyType, id, error);
}

function checkKeyPolicy(call: Call, source: string): readonly Statement[] {
  const statements = parseDocument(source, "resource", malformed);
  if (Buffer.byteLength(source) > call.limit("keyPolicy"))
    throw new AwsError("LimitExceededException", "The key policy exceeds the maximum size of 32768 bytes.");
  resolvePrincipals(
    call,
    statements,
    malformed,
    "Policy contains a statement with one or more invalid principals",
  );
  if (call.props["bypassPolicyLockoutSafetyCheck"] !== true && !callerKeepsControl(call, statements)) {
    throw new AwsError(
      malformed,
      "The new key policy will not allow you to update the key policy in the future.",
    );
  }
  return statements;
}

/** AWS's safety check: someone of the caller's account must be able to put a new policy afterwards. */
function callerKeepsControl(call: Call, statements: readonly Statement[]): boolean {
  const caller = { "aws:principalarn": call.principal };
  return statements.some(({ effect, principals, actions, conditions }) => {
    const forCaller = conditions.filter(({ key }) => key.toLowerCase() === "aws:principalarn");
    const names = principals?.["AWS"] ?? [];
    const ours = names.some(
      (name) => name === "*" || name === call.account || name.includes(`::${call.account}:`),
    );
    const puts = actions.some((action) => ["*", "kms:*", "kms:Put*", "kms:PutKeyPolicy"].includes(action));
    return effect === "Allow" && ours && puts && forCaller.every((condition) => holds(condition, caller));
  });
}

const defaultPolicy = (call: Call): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "EnableIAMUserPermissions",
        Effect: "Allow",
        Principal: { AWS: call.arn("iam", "root", { global: true }) },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });

const keyPolicyOf = (call: Call): string =>
  call.text("policy") === "" ? text(call.old?.props["policy"]) || defaultPolicy(call) : call.text("policy");

const key: TypeModel = {
  token: keyType,
  api: ["KMS", "CreateKey", "UpdateKey", "ScheduleKeyDeletion"],
  retriesIam: true,
  replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId", "xksKeyId"],
  id: (call) => call.old?.id ?? call.freshUuid("key"),
  accept(call) {
    checkTags(call);
    match("ValidationException", call.props["description"], "description", /^[\s\S]{0,8192}$/);
    between("ValidationException", call.props["deletionWindowInDays"], "pendingWindowInDays", 7, 30);
    between("ValidationException", call.props["rotationPeriodInDays"], "rotationPeriodInDays", 90, 2560);
    oneOf("ValidationException", call.props["keyUsage"], "keyUsage", [
      "ENCRYPT_DECRYPT",
      "SIGN_VERIFY",
      "GENERATE_VERIFY_MAC",
      "KEY_AGREEMENT",
    ]);
    if (call.text("policy") !== "") checkKeyPolicy(call, call.text("policy"));
  },
  principals: (call) =>
    resolvePrincipals(call, parseDocument(keyPolicyOf(call), "resource", malformed), malformed),
  computed: (call, id) => ({
    arn: call.arn("kms", `key/${id}`),
    keyId: id,
    policy: keyPolicyOf(call),
    isEnabled: call.props["isEnabled"] ?? true,
    keyUsage: call.props["keyUsage"] ?? "ENCRYPT_DECRYPT",
    customerMasterKeySpec: call.props["customerMasterKeySpec"] ?? "SYMMETRIC_DEFAULT",
    enableKeyRotation: call.props["enableKeyRotation"] ?? false,
    multiRegion: call.props["multiRegion"] ?? false,
  }),
  show: (stored, call) => ({
    ...stored.props,
    policy: showDocument(call, text(stored.props["policy"]), stored.principals),
  }),
  // KMS never deletes at once: the key waits, and is gone for the provider.
  linger: (stored) => ({ ...stored, type: "sim:kms/pendingDeletion" }),
};

const alias: TypeModel = {
  token: aliasType,
  api: ["KMS", "CreateAlias", "UpdateAlias", "DeleteAlias"],
  autoName: "name",
  replaceOn: ["name", "namePrefix"],
  exclusive: [["name", "namePrefix"]],
  collision: (call) =>
    new AwsError(
      "AlreadyExistsException",
      `An alias with the name ${call.arn("kms", call.text("name"))} already exists`,
    ),
  id: (call) => call.text("name"),
  accept(call) {
    match("ValidationException", call.props["name"], "aliasName", /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/);
    const target = call.text("targetKeyId");
    needKey(call, target, () => new AwsError("NotFoundException", `Key '${target}' does not exist`));
  },
  computed: (call) => ({
    arn: call.arn("kms", call.text("name")),
    targetKeyArn: text(findKey(call, call.text("targetKeyId"))?.props["arn"]),
    // Compared by the provider in the form in which it was given.
    targetKeyId: call.text("targetKeyId"),
  }),
};

const keyPolicy: TypeModel = {
  token: keyPolicyType,
  api: ["KMS", "PutKeyPolicy", "PutKeyPolicy", "PutKeyPolicy"],
  retriesIam: true,
  replaceOn: ["keyId"],
  id: (call) => call.text("keyId"),
  accept(call) {
    const found = needKey(
      call,
      call.text("keyId"),
      () => new AwsError("NotFoundException", `Key '${call.text("keyId")}' does not exist`),
    );
    const statements = checkKeyPolicy(call, call.text("policy"));
    const principals = resolvePrincipals(call, statements, malformed);
    call.accounts.put({ ...found, props: { ...found.props, policy: call.text("policy") }, principals });
  },
  principals: (call) =>
    resolvePrincipals(call, parseDocument(call.text("policy"), "resource", malformed), malformed),
  computed: nothing,
  show: (stored, call) => ({
    ...stored.props,
    policy: showDocument(call, text(stored.props["policy"]), stored.principals),
  }),
  remove(stored, call) {
    const found = call.find(keyType, stored.id);
    if (found !== undefined)
      call.accounts.put({ ...found, props: { ...found.props, policy: defaultPolicy(call) }, principals: {} });
  },
};

export const kms: readonly TypeModel[] = [key, alias, keyPolicy];
