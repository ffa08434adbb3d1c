/** Every policy of a stack by whom or what it is for: the documents of one role together, each other one by itself. */
import type { PreviewedResource, StackPreview } from "../../../preview/preview-document";
import type { DocumentKind } from "../../../policy-pack/lib/document/context";
import { readDocument } from "../../../policy-pack/lib/document/read-document";
import { IMPLIED_GRANTS } from "../../../policy-pack/lib/aws/implied-grants";
import { isAwsManaged, managedDocument } from "../../../policy-pack/lib/aws/managed-policies";
import { documentsIn, valuesAt } from "../../../policy-pack/lib/judge/resource-grants";
import { kindName } from "../../summary";
import { boundaryNames, holdersOf, isNamedBy, roleNameOf, rolesByName, type Roles } from "./roles";
import type { PlacedStatement } from "./parts";

/** One document and where it stands. */
export interface PlacedDocument {
  readonly urn: string;
  readonly path: string;
  /** JSON text or what such text stands for. */
  readonly document: unknown;
}

export interface Subject {
  /** The same in both previews for the same role or resource. */
  readonly key: string;
  readonly stack: string;
  readonly kind: DocumentKind;
  /** In people's words, such as `role shop-test`. */
  readonly name: string;
  /** The resource that a change of it is told of where no document is left. */
  readonly urn: string;
  readonly documents: readonly PlacedDocument[];
}

/** Gives a resource the same identity in both previews. */
export type IdentityOf = (resource: PreviewedResource) => string;

/** All subjects of a stack that have at least one document. */
export function subjectsOf(stack: StackPreview, identityOf: IdentityOf): Subject[] {
  const roles = rolesByName(stack);
  const boundaries = boundaryNames(stack);
  const subjects = new Map<string, Subject>();
  for (const resource of stack.resources) {
    for (const { kind, owner, name, placed } of documentsOf(resource, stack, roles, boundaries)) {
      const key = `${stack.name} ${kind} ${identityOf(owner)}`;
      const { documents = [] } = subjects.get(key) ?? {};
      subjects.set(key, {
        key,
        stack: stack.name,
        kind,
        name,
        urn: owner.urn,
        documents: [...documents, placed],
      });
    }
  }
  return [...subjects.values()];
}

interface Found {
  readonly kind: DocumentKind;
  readonly owner: PreviewedResource;
  readonly name: string;
  readonly placed: PlacedDocument;
}

function documentsOf(
  resource: PreviewedResource,
  stack: StackPreview,
  roles: Roles,
  boundaries: ReadonlySet<string>,
): Found[] {
  const found = documentsIn(resource.type, resource.inputs).flatMap(({ value, property, place }): Found[] => {
    const placed = { urn: resource.urn, path: property, document: value };
    if (place.kind === "identity") return identity(resource, placed, stack, roles, boundaries);
    const name = place.kind === "trust" ? `role ${roleNameOf(resource)}` : subjectName(resource);
    return [{ kind: place.kind, owner: resource, name, placed }];
  });
  return [...found, ...impliedGrant(resource), ...managedPolicies(resource, roles)];
}

/** Whose a policy of identities is: each role's that holds it; of one that limits roles and of one that nobody holds its own. */
function identity(
  resource: PreviewedResource,
  placed: PlacedDocument,
  stack: StackPreview,
  roles: Roles,
  boundaries: ReadonlySet<string>,
): Found[] {
  const holders = holdersOf(resource, stack, roles);
  const held = holders.map((owner) => ({
    kind: "identity" as const,
    owner,
    name: `role ${roleNameOf(owner)}`,
    placed,
  }));
  if (isNamedBy(boundaries, resource)) {
    const name = `permissions boundary ${physicalName(resource)}`;
    return [...held, { kind: "boundary", owner: resource, name, placed }];
  }
  return held.length > 0
    ? held
    : [{ kind: "identity", owner: resource, name: subjectName(resource), placed }];
}

/** A grant that a resource makes without a document, as the statement that it amounts to. */
function impliedGrant(resource: PreviewedResource): Found[] {
  const statement = clusterAccess(resource) ?? IMPLIED_GRANTS.get(resource.type)?.statement(resource.inputs);
  if (statement === undefined) return [];
  const placed = { urn: resource.urn, path: "", document: { Statement: statement } };
  return [{ kind: "resource", owner: resource, name: subjectName(resource), placed }];
}

/** What an access policy of EKS lets its principal do: the policy's name stands for the actions. */
function clusterAccess({ type, inputs }: PreviewedResource): object | undefined {
  if (type !== "aws:eks/accessPolicyAssociation:AccessPolicyAssociation") return undefined;
  const principalArn = inputs["principalArn"];
  const [policyArn, clusterName] = ["policyArn", "clusterName"].map((property) => textAt(inputs, property));
  const whole = valuesAt(inputs, ["accessScope", "type"])[0]?.value === "cluster";
  const namespaces = whole
    ? ["*"]
    : valuesAt(inputs, ["accessScope", "namespaces", "*"]).map(({ value }) => value);
  return {
    Effect: "Allow",
    Principal: { AWS: principalArn },
    Action: `eks:${policyArn?.split("/").at(-1) ?? ""}`,
    Resource: namespaces.map((namespace) => `cluster/${clusterName ?? ""}/namespace/${String(namespace)}`),
  };
}

function textAt(inputs: PreviewedResource["inputs"], property: string): string {
  const value = inputs[property];
  return typeof value === "string" ? value : "";
}

/** The policies of AWS that a role holds, by ARN in the role or by an attachment. */
function managedPolicies(resource: PreviewedResource, roles: Roles): Found[] {
  const role = resource.type === "aws:iam/role:Role" ? resource : roles.holding(resource);
  if (role === undefined) return [];
  const places = [
    ...valuesAt(resource.inputs, ["managedPolicyArns", "*"]),
    ...valuesAt(resource.inputs, ["policyArn"]),
  ];
  return places.flatMap(({ value, property }) => {
    if (typeof value !== "string" || !isAwsManaged(value)) return [];
    const content = managedDocument(value) ?? {
      Statement: { Effect: "Allow", Action: `everything that ${value} allows`, Resource: "*" },
    };
    const placed = { urn: resource.urn, path: property, document: content };
    return [{ kind: "identity" as const, owner: role, name: `role ${roleNameOf(role)}`, placed }];
  });
}

/** What a policy stands on: its bucket, topic, key; else the resource itself. */
function subjectName(resource: PreviewedResource): string {
  const { type, inputs, name } = resource;
  const noun = NOUNS.find(([pattern]) => pattern.test(type))?.[1] ?? kindName(type);
  const target = TARGETS.map((property) => inputs[property]).find((value) => typeof value === "string");
  const short = typeof target === "string" ? (target.split(":").at(-1) ?? target) : physicalName(resource);
  return `${noun} ${short.length > 0 ? short : name}`;
}

/** Properties by which a policy names what it is on. */
const TARGETS = ["bucket", "repository", "arn", "queueUrl", "secretArn", "resourceArn", "function"];

const NOUNS: readonly (readonly [RegExp, string])[] = [
  [/^aws:s3\/bucket/, "bucket"],
  [/^aws:sns\/topic/, "topic"],
  [/^aws:sqs\/queue/, "queue"],
  [/^aws:kms\/key/, "key"],
  [/^aws:ecr\/repository/, "repository"],
  [/^aws:secretsmanager\/secret/, "secret"],
  [/^aws:organizations\/policy/, "control policy"],
  [/^aws:eks\/accessPolicy/, "cluster access"],
];

function physicalName({ inputs, name }: PreviewedResource): string {
  return typeof inputs["name"] === "string" ? inputs["name"] : name;
}

/** The statements of a subject's documents, and the documents that cannot be read yet. */
export function statementsOf({ documents }: Subject): {
  statements: PlacedStatement[];
  unknown: PlacedDocument[];
} {
  const read = documents.map((placed) => ({ placed, content: readDocument(placed.document) }));
  return {
    statements: read.flatMap(({ placed: { urn, path }, content }) =>
      content.statements.map((statement) => ({ statement, urn, path })),
    ),
    unknown: read
      .filter(({ content }) => content.unknowns.some((at) => at === "document" || at === "Statement"))
      .map(({ placed }) => placed),
  };
}
