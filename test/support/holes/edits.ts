import type { Json, PreviewDocument, PreviewedResource } from "../../../preview/preview-document";

/** A hole in the shipped platform: what somebody could do to its policies by a slip or on purpose. */
export interface Hole {
  readonly id: string;
  /** What is wrong then, in a sentence. */
  readonly description: string;
  /** Puts the hole into a preview of the shipped platform; the document that is given stays as it is. */
  readonly edit: (document: PreviewDocument) => PreviewDocument;
  /** Stands in the summary of a way that the proof then finds. */
  readonly path: string;
}

/** A policy document as it stands in a preview; statements by name. */
export interface Document {
  Version: string;
  Statement: Statement[];
}

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: unknown;
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  Condition?: Record<string, Record<string, unknown>>;
}

/** Which document: its stack, the resource's type and name in Pulumi, and the property. */
type Where = readonly [stack: string, type: string, name: string, property: string];

export const policyOf = (role: string, policy: string, stack = "cicd"): Where => [
  stack,
  "aws:iam/rolePolicy:RolePolicy",
  `${role}-${policy}`,
  "policy",
];
export const trustOf = (role: string, stack = "cicd"): Where => [
  stack,
  "aws:iam/role:Role",
  role,
  "assumeRolePolicy",
];
export const door = policyOf("door", "door", "dev");
export const bucket: Where = ["cicd", "aws:s3/bucketPolicy:BucketPolicy", "artifacts-policy", "policy"];
export const artifactKey: Where = ["cicd", "aws:kms/key:Key", "artifact-key", "policy"];
export const notificationKey: Where = ["cicd", "aws:kms/key:Key", "notification-key", "policy"];
export const repository: Where = [
  "cicd",
  "aws:ecr/repositoryPolicy:RepositoryPolicy",
  "backend-flask-policy",
  "policy",
];
export const approvals: Where = ["cicd", "aws:sns/topicPolicy:TopicPolicy", "approvals-policy", "policy"];
export const stackRole = policyOf("hello-world-cloudformation", "stack", "dev");

export const cicd = "111111111111";
export const dev = "222222222222";
export const prod = "444444444444";
export const inCicd = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:${cicd}:${resource}`;
export const inDev = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:${dev}:${resource}`;
export const root = (account: string): { AWS: string } => ({ AWS: `arn:aws:iam::${account}:root` });
export const role = (account: string, path: string): string => `arn:aws:iam::${account}:role${path}`;
export const bucketArn = `arn:aws:s3:::slipway-artifacts-${cicd}-eu-west-1-e2b41c`;

/** Changes the input of one resource of one stack. */
export function changeInput(
  [stack, type, name, property]: Where,
  document: PreviewDocument,
  change: (value: Json) => Json,
): PreviewDocument {
  let places = 0;
  const changed = (resource: PreviewedResource): PreviewedResource => {
    if (resource.type !== type || resource.name !== name) return resource;
    places += 1;
    const value = change(resource.inputs[property] ?? null);
    return {
      ...resource,
      inputs: { ...resource.inputs, [property]: value },
      outputs: { ...resource.outputs, [property]: value },
    };
  };
  const stacks = document.stacks.map((one) =>
    one.name === stack ? { ...one, resources: one.resources.map(changed) } : one,
  );
  if (places !== 1)
    throw new Error(`${stack} has ${String(places)} resources ${type} ${name}, one is wanted.`);
  return { ...document, stacks };
}

export function editPolicy(
  where: Where,
  change: (policy: Document) => void,
): (document: PreviewDocument) => PreviewDocument {
  return (document) =>
    changeInput(where, document, (text) => {
      const policy = JSON.parse(typeof text === "string" ? text : "null") as Document;
      const before = JSON.stringify(policy);
      change(policy);
      if (JSON.stringify(policy) === before) throw new Error(`${where.join(" ")}: the edit changes nothing.`);
      return JSON.stringify(policy);
    });
}

/** Changes one statement. */
export function statement(where: Where, sid: string, change: (statement: Statement) => void): Hole["edit"] {
  return editPolicy(where, (policy) => {
    const match = policy.Statement.find(({ Sid }) => Sid === sid);
    if (match === undefined) throw new Error(`${where.join(" ")} has no statement ${sid}.`);
    change(match);
  });
}

export const resources =
  (...values: string[]) =>
  (match: Statement): void => {
    match.Resource = values;
  };

export const adding = (where: Where, added: Statement): Hole["edit"] =>
  editPolicy(where, (policy) => {
    policy.Statement.push({ Sid: "Hole", ...added });
  });

/** Drops one key under one operator. */
export const without =
  (operator: string, key: string) =>
  ({ Condition }: Statement): void => {
    Reflect.deleteProperty(Condition?.[operator] ?? {}, key);
  };

export const unconditioned = (match: Statement): void => {
  delete match.Condition;
};

export const allow = (Action: string[], ...Resource: string[]): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
});

export const chain =
  (...edits: Hole["edit"][]): Hole["edit"] =>
  (document) =>
    edits.reduce((edited, edit) => edit(edited), document);
