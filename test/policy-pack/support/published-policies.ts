/**
 * Policies of well-known controllers and AWS's default resource policies, written from their documentation with
 * accounts and names of our own, and why each error that stays is one. The page docs/rules/published-policies.md has the
 * same table.
 */
import type { DocumentKind } from "../../../policy-pack/lib/document/context";
import { ACCOUNT, access, document } from "./documents";

export interface PublishedPolicy {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly service?: string;
  readonly document: object;
  /** Place of an error and why a strict reviewer would not sign it. */
  readonly stays: Readonly<Record<string, string>>;
}

const allow = (action: unknown, resource: unknown, condition?: object): Record<string, unknown> => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...(condition === undefined ? {} : { Condition: condition }),
});
const ec2 = (type: string): string => `arn:aws:ec2:eu-west-1:${ACCOUNT}:${type}/*`;
/** Snapshots carry no account in their ARN. */
const SNAPSHOTS = "arn:aws:ec2:eu-west-1::snapshot/*";
const OWNED = "aws:ResourceTag/kubernetes.io/cluster/shop";
const ROLE = { AWS: `arn:aws:iam::${ACCOUNT}:role/search` };
const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const TRAIL = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/audit`;
const ANY_CLUSTER =
  "the tag need only be there, so what every cluster owns is meant: StringEquals with the cluster's name";

export const PUBLISHED_POLICIES: readonly PublishedPolicy[] = [
  {
    name: "AWS Load Balancer Controller",
    kind: "identity",
    document: document(
      allow(["ec2:DescribeVpcs", "ec2:DescribeSubnets", "elasticloadbalancing:DescribeLoadBalancers"], "*"),
      allow("iam:CreateServiceLinkedRole", "*", {
        StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
      }),
      allow("ec2:CreateSecurityGroup", "*"),
      allow("ec2:CreateTags", ec2("security-group"), {
        StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" },
        Null: { "aws:RequestTag/elbv2.k8s.aws/cluster": "false" },
      }),
      allow(["ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupIngress"], "*", {
        Null: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "false" },
      }),
      allow(["ec2:AuthorizeSecurityGroupIngress"], "*"),
      allow("acm:DescribeCertificate", "*"),
    ),
    stays: {
      "Statement[4].Resource": ANY_CLUSTER,
      "Statement[5].Resource":
        "opens every security group of the account: by the tag of the cluster's own groups",
    },
  },
  {
    name: "Karpenter",
    kind: "identity",
    document: document(
      allow(
        ["ec2:RunInstances", "ec2:CreateFleet"],
        [ec2("subnet"), ec2("security-group"), "arn:aws:ec2:eu-west-1::image/*"],
      ),
      allow(["ec2:RunInstances", "ec2:CreateFleet"], ec2("launch-template"), {
        StringEquals: { [OWNED]: "owned" },
        StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
      }),
      allow(["ec2:CreateLaunchTemplate"], ec2("launch-template"), {
        StringEquals: { "aws:RequestTag/kubernetes.io/cluster/shop": "owned" },
      }),
      allow("ec2:TerminateInstances", ec2("instance"), { StringEquals: { [OWNED]: "owned" } }),
      allow("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/KarpenterNodeRole-shop`, {
        StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
      }),
      allow(["ec2:DescribeInstanceTypes", "ec2:DescribeImages", "pricing:GetProducts"], "*"),
      allow("eks:DescribeCluster", `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/shop`),
      allow(["sqs:ReceiveMessage", "sqs:DeleteMessage"], `arn:aws:sqs:eu-west-1:${ACCOUNT}:shop`),
    ),
    stays: {
      "Statement[0].Resource[0]":
        "every subnet: by the tag karpenter.sh/discovery that the guide sets on them",
      "Statement[0].Resource[1]": "every security group: by the same tag",
      "Statement[0].Resource[2]":
        "every image that anybody shares with the account: by ec2:Owner and the image's id",
    },
  },
  {
    name: "EBS CSI driver",
    kind: "identity",
    document: document(
      allow(["ec2:DescribeVolumes", "ec2:DescribeInstances", "ec2:DescribeSnapshots"], "*"),
      allow("ec2:CreateVolume", ec2("volume"), {
        StringLike: { "aws:RequestTag/ebs.csi.aws.com/cluster": "true" },
      }),
      allow("ec2:CreateVolume", SNAPSHOTS),
      allow("ec2:CreateTags", [ec2("volume"), SNAPSHOTS], {
        StringEquals: { "ec2:CreateAction": ["CreateVolume", "CreateSnapshot"] },
      }),
      allow(["ec2:DeleteVolume", "ec2:AttachVolume"], ec2("volume"), {
        StringLike: { "ec2:ResourceTag/ebs.csi.aws.com/cluster": "true" },
      }),
    ),
    stays: {
      "Statement[2].Resource":
        "any snapshot becomes a volume that can be read: by the driver's tag on its snapshots",
    },
  },
  {
    name: "external-dns",
    kind: "identity",
    document: document(
      allow("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/*"),
      allow(
        ["route53:ListHostedZones", "route53:ListResourceRecordSets", "route53:ListTagsForResources"],
        "*",
      ),
    ),
    stays: { "Statement[0].Resource": "every zone of the account: the zones that it serves" },
  },
  {
    name: "external-dns for its own names",
    kind: "identity",
    document: document(
      allow("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/*", {
        StringEquals: { "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["shop.example.com"] },
      }),
    ),
    stays: {},
  },
  {
    name: "cluster autoscaler",
    kind: "identity",
    document: document(
      allow(
        [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeTags",
          "ec2:DescribeInstanceTypes",
          "eks:DescribeNodegroup",
        ],
        "*",
      ),
      allow(["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"], "*", {
        StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/shop": "owned" },
      }),
    ),
    stays: {},
  },
  {
    name: "cert-manager",
    kind: "identity",
    document: document(
      allow("route53:GetChange", "arn:aws:route53:::change/*"),
      allow(
        ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
        "arn:aws:route53:::hostedzone/*",
        {
          "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
        },
      ),
      allow("route53:ListHostedZonesByName", "*"),
    ),
    stays: {
      "Statement[1].Resource":
        "the type of a record is not its zone, and ForAllValues holds without one: the zones",
    },
  },
  {
    name: "velero",
    kind: "identity",
    document: document(
      allow(["ec2:DescribeVolumes", "ec2:DescribeSnapshots"], "*"),
      allow(["ec2:CreateTags", "ec2:CreateVolume", "ec2:CreateSnapshot", "ec2:DeleteSnapshot"], "*"),
      allow(["s3:GetObject", "s3:DeleteObject", "s3:PutObject"], "arn:aws:s3:::shop-backups/*"),
      allow("s3:ListBucket", "arn:aws:s3:::shop-backups"),
    ),
    stays: {
      "Statement[1].Resource":
        "deletes every snapshot and tags everything of EC2: by the tag that velero sets",
    },
  },
  {
    name: "a queue's owner",
    kind: "resource",
    service: "sqs",
    document: document({
      Sid: "__owner_statement",
      Effect: "Allow",
      Principal: ROOT,
      Action: "SQS:*",
      Resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`,
    }),
    stays: {},
  },
  {
    name: "a container's owner (MediaStore)",
    kind: "resource",
    service: "mediastore",
    document: document({
      Sid: "Owner",
      Effect: "Allow",
      Principal: ROOT,
      Action: "mediastore:*",
      Resource: `arn:aws:mediastore:eu-west-1:${ACCOUNT}:container/films/*`,
    }),
    stays: {},
  },
  {
    name: "a key for a trail",
    kind: "resource",
    service: "kms",
    document: access({ Service: "cloudtrail.amazonaws.com" }, "kms:GenerateDataKey*", {
      StringEquals: { "aws:SourceArn": TRAIL },
      StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${ACCOUNT}:trail/*` },
    }),
    stays: {},
  },
  {
    name: "a key's users",
    kind: "resource",
    service: "kms",
    document: access(ROLE, [
      "kms:Encrypt",
      "kms:Decrypt",
      "kms:ReEncrypt*",
      "kms:GenerateDataKey*",
      "kms:DescribeKey",
    ]),
    stays: {},
  },
  {
    name: "a key's administrators",
    kind: "resource",
    service: "kms",
    document: access(ROLE, ["kms:Describe*", "kms:Put*", "kms:ScheduleKeyDeletion"]),
    stays: { "Statement[0].Action[1]": "kms:PutKeyPolicy under a name that hides it: written out" },
  },
  {
    name: "a domain for one role (OpenSearch)",
    kind: "resource",
    service: "es",
    document: document({
      Effect: "Allow",
      Principal: ROLE,
      Action: "es:ESHttp*",
      Resource: `arn:aws:es:eu-west-1:${ACCOUNT}:domain/search/*`,
    }),
    stays: {},
  },
];
