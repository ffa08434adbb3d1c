import { AwsError } from "../errors";
import { checkTags, match, objects, oneOf, type Call, type TypeModel } from "../model";
import { isObject, list, text } from "../values";
import { roleType } from "./iam";

export const clusterType = "aws:eks/cluster:Cluster";
const accessEntryType = "aws:eks/accessEntry:AccessEntry";
const associationType = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

const malformed = "InvalidParameterException";

const ecsCluster: TypeModel = {
  token: "aws:ecs/cluster:Cluster",
  api: ["ECS", "CreateCluster", "UpdateCluster", "DeleteCluster"],
  autoName: "name",
  replaceOn: ["name"],
  id: (call) => call.arn("ecs", `cluster/${call.text("name")}`),
  accept(call) {
    match(malformed, call.props["name"], "clusterName", /^[A-Za-z0-9_-]{1,255}$/);
    checkTags(call);
    for (const { name, value } of objects(call.props["settings"])) {
      oneOf(malformed, name, "settings.name", ["containerInsights"]);
      oneOf(malformed, value, "settings.value", ["enabled", "enhanced", "disabled"]);
    }
  },
  computed: (call) => ({ arn: call.arn("ecs", `cluster/${call.text("name")}`) }),
};

function needCluster(call: Call): void {
  const name = call.text("clusterName");
  call.need(
    clusterType,
    name,
    () => new AwsError("ResourceNotFoundException", `No cluster found for name: ${name}.`, 404),
  );
}

const accessEntry: TypeModel = {
  token: accessEntryType,
  api: ["EKS", "CreateAccessEntry", "UpdateAccessEntry", "DeleteAccessEntry"],
  replaceOn: ["clusterName", "principalArn", "type"],
  collision: () =>
    new AwsError(
      "ResourceInUseException",
      "The specified access entry resource is already in use on this cluster.",
      409,
    ),
  id: (call) => `${call.text("clusterName")}:${call.text("principalArn")}`,
  retriesIam: true,
  accept(call) {
    needCluster(call);
    oneOf(malformed, call.props["type"], "type", [
      "STANDARD",
      "EC2_LINUX",
      "EC2_WINDOWS",
      "FARGATE_LINUX",
      "EC2",
      "HYBRID_LINUX",
      "HYPERPOD_LINUX",
    ]);
    checkTags(call);
    const arn = call.text("principalArn");
    const error = (): AwsError =>
      new AwsError(malformed, `The specified principalArn is invalid: invalid principal ${arn}.`);
    const name = /:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1] ?? "";
    if (call.needVisible(roleType, name, error).props["arn"] !== arn) throw error();
    if (
      list(call.props["kubernetesGroups"]).some((group) => /^(system|eks|aws|amazon|iam):?/.test(text(group)))
    ) {
      throw new AwsError(malformed, "The kubernetes group name is invalid, it cannot start with system:");
    }
  },
  computed: (call) => ({
    accessEntryArn: call.arn(
      "eks",
      `access-entry/${call.text("clusterName")}/role/${call.account}/${call.text("principalArn").replace(/^.*\//, "")}`,
    ),
    type: call.props["type"] ?? "STANDARD",
    userName:
      call.props["userName"] ??
      call.text("principalArn").replace(":iam:", ":sts:").replace(":role/", ":assumed-role/"),
    kubernetesGroups: call.props["kubernetesGroups"] ?? [],
    createdAt: call.old?.props["createdAt"] ?? "2026-01-01T00:00:00Z",
    modifiedAt: "2026-01-01T00:00:00Z",
  }),
  remove(stored, call) {
    for (const { id, props } of call.accounts.list(stored.account, associationType)) {
      if (`${text(props["clusterName"])}:${text(props["principalArn"])}` === stored.id)
        call.accounts.remove(stored.account, associationType, id);
    }
  },
};

const association: TypeModel = {
  token: associationType,
  api: ["EKS", "AssociateAccessPolicy", "AssociateAccessPolicy", "DisassociateAccessPolicy"],
  replaceOn: ["clusterName", "principalArn", "policyArn", "accessScope"],
  id: (call) => [call.text("clusterName"), call.text("principalArn"), call.text("policyArn")].join("#"),
  accept(call) {
    needCluster(call);
    const entry = `${call.text("clusterName")}:${call.text("principalArn")}`;
    call.need(
      accessEntryType,
      entry,
      () =>
        new AwsError(
          "ResourceNotFoundException",
          "The specified principalArn could not be found. You can view your available access entries with 'aws eks list-access-entries'.",
          404,
        ),
    );
    match(
      malformed,
      call.props["policyArn"],
      "policyArn",
      /^arn:aws[a-z-]*:eks::aws:cluster-access-policy\/AmazonEKS[A-Za-z]+Policy$/,
    );
    const scope = call.props["accessScope"];
    if (isObject(scope)) {
      oneOf(malformed, scope["type"], "accessScope.type", ["cluster", "namespace"]);
      if ((scope["type"] === "namespace") !== list(scope["namespaces"]).length > 0)
        throw new AwsError(malformed, "Namespaces must be given for the namespace scope, and only there.");
    }
  },
  computed: () => ({ associatedAt: "2026-01-01T00:00:00Z", modifiedAt: "2026-01-01T00:00:00Z" }),
};

export const clusters: readonly TypeModel[] = [ecsCluster, accessEntry, association];
