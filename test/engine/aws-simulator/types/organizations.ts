import { parseDocument } from "../documents";
import { AwsError } from "../errors";
import { checkTags, match, nothing, oneOf, type TypeModel } from "../model";

const organizationPolicyType = "aws:organizations/policy:Policy";

const policy: TypeModel = {
  token: organizationPolicyType,
  api: ["Organizations", "CreatePolicy", "UpdatePolicy", "DeletePolicy"],
  autoName: "name",
  global: true,
  replaceOn: ["type"],
  collision: () => new AwsError("DuplicatePolicyException", "A policy with the same name already exists."),
  id: (call) =>
    call.old?.id ??
    samePolicy(call.text("name"), call.accounts.list(call.account, organizationPolicyType)) ??
    `p-${call.fresh("organization-policy", 8)}`,
  accept(call) {
    match("InvalidInputException", call.props["name"], "name", /^[\s\S]{1,128}$/);
    match("InvalidInputException", call.props["description"], "description", /^[\s\S]{0,512}$/);
    const kind = call.props["type"] ?? "SERVICE_CONTROL_POLICY";
    oneOf("InvalidInputException", kind, "type", [
      "SERVICE_CONTROL_POLICY",
      "RESOURCE_CONTROL_POLICY",
      "TAG_POLICY",
      "BACKUP_POLICY",
      "AISERVICES_OPT_OUT_POLICY",
    ]);
    checkTags(call);
    const source = call.text("content");
    parseDocument(
      source,
      kind === "RESOURCE_CONTROL_POLICY" ? "resource" : "identity",
      "MalformedPolicyDocumentException",
    );
    // Organizations counts every character, white space too, unless it was saved in the console.
    const most =
      kind === "SERVICE_CONTROL_POLICY"
        ? call.limit("serviceControlPolicy")
        : call.limit("resourceControlPolicy");
    if (source.length > most)
      throw new AwsError(
        "ConstraintViolationException",
        `POLICY_CONTENT_LIMIT_EXCEEDED: the policy has ${source.length} characters; ${most} are allowed`,
      );
  },
  computed: (call, id) => ({
    arn: `arn:aws:organizations::${call.account}:policy/${call.accounts.world.organizationId}/service_control_policy/${id}`,
    type: call.props["type"] ?? "SERVICE_CONTROL_POLICY",
  }),
  remove(stored, call) {
    if (
      call.accounts
        .list(stored.account, attachment.token)
        .some(({ props }) => props["policyId"] === stored.id)
    ) {
      throw new AwsError("PolicyInUseException", "The policy is attached to one or more entities.");
    }
  },
};

function samePolicy(
  name: string,
  policies: readonly { id: string; props: Record<string, unknown> }[],
): string | undefined {
  return policies.find(({ props }) => props["name"] === name)?.id;
}

const attachment: TypeModel = {
  token: "aws:organizations/policyAttachment:PolicyAttachment",
  api: ["Organizations", "AttachPolicy", "AttachPolicy", "DetachPolicy"],
  global: true,
  replaceOn: ["policyId", "targetId"],
  collision: () =>
    new AwsError(
      "DuplicatePolicyAttachmentException",
      "The selected policy is already attached to the specified target.",
    ),
  id: (call) => `${call.text("targetId")}:${call.text("policyId")}`,
  accept(call) {
    call.need(
      organizationPolicyType,
      call.text("policyId"),
      () => new AwsError("PolicyNotFoundException", "We can't find a policy with the ID that you specified."),
    );
    match(
      "InvalidInputException",
      call.props["targetId"],
      "targetId",
      /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
    );
    const others = call.accounts
      .list(call.account, attachment.token)
      .filter(
        ({ props }) =>
          props["targetId"] === call.props["targetId"] && props["policyId"] !== call.props["policyId"],
      );
    // One place is taken by FullAWSAccess.
    if (others.length + 2 > call.limit("serviceControlPoliciesPerTarget"))
      throw new AwsError("ConstraintViolationException", "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
  },
  computed: nothing,
};

export const organizations: readonly TypeModel[] = [policy, attachment];
