import { readPolicy, unreadable, type Policy } from "../../evaluator/document";
import { isRoleEntry } from "../../evaluator/services";
import {
  UNKNOWN,
  type Json,
  type PreviewDocument,
  type PreviewedResource,
  type StackPreview,
} from "../../preview/preview-document";
import { groupBy } from "../group-by";
import { field, items, text } from "../pipelines";

/** Where a document stands: what an answer shows of it. */
export interface Place {
  readonly stack: string;
  readonly urn: string;
  /** Property path, such as `policy` or `assumeRolePolicy`. */
  readonly path: string;
  /** The role, bucket, key, repository, topic or account that it is about, as people call it. */
  readonly subject: string;
  /** What kind of document it is, in people's words. */
  readonly kind: string;
}

export interface Role {
  readonly stack: string;
  readonly urn: string;
  readonly arn: string;
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly accountId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly trust: Policy;
  readonly identity: readonly Policy[];
  readonly boundary: readonly Policy[] | undefined;
  /** The application that it belongs to, "" for what is shared. */
  readonly application: string;
}

/** All stacks together: who there is, and all documents that decide. */
export interface Graph {
  readonly stacks: readonly StackPreview[];
  readonly roles: readonly Role[];
  readonly rolesByArn: ReadonlyMap<string, Role>;
  /** The organization that the documents name; undefined where they name none or several. */
  readonly organizationId: string | undefined;
  placeOf(policy: Policy): Place | undefined;
  /** The policy of a resource; undefined where it has none. */
  policyOfResource(action: string, arn: string): Policy | undefined;
  /** What an organization's policies make of an account's principals or resources; undefined where none are previewed. */
  controlsOf(accountId: string, kind: "SERVICE" | "RESOURCE"): readonly (readonly Policy[])[] | undefined;
}

export function graphOf({ stacks }: PreviewDocument): Graph {
  const places = new Map<Policy, Place>();
  const reader = new Reader(places);
  const roles = stacks.flatMap((stack) => rolesOf(stack, reader));
  const rolesByArn = new Map(roles.map((role) => [role.arn, role]));
  const owned = new Map(stacks.flatMap((stack) => resourcePolicies(stack, reader)));
  const controls = stacks.flatMap((stack) => controlsIn(stack, reader));
  return {
    stacks,
    roles,
    rolesByArn,
    organizationId: organizationOf(stacks),
    placeOf: (policy) => places.get(policy),
    policyOfResource: (action, arn) =>
      isRoleEntry(action) ? rolesByArn.get(arn)?.trust : (owned.get(arn) ?? owned.get(ownerArn(arn))),
    controlsOf(accountId, kind) {
      const applying = controls.filter((control) => control.kind === kind && control.appliesTo(accountId));
      return applying.length === 0 ? undefined : [[everything, ...applying.map(({ policy }) => policy)]];
    },
  };
}

/** AWS attaches it to every account; a preview does not hold it. */
const everything = readPolicy({
  Version: "2012-10-17",
  Statement: { Sid: "FullAWSAccess", Effect: "Allow", Action: "*", Resource: "*" },
});

/** Reads documents and remembers where they stand. */
class Reader {
  constructor(private readonly places: Map<Policy, Place>) {}

  read(value: Json | undefined, place: Place): Policy {
    const policy = this.parse(value);
    this.places.set(policy, place);
    return policy;
  }

  private parse(value: Json | undefined): Policy {
    const isUnknown = value === undefined || JSON.stringify(value).includes(UNKNOWN);
    return isUnknown ? unreadable("it is known only after deployment") : readPolicy(value);
  }
}

function rolesOf(stack: StackPreview, reader: Reader): Role[] {
  const byUrn = new Map(stack.resources.map((resource) => [resource.urn, resource]));
  const shelf = new Shelf(stack, reader);
  return ofType(stack, "aws:iam/role:Role").map((resource) => {
    const { urn, inputs } = resource;
    const name = text(inputs["name"]) || resource.name;
    const path = text(inputs["path"]) || "/";
    const trustPlace = { stack: stack.name, urn, path: "assumeRolePolicy", subject: name, kind: "trust" };
    const boundary = text(inputs["permissionsBoundary"]);
    return {
      stack: stack.name,
      urn,
      arn: `arn:${partition(stack)}:iam::${stack.accountId}:role${path}${name}`,
      name,
      path,
      accountId: stack.accountId,
      tags: tagsOf(inputs["tags"]),
      trust: reader.read(inputs["assumeRolePolicy"], trustPlace),
      identity: [
        ...shelf.inline(name),
        ...[...items(inputs["managedPolicyArns"]).map(text), ...shelf.attachments(name)].map((arn) =>
          shelf.managed(arn, "attached policy"),
        ),
      ],
      boundary: boundary === "" ? undefined : [shelf.managed(boundary, "boundary")],
      application: ownerOf(resource, byUrn),
    };
  });
}

/** The policies of a stack's roles, by the role that they hang on. */
class Shelf {
  private readonly policies: ReadonlyMap<string, Policy>;
  private readonly inlinePolicies: ReadonlyMap<string, readonly PreviewedResource[]>;
  private readonly attached: ReadonlyMap<string, readonly PreviewedResource[]>;

  constructor(
    private readonly stack: StackPreview,
    private readonly reader: Reader,
  ) {
    this.policies = managedPolicies(stack, reader);
    this.inlinePolicies = groupBy(ofType(stack, "aws:iam/rolePolicy:RolePolicy"), roleOf);
    this.attached = groupBy(ofType(stack, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"), roleOf);
  }

  inline(role: string): Policy[] {
    // A policy whose role is not known yet may be anybody's.
    const resources = [role, UNKNOWN].flatMap((name) => this.inlinePolicies.get(name) ?? []);
    return resources.map(({ urn, name, inputs }) => {
      const kind = `policy ${text(inputs["name"]) || name}`;
      return this.reader.read(inputs["policy"], {
        stack: this.stack.name,
        urn,
        path: "policy",
        subject: role,
        kind,
      });
    });
  }

  attachments(role: string): string[] {
    return (this.attached.get(role) ?? []).map(({ inputs }) => text(inputs["policyArn"]));
  }

  /** A policy that the preview does not hold, such as one of AWS's own, cannot be read. */
  managed(arn: string, use: string): Policy {
    const place = { stack: this.stack.name, urn: "", path: "", subject: arn, kind: use };
    return this.policies.get(arn) ?? this.reader.read(undefined, place);
  }
}

function roleOf({ inputs }: PreviewedResource): string {
  return text(inputs["role"]);
}

function managedPolicies(stack: StackPreview, reader: Reader): Map<string, Policy> {
  return new Map(
    ofType(stack, "aws:iam/policy:Policy").map(({ urn, name, inputs }) => {
      const subject = text(inputs["name"]) || name;
      const arn = `arn:${partition(stack)}:iam::${stack.accountId}:policy${text(inputs["path"]) || "/"}${subject}`;
      return [
        arn,
        reader.read(inputs["policy"], {
          stack: stack.name,
          urn,
          path: "policy",
          subject,
          kind: "managed policy",
        }),
      ];
    }),
  );
}

/** Documents that stand on a resource, by the ARN that `ownerArn` makes. */
function resourcePolicies(stack: StackPreview, reader: Reader): [string, Policy][] {
  const read = (
    type: string,
    property: string,
    kind: string,
    arnOf: (resource: PreviewedResource) => string,
  ): [string, Policy][] =>
    ofType(stack, type).map((resource) => {
      const arn = arnOf(resource);
      const subject = arn.slice(arn.lastIndexOf(":") + 1);
      const place = { stack: stack.name, urn: resource.urn, path: property, subject, kind };
      return [arn, reader.read(resource.inputs[property], place)];
    });
  const local = (service: string, resource: string): string =>
    `arn:${partition(stack)}:${service}:${stack.region}:${stack.accountId}:${resource}`;
  const input = ({ inputs }: PreviewedResource, name: string): string => text(inputs[name]);
  return [
    ...read(
      "aws:s3/bucketPolicy:BucketPolicy",
      "policy",
      "bucket policy",
      (one) => `arn:${partition(stack)}:s3:::${input(one, "bucket")}`,
    ),
    ...read("aws:ecr/repositoryPolicy:RepositoryPolicy", "policy", "repository policy", (one) =>
      local("ecr", `repository/${input(one, "repository")}`),
    ),
    ...read("aws:sns/topicPolicy:TopicPolicy", "policy", "topic policy", (one) => input(one, "arn")),
    ...read("aws:kms/key:Key", "policy", "key policy", (one) => keyArn(stack, one)),
    ...read("aws:sqs/queuePolicy:QueuePolicy", "policy", "queue policy", (one) =>
      local("sqs", queueName(input(one, "queueUrl"))),
    ),
  ];
}

/** A key's id is known only after deployment; until then its name in the program stands for it. */
export function keyArn(stack: StackPreview, key: PreviewedResource): string {
  return `arn:${partition(stack)}:kms:${stack.region}:${stack.accountId}:key/${key.name}`;
}

function queueName(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

/** The bucket of an object; everything else is itself. */
function ownerArn(arn: string): string {
  return arn.startsWith("arn:aws") && arn.split(":", 3)[2] === "s3" ? (arn.split("/", 1)[0] ?? arn) : arn;
}

interface Control {
  readonly kind: "SERVICE" | "RESOURCE";
  readonly policy: Policy;
  appliesTo(accountId: string): boolean;
}

function controlsIn(stack: StackPreview, reader: Reader): Control[] {
  const policies = new Map(
    ofType(stack, "aws:organizations/policy:Policy").map((policy) => [policy.urn, policy]),
  );
  return ofType(stack, "aws:organizations/policyAttachment:PolicyAttachment").flatMap(
    ({ inputs, propertyDependencies }) => {
      const [urn = ""] = propertyDependencies["policyId"] ?? [];
      const policy = policies.get(urn);
      if (policy === undefined) return [];
      const type = text(policy.inputs["type"]);
      const kind = type === "RESOURCE_CONTROL_POLICY" ? "RESOURCE" : "SERVICE";
      const target = text(inputs["targetId"]);
      const place: Place = {
        stack: stack.name,
        urn,
        path: "content",
        subject: text(policy.inputs["name"]) || policy.name,
        kind: `${kind.toLowerCase()} control policy`,
      };
      // Which accounts lie below an organizational unit, a preview does not know.
      const isAccount = /^\d{12}$/.test(target);
      const read = reader.read(isAccount ? policy.inputs["content"] : undefined, place);
      return [{ kind, policy: read, appliesTo: (accountId: string) => !isAccount || target === accountId }];
    },
  );
}

/** The organization's id stands in no input of its own; every grant between accounts asks for it. */
function organizationOf(stacks: readonly StackPreview[]): string | undefined {
  const written = /"aws:PrincipalOrgID\\*":\s*\\*"(o-[a-z0-9]{10,32})\\*"/g;
  const counts = new Map<string, number>();
  for (const { resources } of stacks) {
    for (const { inputs } of resources) {
      for (const [, id = ""] of JSON.stringify(inputs).matchAll(written))
        counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  // One document that names another organization is a fault of that document.
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** The application of the component that made it; the tag would be a role's own claim. */
function ownerOf(resource: PreviewedResource, byUrn: ReadonlyMap<string, PreviewedResource>): string {
  const parent = byUrn.get(resource.parent);
  if (parent === undefined) return text(field(resource.inputs["tags"], "Application"));
  return applicationComponents.has(parent.type) ? parent.name : ownerOf(parent, byUrn);
}

const applicationComponents: ReadonlySet<string> = new Set(
  ["ApplicationDelivery", "EcsTarget", "KubernetesTarget", "ServerlessTarget"].map(
    (name) => `slipway:index:${name}`,
  ),
);

export function ofType({ resources }: StackPreview, type: string): readonly PreviewedResource[] {
  return resources.filter((resource) => resource.type === type);
}

export function partition({ region }: StackPreview): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function tagsOf(tags: Json | undefined): Record<string, string> {
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) return {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, text(value)]));
}

/** The roles that a person means by an ARN, a name, or `<stack>/<name>`. */
export function rolesNamed({ roles }: Graph, text: string): readonly Role[] {
  return roles.filter(({ arn, name, stack }) => text === arn || text === name || text === `${stack}/${name}`);
}
