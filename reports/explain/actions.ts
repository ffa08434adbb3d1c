import { groupBy } from "../group-by";
import { distinct, list, serviceName } from "./wording";

/** Actions whose names say less than what they let people do: verb and object. */
const plainWords: Readonly<Record<string, readonly [verb: string, object: string]>> = {
  "apigateway:DELETE": ["delete", ""],
  "apigateway:GET": ["read", ""],
  "apigateway:PATCH": ["change", ""],
  "apigateway:POST": ["make", ""],
  "apigateway:PUT": ["replace", ""],
  "codebuild:StartBuild": ["start", "builds"],
  "codebuild:StopBuild": ["stop", "builds"],
  "codepipeline:PutApprovalResult": ["approve or reject", ""],
  "ecr:GetAuthorizationToken": ["sign in", ""],
  "ecr:PutImage": ["store and tag", "images"],
  "iam:PassRole": ["hand a service", "the role"],
  "iam:PutRolePermissionsBoundary": ["set", "the role's permissions boundary"],
  "kms:Decrypt": ["decrypt", ""],
  "kms:GenerateDataKey": ["encrypt", ""],
  "s3:GetObject": ["read", "objects"],
  "s3:GetObjectVersion": ["read", "their versions"],
  "s3:PutObject": ["write", "objects"],
  "sns:Publish": ["publish", ""],
  "sts:AssumeRole": ["take", "the role"],
  "sts:SetSourceIdentity": ["set", "the source identity"],
  "sts:TagSession": ["bring", "session tags"],
};

/** Actions of one service in words. */
export interface ActionWords {
  readonly service: string;
  readonly words: string;
}

/** More actions than these are told by their number; the exact statement has them all. */
const mostActions = 24;

/** `s3:GetObject`, `s3:PutObject` → S3, `read and write objects`: by service, then by verb. */
export function actionWords(actions: readonly string[]): ActionWords[] {
  return [...groupBy(actions, (action) => action.split(":", 1)[0] ?? "")].map(([service, own]) => ({
    service: service === "*" ? "every service" : serviceName(service),
    words: own.length > mostActions ? `${String(own.length)} actions` : verbs(own),
  }));
}

function verbs(actions: readonly string[]): string {
  const words = actions.map(verbAndObject);
  const byVerb = [...groupBy(words, ([verb]) => verb)].map(([verb, same]) => ({
    verb,
    objects: list(distinct(same.map(([, object]) => object)).filter((object) => object !== "")),
  }));
  // Verbs with the same objects share them: `approve and reject`, `start and stop builds`.
  const byObjects = [...groupBy(byVerb, ({ objects }) => objects)];
  return byObjects
    .map(([objects, same]) => `${list(same.map(({ verb }) => verb))} ${objects}`.trimEnd())
    .join("; ");
}

function verbAndObject(action: string): readonly [string, string] {
  const plain = plainWords[action];
  if (plain !== undefined) return plain;
  const name = action.slice(action.indexOf(":") + 1);
  if (name === "*") return ["do everything", ""];
  if (/[*?]/.test(name)) return [`do what is called ${name}`, ""];
  // An abbreviation stays one word. `Batch` only says that several are meant.
  const [verb = name, ...object] = name.replace(/^Batch/, "").match(/[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+/g) ?? [
    name,
  ];
  const words = object.map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  return [plainVerbs[verb] ?? verb.toLowerCase(), words.join(" ")];
}

/** What AWS calls it, and what people do. */
const plainVerbs: Readonly<Record<string, string>> = {
  Describe: "read",
  Filter: "read",
  Get: "read",
  Put: "write",
};
