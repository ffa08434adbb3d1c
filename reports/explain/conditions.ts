import type { Home, Scene } from "./scene";
import { accountName, placesInWords } from "./places";
import type { Condition } from "./statements";
import { list, readable, serviceName } from "./wording";

/** What condition keys stand for: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const keyWords: Readonly<Record<string, string>> = {
  "aws:PrincipalArn": "the caller",
  "aws:PrincipalOrgID": "the caller's organization",
  "aws:ResourceAccount": "the resource's account",
  "aws:SourceAccount": "the account that the service acts for",
  "aws:SourceArn": "what the service acts for",
  "aws:SourceIdentity": "the session's source identity",
  "aws:TagKeys": "the request's tag keys",
  "aws:userid": "the caller's user id",
  "cloudformation:RoleArn": "the stack's service role",
  "ecs:CreateAction": "the action that makes it",
  "ecs:task-definition": "the task definition",
  "iam:PassedToService": "the service that gets the role",
  "iam:PermissionsBoundary": "the role's permissions boundary",
  "kms:EncryptionContext:aws:s3:arn": "what the key encrypts",
  "kms:ResourceAliases": "the key's aliases",
  "kms:ViaService": "the service that uses the key",
  "lambda:FunctionArn": "the function",
  "lambda:Principal": "the service that may call",
  "s3:x-amz-server-side-encryption": "the encryption that the upload asks for",
  "s3:x-amz-server-side-encryption-aws-kms-key-id": "the key that the upload names",
  "sts:SourceIdentity": "the source identity",
};

const tagWords: readonly (readonly [RegExp, string])[] = [
  [/^aws:PrincipalTag\/(.+)$/, "the caller's tag"],
  [/^aws:RequestTag\/(.+)$/, "the request's tag"],
  [/^aws:ResourceTag\/(.+)$/, "the resource's tag"],
  [/(?:FullRepositoryId)$/, "the repository"],
];

/** A condition in words that go on after "if". */
export function conditionInWords(condition: Condition, scene: Scene, home: Home): string {
  const { operator, key, values } = condition;
  if (isOwnSessionName(condition)) return "the session keeps the name of the one that takes the role";
  if (key === "aws:SecureTransport" || key === "aws:PrincipalIsAWSService" || key === "aws:ViaAWSService") {
    return truth(key, values[0] === "true");
  }
  const [, quantifier = "", comparison = "", ifExists] =
    /^(ForAllValues:|ForAnyValue:)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const subject = quantifierWords(quantifier) + keyInWords(key);
  const verb = /(keys|aliases)$/.test(subject) ? "are" : "is";
  if (comparison === "Null") return `${subject} ${verb} ${values[0] === "true" ? "absent" : "there"}`;
  // An ARN in words needs no "fits": the words say whether one thing is meant or all that fit.
  const comparing = comparison === "StringLike" && values.every(isArn) ? "is" : comparisonInWords(comparison);
  const text = `${subject} ${comparing} ${valuesInWords(key, values, scene, home)}`;
  return ifExists === undefined ? text : `${text}, where it is there at all`;
}

/** The id of a role's session is `<id of the role>:<name of the session>`. */
function isOwnSessionName({ key, values }: Condition): boolean {
  return key === "aws:userid" && values.length === 1 && values[0] === "*:${sts:RoleSessionName}";
}

function truth(key: string, value: boolean): string {
  const words: Readonly<Record<string, readonly [yes: string, no: string]>> = {
    "aws:PrincipalIsAWSService": ["an AWS service itself calls", "the caller is no AWS service"],
    "aws:SecureTransport": ["the request is encrypted", "the request is not encrypted"],
    "aws:ViaAWSService": ["an AWS service calls on behalf of it", "it calls by itself"],
  };
  return words[key]?.[value ? 0 : 1] ?? key;
}

function quantifierWords(quantifier: string): string {
  if (quantifier === "ForAllValues:") return "every one of ";
  return quantifier === "ForAnyValue:" ? "one of " : "";
}

function keyInWords(key: string): string {
  for (const [pattern, words] of tagWords) {
    const match = pattern.exec(key);
    if (match !== null) return match[1] === undefined ? words : `${words} ${match[1]}`;
  }
  return keyWords[key] ?? key;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function comparisonInWords(comparison: string): string {
  const words: Readonly<Record<string, string>> = {
    ArnEquals: "is",
    ArnLike: "is",
    ArnNotEquals: "is not",
    ArnNotLike: "is not",
    Bool: "is",
    DateGreaterThan: "is after",
    DateLessThan: "is before",
    IpAddress: "is within",
    NotIpAddress: "is outside of",
    NumericEquals: "is",
    NumericGreaterThan: "is more than",
    NumericGreaterThanEquals: "is at least",
    NumericLessThan: "is less than",
    NumericLessThanEquals: "is at most",
    StringEquals: "is",
    StringEqualsIgnoreCase: "is",
    StringLike: "fits",
    StringNotEquals: "is not",
    StringNotLike: "does not fit",
  };
  return words[comparison] ?? `(${comparison})`;
}

function valuesInWords(key: string, values: readonly string[], scene: Scene, home: Home): string {
  if (values.every(isArn)) {
    return placesInWords(values, scene, home, "or").replace(/\bevery /g, "any ");
  }
  return list(
    values.map((value) => valueInWords(key, value, scene)),
    "or",
  );
}

function isArn(value: string): boolean {
  return value.startsWith("arn:");
}

function valueInWords(key: string, value: string, scene: Scene): string {
  if (key === "aws:SourceAccount" || key === "aws:ResourceAccount") return accountName(value, scene);
  if (key === "kms:ViaService")
    return value.replace(
      /^([a-z0-9-]+)\.([^.]+)\..*$/,
      (_, service: string, region: string) => `${serviceName(service)} in ${region}`,
    );
  if (/\.amazonaws\.com(\.cn)?$/.test(value)) return serviceName(value);
  return readable(value);
}
