import {
  type Hole,
  bucket,
  artifactKey,
  notificationKey,
  repository,
  approvals,
  dev,
  prod,
  inCicd,
  root,
  bucketArn,
  editPolicy,
  statement,
  adding,
} from "./edits";

export const sharedDocuments: readonly Hole[] = [
  {
    id: "bucket-for-the-organization",
    description: "Every account of the organization reads what dev gets.",
    edit: statement(bucket, "PackagesOfDev", (match) => {
      match.Principal = "*";
      delete match.Condition;
    }),
    path: "an administrator of another account of the organization can do s3:GetObject on what dev gets of hello-world",
  },
  {
    id: "bucket-for-everybody",
    description: "The bucket's refusal of other organizations is gone, and its packages are for everybody.",
    edit: editPolicy(bucket, (policy) => {
      policy.Statement = policy.Statement.filter(({ Sid }) => Sid !== "RefuseOtherOrganizations");
      policy.Statement.push({
        Sid: "Hole",
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:GetObject"],
        Resource: [`${bucketArn}/packages/*`],
      });
    }),
    path: "anybody without credentials can do s3:GetObject on what prod gets of hello-world",
  },
  {
    id: "bucket-names-the-wrong-account",
    description: "What prod gets is for dev's account.",
    edit: statement(bucket, "PackagesOfProd", (match) => {
      match.Principal = root(dev);
      delete match.Condition;
    }),
    path: "an administrator of dev (dev) can do s3:GetObject on what prod gets of hello-world",
  },
  {
    id: "bucket-lets-environments-write",
    description: "Dev's account may write what prod gets.",
    edit: adding(bucket, {
      Effect: "Allow",
      Principal: root(dev),
      Action: ["s3:PutObject"],
      Resource: [`${bucketArn}/packages/*`],
    }),
    path: "an administrator of dev (dev) can do s3:PutObject on what prod gets of hello-world",
  },
  {
    id: "key-for-everybody",
    description: "The artifact key is for everybody.",
    edit: statement(artifactKey, "UseThroughIdentityPolicies", (match) => {
      match.Principal = "*";
      delete match.Condition;
    }),
    path: "an administrator of a stranger's account can do kms:Decrypt on the artifacts of hello-world-main (decrypted)",
  },
  {
    id: "key-names-the-wrong-account",
    description: "The artifact key decrypts prod's packages for dev.",
    edit: statement(artifactKey, "PackagesOfProd", (match) => {
      match.Principal = root(dev);
      Reflect.deleteProperty(match.Condition ?? {}, "ArnLike");
    }),
    path: "an administrator of dev (dev) can do kms:Decrypt on what prod gets of hello-world (decrypted)",
  },
  {
    id: "key-administered-from-outside",
    description: "An environment's account may rewrite the policy of the topics' key.",
    edit: adding(notificationKey, {
      Effect: "Allow",
      Principal: root(prod),
      Action: ["kms:*"],
      Resource: ["*"],
    }),
    path: "an administrator of prod (prod) can do kms:PutKeyPolicy on the key notification-key",
  },
  {
    id: "repository-for-everybody",
    description: "Everybody may pull an application's images.",
    edit: statement(repository, "PullFromDev", (match) => {
      match.Principal = "*";
      delete match.Condition;
    }),
    path: "an administrator of a stranger's account can do ecr:BatchGetImage on the images of slipway/backend-flask",
  },
  {
    id: "repository-lets-environments-push",
    description: "An environment's account may push images.",
    edit: adding(repository, { Effect: "Allow", Principal: root(dev), Action: ["ecr:PutImage"] }),
    path: "an administrator of dev (dev) can do ecr:PutImage on the images of slipway/backend-flask",
  },
  {
    id: "topic-for-everybody",
    description: "Everybody may subscribe to the topic of approvals.",
    edit: adding(approvals, {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["sns:Subscribe"],
      Resource: [inCicd("sns", "slipway-approvals")],
    }),
    path: "an administrator of a stranger's account can do sns:Subscribe on the topic slipway-approvals",
  },
];
