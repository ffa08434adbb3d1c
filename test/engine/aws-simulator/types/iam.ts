import { compactLength, parseDocument, resolvePrincipals, showDocument } from "../documents";
import { AwsError } from "../errors";
import { between, checkTags, match, nothing, type Call, type TypeModel } from "../model";
import { text } from "../values";
import type { Stored } from "../world";

export const roleType = "aws:iam/role:Role";
export const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";
export const policyType = "aws:iam/policy:Policy";
export const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const malformed = "MalformedPolicyDocument";

function checkPath(call: Call): void {
  match("ValidationError", call.props["path"] ?? "/", "path", /^(\/|\/[!-~]+\/)$/);
  if (call.text("path").length > 512)
    throw new AwsError("ValidationError", "Member 'path' must have length less than or equal to 512");
}

function iamArn(call: Call, kind: string): string {
  const path = call.text("path") === "" ? "/" : call.text("path");
  return call.arn("iam", `${kind}${path}${call.text("name")}`, { global: true });
}

function quota(message: string): AwsError {
  return new AwsError("LimitExceeded", message, 409);
}

const role: TypeModel = {
  token: roleType,
  api: ["IAM", "CreateRole", "UpdateRole", "DeleteRole"],
  global: true,
  autoName: "name",
  retriesIam: true,
  replaceOn: ["name", "namePrefix", "path"],
  exclusive: [["name", "namePrefix"]],
  collision: (call) =>
    new AwsError("EntityAlreadyExists", `Role with name ${call.text("name")} already exists.`, 409),
  id: (call) => call.text("name"),
  accept(call) {
    match("ValidationError", call.props["name"], "roleName", /^[\w+=,.@-]{1,64}$/);
    checkPath(call);
    match(
      "ValidationError",
      call.props["description"],
      "description",
      /^[\t\n\r\x20-\x7e\u00a1-\u00ff]{0,1000}$/,
    );
    between("ValidationError", call.props["maxSessionDuration"], "maxSessionDuration", 3600, 43_200);
    checkTags(call);
    const trust = call.text("assumeRolePolicy");
    const statements = parseDocument(trust, "trust", malformed);
    resolvePrincipals(call, statements, malformed);
    if (compactLength(trust) > call.limit("trustPolicy"))
      throw quota(`Cannot exceed quota for ACLSizePerRole: ${call.limit("trustPolicy")}`);
    needBoundary(call);
    if (call.old === undefined && sameNameInOtherCase(call))
      throw new AwsError("EntityAlreadyExists", `Role with name ${call.text("name")} already exists.`, 409);
    if (
      call.old === undefined &&
      call.accounts.list(call.account, roleType).length >= call.limit("rolesPerAccount")
    ) {
      throw quota(`Cannot exceed quota for RolesPerAccount: ${call.limit("rolesPerAccount")}`);
    }
  },
  principals: (call) =>
    resolvePrincipals(call, parseDocument(call.text("assumeRolePolicy"), "trust", malformed), malformed),
  computed: (call) => ({
    arn: iamArn(call, "role"),
    path: call.props["path"] ?? "/",
    maxSessionDuration: call.props["maxSessionDuration"] ?? 3600,
    forceDetachPolicies: call.props["forceDetachPolicies"] ?? false,
    createDate: call.old?.props["createDate"] ?? "2026-01-01T00:00:00Z",
    uniqueId: call.old?.props["uniqueId"] ?? `AROA${call.fresh("role", 17).toUpperCase()}`,
    managedPolicyArns: call.props["managedPolicyArns"] ?? [],
    inlinePolicies: call.props["inlinePolicies"] ?? [],
  }),
  show: (stored, call) => ({
    ...stored.props,
    assumeRolePolicy: showDocument(call, text(stored.props["assumeRolePolicy"]), stored.principals),
  }),
  remove(stored, call) {
    const of = (type: string): Stored[] =>
      call.accounts.list(stored.account, type).filter(({ props }) => props["role"] === stored.id);
    if (of(rolePolicyType).length > 0)
      throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
    if (of(attachmentType).length > 0)
      throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
  },
};

function sameNameInOtherCase(call: Call): boolean {
  const wanted = call.text("name").toLowerCase();
  return call.accounts
    .list(call.account, roleType)
    .some(({ id }) => id.toLowerCase() === wanted && id !== call.text("name"));
}

function needBoundary(call: Call): void {
  const arn = call.text("permissionsBoundary");
  if (arn === "" || awsManaged(arn)) return;
  call.need(
    policyType,
    arn,
    () => new AwsError("NoSuchEntity", `Scope ARN: ${arn} does not exist or is not attachable.`, 404),
  );
}

const awsManaged = (arn: string): boolean => /^arn:aws[a-z-]*:iam::aws:policy\//.test(arn);

/** The role with this ARN, which must exist, be known everywhere and trust the service: else the service cannot assume it. */
export function needServiceRole(call: Call, arn: string, service: string, error: () => AwsError): void {
  const name = /:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1] ?? "";
  const role = call.needVisible(roleType, name, error);
  const trusts = parseDocument(text(role.props["assumeRolePolicy"]), "trust", "Malformed").some(
    ({ effect, principals, actions }) =>
      effect === "Allow" &&
      (principals?.["Service"] ?? []).includes(service) &&
      actions.includes("sts:AssumeRole"),
  );
  if (role.props["arn"] !== arn || !trusts) throw error();
}

const rolePolicy: TypeModel = {
  token: rolePolicyType,
  api: ["IAM", "PutRolePolicy", "PutRolePolicy", "DeleteRolePolicy"],
  global: true,
  autoName: "name",
  replaceOn: ["name", "namePrefix", "role"],
  exclusive: [["name", "namePrefix"]],
  id: (call) => `${call.text("role")}:${call.text("name")}`,
  accept(call) {
    const owner = call.text("role");
    call.need(
      roleType,
      owner,
      () => new AwsError("NoSuchEntity", `The role with name ${owner} cannot be found.`, 404),
    );
    match("ValidationError", call.props["name"], "policyName", /^[\w+=,.@-]{1,128}$/);
    parseDocument(call.text("policy"), "identity", malformed);
    const all = call.accounts
      .list(call.account, rolePolicyType)
      .filter(({ props, id }) => props["role"] === owner && id !== `${owner}:${call.text("name")}`);
    const total = all.reduce(
      (sum, { props }) => sum + compactLength(text(props["policy"])),
      compactLength(call.text("policy")),
    );
    if (total > call.limit("inlinePoliciesOfRole")) {
      throw quota(
        `Maximum policy size of ${call.limit("inlinePoliciesOfRole")} bytes exceeded for role ${owner}`,
      );
    }
  },
  computed: nothing,
};

const policy: TypeModel = {
  token: policyType,
  api: ["IAM", "CreatePolicy", "CreatePolicyVersion", "DeletePolicy"],
  global: true,
  autoName: "name",
  replaceOn: ["name", "namePrefix", "path", "description"],
  exclusive: [["name", "namePrefix"]],
  collision: (call) =>
    new AwsError(
      "EntityAlreadyExists",
      `A policy called ${call.text("name")} already exists. Duplicate names are not allowed.`,
      409,
    ),
  id: (call) => iamArn(call, "policy"),
  accept(call) {
    match("ValidationError", call.props["name"], "policyName", /^[\w+=,.@-]{1,128}$/);
    checkPath(call);
    checkTags(call);
    parseDocument(call.text("policy"), "identity", malformed);
    if (compactLength(call.text("policy")) > call.limit("managedPolicy")) {
      throw quota(`Cannot exceed quota for PolicySize: ${call.limit("managedPolicy")}`);
    }
  },
  computed: (call) => ({
    arn: iamArn(call, "policy"),
    path: call.props["path"] ?? "/",
    policyId: call.old?.props["policyId"] ?? `ANPA${call.fresh("policy", 17).toUpperCase()}`,
    attachmentCount: call.accounts
      .list(call.account, attachmentType)
      .filter(({ props }) => props["policyArn"] === iamArn(call, "policy")).length,
  }),
  remove(stored, call) {
    const attached = call.accounts
      .list(stored.account, attachmentType)
      .some(({ props }) => props["policyArn"] === stored.id);
    const bounding = call.accounts
      .list(stored.account, roleType)
      .some(({ props }) => props["permissionsBoundary"] === stored.id);
    if (attached || bounding)
      throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
  },
};

const attachment: TypeModel = {
  token: attachmentType,
  api: ["IAM", "AttachRolePolicy", "AttachRolePolicy", "DetachRolePolicy"],
  global: true,
  replaceOn: ["role", "policyArn"],
  id: (call) => `${call.text("role")}/${call.text("policyArn")}`,
  accept(call) {
    const [owner, arn] = [call.text("role"), call.text("policyArn")];
    call.need(
      roleType,
      owner,
      () => new AwsError("NoSuchEntity", `The role with name ${owner} cannot be found.`, 404),
    );
    if (!awsManaged(arn)) {
      call.need(
        policyType,
        arn,
        () => new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404),
      );
    }
    const others = call.accounts
      .list(call.account, attachmentType)
      .filter(({ props }) => props["role"] === owner && props["policyArn"] !== arn);
    if (others.length >= call.limit("managedPoliciesOfRole")) {
      throw quota(`Cannot exceed quota for PoliciesPerRole: ${call.limit("managedPoliciesOfRole")}`);
    }
  },
  computed: nothing,
};

export const iam: readonly TypeModel[] = [role, rolePolicy, policy, attachment];
