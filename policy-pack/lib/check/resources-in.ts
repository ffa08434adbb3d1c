/** Finds the resources that grant something in templates, plans and states. */
import { urnParts } from "../govern/urn";
import { resourcesIn } from "../govern/baseline";
import { UNKNOWN_MARKS } from "../document/unknown";
import { canGrant } from "../judge/resource-grants";
import { Intrinsics } from "./intrinsics";
import { accountOfArn, policiesIn, type FoundDocument } from "./policies-in";
import { pulumiProperties, typeOfCloudFormation, typeOfTerraform } from "./resource-types";
import { isFields, type Fields, type Lines, type Step } from "./source";

/** A resource of a type that can grant, with Pulumi's name for the type and for its properties. */
export interface FoundResource {
  /** What the file calls it: a logical id, an address, the end of a URN. */
  readonly name: string;
  readonly line: number;
  readonly type: string;
  readonly properties: unknown;
  readonly account?: string | undefined;
  /** A property such as `policies[0].policyDocument` as the file spells it. */
  readonly spelled: (property: string) => string;
}

export interface FoundGrants {
  readonly resources: readonly FoundResource[];
  readonly documents: readonly FoundDocument[];
}

const UNKNOWN_VALUE = UNKNOWN_MARKS[0];

/** The grants of a template, plan or state; undefined if the value is none of them. */
export function grantsIn(root: unknown, lines: Lines, account: string | undefined): FoundGrants | undefined {
  if (!isFields(root)) return undefined;
  // The Serverless Framework has a template's resources under a key of its own.
  const { Resources: resources } = isFields(root["resources"]) ? root["resources"] : root;
  if (isFields(resources) && Object.values(resources).some((one) => isFields(one) && "Type" in one))
    return all(templateResources(resources, lines, new Intrinsics(lines, account)));
  const terraform = terraformResources(root);
  if (terraform !== undefined) return all(terraform.map((resource) => terraformGrants(resource, lines)));
  const pulumi = resourcesIn(root)?.filter(({ urn }) => typeof urn === "string") ?? [];
  return pulumi.length === 0 ? undefined : all(pulumi.map((resource) => pulumiGrants(resource, lines)));
}

function all(parts: readonly FoundGrants[]): FoundGrants {
  return {
    resources: parts.flatMap(({ resources }) => resources),
    documents: parts.flatMap(({ documents }) => documents),
  };
}

/** The grants of a resource: by its properties if its type is known, else by whatever in it looks like a policy. */
function grantsOf(type: string | undefined, about: Omit<FoundResource, "type">, lines: Lines): FoundGrants {
  const { name, line, properties, account } = about;
  if (type !== undefined) return { resources: [{ ...about, type }], documents: [] };
  const documents = policiesIn(properties, lines, [name], line).map((document) => ({
    ...document,
    account: document.account ?? account,
  }));
  return { resources: [], documents };
}

function templateResources(resources: Fields, lines: Lines, intrinsics: Intrinsics): FoundGrants[] {
  return Object.entries(resources).flatMap(([id, resource]) => {
    // `Fn::ForEach::Name: [Variable, [values], { "Id${Variable}": resource }]`
    if (id.startsWith("Fn::ForEach::") && Array.isArray(resource)) {
      const body: unknown = resource[2];
      return isFields(body) ? templateResources(body, lines, intrinsics) : [];
    }
    if (!isFields(resource) || typeof resource["Type"] !== "string") return [];
    const { Type: type, Metadata: metadata } = resource;
    const path = isFields(metadata) ? metadata["aws:cdk:path"] : undefined;
    const properties = intrinsics.resolve(resource["Properties"] ?? {});
    const known = typeOfCloudFormation(type);
    const about = {
      name: typeof path === "string" ? `${id} (${path})` : id,
      line: lines.of(resources, id) ?? 1,
      properties: known === undefined ? properties : pulumiProperties(properties, lines),
      spelled: (property: string) =>
        property.replaceAll(/(^|\.)([a-z])/g, (_, dot: string, letter: string) => dot + letter.toUpperCase()),
    };
    return [grantsOf(known, about, lines), ...serverless(type, properties, about, lines)];
  });
}

/** What SAM makes beside a function or state machine: managed policies of its role, and an address for everybody. */
function serverless(
  type: string,
  properties: unknown,
  about: Omit<FoundResource, "type">,
  lines: Lines,
): FoundGrants[] {
  if (!/^AWS::Serverless::(Function|StateMachine)$/.test(type) || !isFields(properties)) return [];
  const { Policies: policies, FunctionUrlConfig: url } = properties;
  const listed: unknown[] = Array.isArray(policies) ? policies : [policies];
  // A policy is named by its ARN or, if AWS manages it, by its name.
  const managedPolicyArns = listed.map((policy) =>
    typeof policy === "string" && /^[\w+=,.@/-]+$/.test(policy) && policy !== UNKNOWN_VALUE
      ? `arn:aws:iam::aws:policy/${policy}`
      : policy,
  );
  const attached = managedPolicyArns.filter((policy) => typeof policy === "string");
  const line = lines.of(properties, "Policies") ?? about.line;
  const role = { managedPolicyArns: attached };
  lines.set(role, new Map([["managedPolicyArns", line]]));
  const parts: readonly FoundResource[] = [
    { ...about, type: "aws-native:iam:Role", properties: role },
    {
      ...about,
      type: "aws-native:lambda:Url",
      properties: isFields(url) ? pulumiProperties(url, lines) : {},
    },
  ];
  return [{ resources: parts, documents: [] }];
}

interface TerraformResource {
  readonly address: string;
  readonly type: string;
  readonly values: Fields;
  readonly unknown?: unknown;
  /** The object that holds the values, for the line. */
  readonly within: object;
}

/** The resources of `terraform show -json` for a plan or a state, or of a state file. */
function terraformResources(root: Fields): TerraformResource[] | undefined {
  const { resource_changes: changes, planned_values: planned, values } = root;
  if (Array.isArray(changes)) return changes.flatMap((change: unknown) => changedResource(change));
  for (const state of [planned, values])
    if (isFields(state) && isFields(state["root_module"])) return moduleResources(state["root_module"]);
  if (typeof root["terraform_version"] === "string" && Array.isArray(root["resources"]))
    return root["resources"].flatMap((resource: unknown) => stateResources(resource));
  return undefined;
}

function changedResource(value: unknown): TerraformResource[] {
  if (!isFields(value) || value["mode"] === "data" || !isFields(value["change"])) return [];
  const { after, after_unknown: unknown } = value["change"];
  // What is deleted has no values afterwards.
  if (!isFields(after)) return [];
  return [
    { address: String(value["address"]), type: String(value["type"]), values: after, unknown, within: value },
  ];
}

function moduleResources(module: Fields): TerraformResource[] {
  const { resources, child_modules: children } = module;
  const own = listOf(resources).flatMap((resource): TerraformResource[] => {
    if (!isFields(resource) || resource["mode"] === "data" || !isFields(resource["values"])) return [];
    const { address, type, values } = resource;
    return [{ address: String(address), type: String(type), values, within: resource }];
  });
  return [...own, ...listOf(children).flatMap((child) => (isFields(child) ? moduleResources(child) : []))];
}

function stateResources(resource: unknown): TerraformResource[] {
  if (!isFields(resource) || resource["mode"] === "data") return [];
  const { module, type, name, instances } = resource;
  const address = [module, type, name].filter((part) => typeof part === "string").join(".");
  return listOf(instances).flatMap((instance): TerraformResource[] => {
    if (!isFields(instance) || !isFields(instance["attributes"])) return [];
    const { index_key: index, attributes: values } = instance;
    const key = index === undefined ? "" : `[${JSON.stringify(index)}]`;
    return [{ address: `${address}${key}`, type: String(type), values, within: instance }];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function terraformGrants(
  { address, type, values, unknown, within }: TerraformResource,
  lines: Lines,
): FoundGrants {
  const known = typeOfTerraform(type);
  const complete = withUnknown(values, unknown, lines);
  const about = {
    name: address,
    line: lines.of(within, "address") ?? lines.of(within, "attributes") ?? 1,
    properties: known === undefined ? complete : pulumiProperties(complete, lines),
    account: accountOfArn(values["arn"]),
    spelled: (property: string) => property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  };
  return grantsOf(known, about, lines);
}

/** A plan's values, with the mark of the unknown where the plan says that only the update will tell. */
function withUnknown(value: unknown, unknown: unknown, lines: Lines): unknown {
  if (unknown === true) return UNKNOWN_VALUE;
  if (typeof unknown !== "object" || unknown === null) return value;
  const isList = Array.isArray(value) || Array.isArray(unknown);
  const container: object = isList ? [...listOf(value)] : { ...(isFields(value) ? value : {}) };
  const known = new Map<Step, number>();
  const values = container as Record<Step, unknown>;
  for (const [key, item] of Object.entries(unknown)) {
    const merged = withUnknown(values[key], item, lines);
    if (merged !== undefined) values[key] = merged;
  }
  for (const key of Object.keys(values)) {
    const step = isList ? Number(key) : key;
    const line = typeof value === "object" && value !== null ? lines.of(value, step) : undefined;
    if (line !== undefined) known.set(step, line);
  }
  lines.set(container, known);
  return container;
}

function pulumiGrants(resource: object, lines: Lines): FoundGrants {
  const { urn, type, inputs, outputs } = resource as Fields;
  const about = {
    name: `${String(type)}::${urnParts(String(urn)).name}`,
    line: lines.of(resource, "urn") ?? 1,
    properties: withoutSecrets(inputs, lines),
    account: accountOfArn(isFields(outputs) ? outputs["arn"] : undefined),
    spelled: (property: string) => property,
  };
  return grantsOf(typeof type === "string" && canGrant(type) ? type : undefined, about, lines);
}

/** The key and the value by which Pulumi marks a secret in a state. */
const SECRET = ["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"] as const;

/** A secret is what it holds in plain text, else it is unknown. */
function withoutSecrets(value: unknown, lines: Lines): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isFields(value) && value[SECRET[0]] === SECRET[1]) return secretValue(value["plaintext"]);
  const entries = Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, lines)] as const);
  const container: object = Array.isArray(value)
    ? entries.map(([, item]) => item)
    : Object.fromEntries(entries);
  const steps = entries.map(([key]): Step => (Array.isArray(value) ? Number(key) : key));
  lines.set(container, new Map(steps.map((step) => [step, lines.of(value, step) ?? 1])));
  return container;
}

function secretValue(plaintext: unknown): unknown {
  try {
    return typeof plaintext === "string" ? JSON.parse(plaintext) : UNKNOWN_VALUE;
  } catch {
    return UNKNOWN_VALUE;
  }
}
