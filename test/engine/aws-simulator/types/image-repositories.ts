import { parseDocument, resolvePrincipals, showDocument } from "../documents";
import { AwsError } from "../errors";
import { checkTags, match, objects, oneOf, type Call, type TypeModel } from "../model";
import { list, object, text, type Value } from "../values";
import { needKey } from "./kms";

const repositoryType = "aws:ecr/repository:Repository";
const repositoryPolicyType = "aws:ecr/repositoryPolicy:RepositoryPolicy";
const lifecyclePolicyType = "aws:ecr/lifecyclePolicy:LifecyclePolicy";

/** Images that the tests put into a repository: the type is the simulator's own. */
export const imageType = "sim:ecr/image";

const malformed = "InvalidParameterException";

const repository: TypeModel = {
  token: repositoryType,
  api: ["ECR", "CreateRepository", "PutImageTagMutability", "DeleteRepository"],
  autoName: "name",
  replaceOn: ["name", "encryptionConfigurations"],
  collision: (call) =>
    new AwsError(
      "RepositoryAlreadyExistsException",
      `The repository with name '${call.text("name")}' already exists in the registry with id '${call.account}'`,
    ),
  id: (call) => call.text("name"),
  accept(call) {
    match(
      malformed,
      call.props["name"],
      "repositoryName",
      /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
    );
    oneOf(malformed, call.props["imageTagMutability"], "imageTagMutability", [
      "MUTABLE",
      "IMMUTABLE",
      "IMMUTABLE_WITH_EXCLUSION",
      "MUTABLE_WITH_EXCLUSION",
    ]);
    checkTags(call);
    for (const encryption of objects(call.props["encryptionConfigurations"])) {
      oneOf(malformed, encryption["encryptionType"], "encryptionType", ["AES256", "KMS", "KMS_DSSE"]);
      const key = text(encryption["kmsKey"]);
      if (key !== "")
        needKey(
          call,
          key,
          () =>
            new AwsError(
              "KmsException",
              `The operation failed due to a KMS exception: Key '${key}' does not exist`,
            ),
        );
    }
  },
  computed: (call) => ({
    arn: call.arn("ecr", `repository/${call.text("name")}`),
    registryId: call.account,
    repositoryUrl: `${call.account}.dkr.ecr.${call.region}.amazonaws.com/${call.text("name")}`,
    imageTagMutability: call.props["imageTagMutability"] ?? "MUTABLE",
  }),
  remove(stored, call) {
    const images = call.accounts
      .list(stored.account, imageType)
      .filter(({ props }) => props["repository"] === stored.id);
    if (images.length > 0 && stored.props["forceDelete"] !== true) {
      throw new AwsError(
        "RepositoryNotEmptyException",
        `The repository with name '${stored.id}' in registry with id '${stored.account}' cannot be deleted because it still contains images`,
      );
    }
    for (const type of [repositoryPolicyType, lifecyclePolicyType])
      call.accounts.remove(stored.account, type, stored.id);
  },
};

function needRepository(call: Call): void {
  const name = call.text("repository");
  call.need(
    repositoryType,
    name,
    () =>
      new AwsError(
        "RepositoryNotFoundException",
        `The repository with name '${name}' does not exist in the registry with id '${call.account}'`,
      ),
  );
}

const repositoryPolicy: TypeModel = {
  token: repositoryPolicyType,
  api: ["ECR", "SetRepositoryPolicy", "SetRepositoryPolicy", "DeleteRepositoryPolicy"],
  retriesIam: true,
  replaceOn: ["repository"],
  id: (call) => call.text("repository"),
  accept(call) {
    needRepository(call);
    const source = call.text("policy");
    if (source.length > call.limit("repositoryPolicy"))
      throw new AwsError(
        malformed,
        "Invalid parameter at 'policyText' failed to satisfy constraint: 'Member must have length less than or equal to 10240'",
      );
    // A repository's policy speaks of the repository alone, so its statements name no resource.
    resolvePrincipals(
      call,
      parseDocument(withoutResources(source), "resource", malformed),
      malformed,
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    );
  },
  principals: (call) =>
    resolvePrincipals(
      call,
      parseDocument(withoutResources(call.text("policy")), "resource", malformed),
      malformed,
    ),
  computed: (call) => ({ registryId: call.account }),
  show: (stored, call) => ({
    ...stored.props,
    policy: showDocument(call, text(stored.props["policy"]), stored.principals),
  }),
};

/** Lets the common reader check a document whose statements may leave `Resource` out; one that has it is refused by ECR. */
function withoutResources(source: string): string {
  const document = object(JSON.parse(source) as Value);
  const statements = list(document["Statement"]).map(object);
  if (statements.some((statement) => statement["Resource"] !== undefined)) {
    throw new AwsError(
      malformed,
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    );
  }
  return JSON.stringify({
    ...document,
    Statement: statements.map((statement) => ({ ...statement, Resource: "*" })),
  });
}

const lifecyclePolicy: TypeModel = {
  token: lifecyclePolicyType,
  api: ["ECR", "PutLifecyclePolicy", "PutLifecyclePolicy", "DeleteLifecyclePolicy"],
  replaceOn: ["repository"],
  id: (call) => call.text("repository"),
  accept(call) {
    needRepository(call);
    const refuse = (why: string): never => {
      throw new AwsError(
        malformed,
        `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${why}'`,
      );
    };
    const rules = objects(object(JSON.parse(call.text("policy")) as Value)["rules"]);
    if (rules.length === 0 || rules.length > 50) refuse("1 to 50 rules are needed");
    const priorities = rules.map((rule) => rule["rulePriority"]);
    if (
      new Set(priorities).size !== priorities.length ||
      priorities.some((priority) => typeof priority !== "number")
    )
      refuse("rulePriority must be a unique number");
    for (const rule of rules) {
      const selection = object(rule["selection"]);
      if (!["tagged", "untagged", "any"].includes(text(selection["tagStatus"]))) refuse("tagStatus");
      if (!["imageCountMoreThan", "sinceImagePushed"].includes(text(selection["countType"])))
        refuse("countType");
      if (typeof selection["countNumber"] !== "number" || selection["countNumber"] < 1) refuse("countNumber");
      if (
        selection["tagStatus"] === "tagged" &&
        selection["tagPrefixList"] === undefined &&
        selection["tagPatternList"] === undefined
      )
        refuse("tagPrefixList is missing");
      if (object(rule["action"])["type"] !== "expire") refuse("action");
    }
    const anyTag = rules.filter((rule) => object(rule["selection"])["tagStatus"] === "any");
    if (
      anyTag.length > 1 ||
      anyTag.some((rule) => rule["rulePriority"] !== Math.max(...priorities.map(Number)))
    )
      refuse("a rule for any image must come last");
  },
  computed: (call) => ({ registryId: call.account }),
};

const registryScanning: TypeModel = {
  token: "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
  api: [
    "ECR",
    "PutRegistryScanningConfiguration",
    "PutRegistryScanningConfiguration",
    "PutRegistryScanningConfiguration",
  ],
  replaceOn: [],
  id: (call) => call.account,
  accept(call) {
    oneOf(malformed, call.props["scanType"], "scanType", ["BASIC", "ENHANCED"]);
  },
  computed: (call) => ({ registryId: call.account }),
};

export const imageRepositories: readonly TypeModel[] = [
  repository,
  repositoryPolicy,
  lifecyclePolicy,
  registryScanning,
];
