import { UNKNOWN } from "./preview-document";
import { goJson } from "./go-json";
import { containsSecret, isObject, secret, unknownPaths, withoutSecrets, type Properties } from "./values";

/** Properties that @pulumi/aws takes as text or as an object (`string | PolicyDocument` in its declarations). */
const DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyDocument"],
  ["aws:ecr/lifecyclePolicy:LifecyclePolicy", "policy"],
  ["aws:ecr/registryPolicy:RegistryPolicy", "policy"],
  ["aws:ecr/repositoryPolicy:RepositoryPolicy", "policy"],
  ["aws:elasticsearch/domainPolicy:DomainPolicy", "accessPolicies"],
  ["aws:iam/groupPolicy:GroupPolicy", "policy"],
  ["aws:iam/policy:Policy", "policy"],
  ["aws:iam/role:Role", "assumeRolePolicy"],
  ["aws:iam/rolePolicy:RolePolicy", "policy"],
  ["aws:iam/userPolicy:UserPolicy", "policy"],
  ["aws:s3/bucketPolicy:BucketPolicy", "policy"],
  ["aws:sns/topicPolicy:TopicPolicy", "policy"],
  ["aws:sqs/queuePolicy:QueuePolicy", "policy"],
]);

/**
 * The inputs as the AWS provider checks them: a document given as an object becomes text. A document with one unknown
 * value in it becomes wholly unknown, and one with a secret wholly secret (`TransformJSONDocument` in pkg/tfbridge of
 * pulumi/pulumi-terraform-bridge).
 */
export function checkedInputs(type: string, inputs: Properties): Properties {
  const property = DOCUMENTS.get(type);
  const document = property === undefined ? undefined : inputs[property];
  if (property === undefined || !isObject(document)) return inputs;
  if (unknownPaths(document).length > 0) return { ...inputs, [property]: UNKNOWN };
  const text = goJson(withoutSecrets(document));
  return { ...inputs, [property]: containsSecret(document) ? secret(text) : text };
}
