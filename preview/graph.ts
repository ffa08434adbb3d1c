import type { Properties } from "./values";

/** What the engine knows of one resource after its registration: the parts of the state that a first preview has. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly custom: boolean;
  /** True for a component that its provider plugin would build, so that its children are not in the graph. */
  readonly remote: boolean;
  /** True for a resource that is read, not made. */
  readonly external: boolean;
  /** `<URN>::<id>`, or "". */
  readonly provider: string;
  /** Known only for resources whose id follows from their inputs. */
  readonly id: string;
  readonly inputs: Properties;
  /** Components and the stack get theirs after their children. */
  outputs: Properties;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: ResourceOptions;
}

export interface ResourceOptions {
  /** Left out when neither the resource nor an ancestor says anything. */
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  /** Former URNs; left out when there are none. */
  readonly aliases?: readonly string[];
  readonly deletedWith: string;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** Seconds; 0 where the resource sets none. */
  readonly timeouts: { readonly create: number; readonly update: number; readonly delete: number };
}

export const STACK_TYPE = "pulumi:pulumi:Stack";

/** The stack itself, the first resource that a program registers; undefined when it did not get that far. */
export function stackOf(states: ReadonlyMap<string, ResourceState>): ResourceState | undefined {
  for (const state of states.values()) if (state.type === STACK_TYPE) return state;
  return undefined;
}

/** `pulumi:providers:aws` → `aws`; undefined for a resource that is no provider. */
export function providerPackage(type: string): string | undefined {
  return /^pulumi:providers:([^:]+)$/.exec(type)?.[1];
}

/** `aws:s3/bucket:Bucket` → `aws`. */
export function packageOf(token: string): string {
  return token.split(":", 1)[0] ?? "";
}

/** The type chain of a URN: `a$b$c`. */
function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** Makes a URN as the engine does: the types of all ancestors below the stack are part of it (`resource/urn` in pulumi/pulumi). */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const chain = parent === "" ? "" : qualifiedType(parent);
  const typeChain = chain === "" || chain === STACK_TYPE ? type : `${chain}$${type}`;
  return `urn:pulumi:${stack}::${project}::${typeChain}::${name}`;
}

/** The URN of a provider reference `<URN>::<id>`. */
export function providerUrn(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}
