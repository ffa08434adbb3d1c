import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type {
  ReadResourceRequest,
  RegisterPackageRequest,
  RegisterResourceRequest,
  TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import { Callbacks } from "./callbacks";
import { UNKNOWN } from "./preview-document";
import { formerUrns } from "./aliases";
import { makeUrn, packageOf, providerPackage, providerUrn, stackOf, type ResourceState } from "./graph";
import { checkedInputs } from "./policy-documents";
import { Hooks } from "./hooks";
import { computedOutputs } from "./outputs";
import { ProblemError } from "./problems";
import * as providers from "./providers";
import * as requests from "./requests";
import { fromStruct } from "./rpc";
import type { StackConfig } from "./config-values";
import { Transforms, type Transformed } from "./transforms";
import { secret, type Properties } from "./values";

export interface StackIdentity {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly config: StackConfig;
}

/** Hears of what a program registers, as it does so. */
export interface RegistrarListener {
  added(state: ResourceState): void;
  outputsSet(urn: string, outputs: Properties): void;
  warned(text: string): void;
}

/** A resource before its state is made: without the URN, the id and the outputs, which follow from the other fields. */
type Described = Omit<ResourceState, "urn" | "id" | "outputs"> & {
  /** "" for a resource that does not exist yet. */
  readonly importId: string;
};

const NO_OPTIONS: ResourceState["options"] = {
  deletedWith: "",
  ignoreChanges: [],
  additionalSecretOutputs: [],
  timeouts: { create: 0, update: 0, delete: 0 },
};

/**
 * The part of the Pulumi engine that turns what a program asks for into the states of a first preview. It follows
 * `pkg/resource/deploy/source_eval.go` and `step_generator.go` of pulumi/pulumi step by step, so that the states equal
 * what the engine itself would preview.
 */
export class Registrar {
  /** In the order of registration. */
  readonly states = new Map<string, ResourceState>();
  readonly callbacks = new Callbacks();
  readonly transforms = new Transforms(this.callbacks);
  readonly hooks = new Hooks(this.callbacks);
  private readonly packages = new providers.Packages();
  private readonly defaultProviders = new Map<string, string>();
  /** Providers by package that a component hands to its children. */
  private readonly handedDown = new Map<string, ReadonlyMap<string, string>>();
  /** Transforms of a remote component, kept until its plugin registers the component itself. */
  private readonly pendingTransforms = new Map<string, readonly Callback[]>();

  constructor(
    private readonly identity: StackIdentity,
    private readonly listener?: RegistrarListener,
  ) {}

  registerPackage(request: RegisterPackageRequest): string {
    return this.packages.register(request);
  }

  async register(request: RegisterResourceRequest): Promise<ResourceState> {
    const [type, parent] = [request.getType(), request.getParent()];
    if (request.getCustom() || request.getRemote()) requireTypeToken(type);
    const sent = fromStruct(request.getObject());
    const requested = requests.requestedDependencies(request, sent);
    const ownTransforms = this.ownTransforms(request);
    const transformed = await this.transforms.ofResource(requests.subjectOf(request), ownTransforms, {
      properties: requests.hasTransforms(request) ? requests.withDependencies(sent, requested) : sent,
      options: requests.transformOptions(request, this.inheritedProvider(request)),
    });
    const { options } = transformed;
    const handedDown = this.providersFor(request.getCustom(), parent, options.getProvidersMap());
    const state = this.add(this.describe(request, requested, transformed));
    this.transforms.remember(state.urn, parent, ownTransforms);
    if (!state.custom) this.handedDown.set(state.urn, handedDown);
    await this.hooks.beforeCreate(options.getHooks(), state);
    for (const text of await this.hooks.afterCreate(options.getHooks(), state)) this.listener?.warned(text);
    return state;
  }

  private describe(
    request: RegisterResourceRequest,
    requested: requests.Dependencies,
    { properties, options }: Transformed,
  ): Described {
    const parent = this.states.get(request.getParent());
    const dependencies = requests.finalDependencies(
      requests.hasTransforms(request),
      requested,
      properties,
      options,
    );
    return {
      ...requests.subjectOf(request),
      remote: request.getRemote(),
      external: false,
      provider: this.providerOf(request, options),
      inputs: this.withPluginInputs(request, requests.finalInputs(properties), options.getVersion()),
      dependencies: dependencies.all,
      propertyDependencies: dependencies.byProperty,
      options: { ...requests.resourceOptions(options, parent), ...this.aliasesOf(request, options, parent) },
      importId: options.getImport(),
    };
  }

  /** Registers a resource that exists already. Offline, only its id is known, and the outputs that follow from the id. */
  read(request: ReadResourceRequest): ResourceState {
    const type = request.getType();
    requireTypeToken(type);
    const providerRequest = this.packages.resolve(
      request.getPackageref(),
      providers.providerRequest(packageOf(type), request.getVersion(), request.getPlugindownloadurl()),
    );
    const named = request.getProvider() !== "" || providerPackage(type) !== undefined;
    const provider = named
      ? request.getProvider()
      : this.defaultProvider(providerRequest, `${type} ${request.getName()}`);
    if (request.getId() === "") throw new Error(`Expected an ID for ${type} ${request.getName()}`);
    return this.add({
      type,
      name: request.getName(),
      parent: request.getParent(),
      custom: true,
      remote: false,
      external: true,
      provider,
      inputs: fromStruct(request.getProperties()),
      dependencies: [...request.getDependenciesList()].sort(),
      propertyDependencies: {},
      options: { ...NO_OPTIONS, additionalSecretOutputs: request.getAdditionalsecretoutputsList() },
      importId: request.getId(),
    });
  }

  /** The default provider for a request that names no provider, as a reference. It is made at its first use. */
  defaultProvider(request: providers.ProviderRequest, user: string): string {
    const key = JSON.stringify(request);
    const existing = this.defaultProviders.get(key);
    if (existing !== undefined) return existing;
    providers.refuseDeniedProvider(request.package, user, this.identity.config);
    const state = this.add({
      type: `pulumi:providers:${request.package}`,
      name: providers.defaultProviderName(request),
      parent: "",
      custom: true,
      remote: false,
      external: false,
      provider: "",
      inputs: providers.defaultProviderInputs(request, this.identity.config),
      dependencies: [],
      propertyDependencies: {},
      options: NO_OPTIONS,
      importId: "",
    });
    const reference = providers.providerReference(state.urn);
    this.defaultProviders.set(key, reference);
    return reference;
  }

  /** Which default provider a function call asks for. */
  providerRequestOf(
    token: string,
    packageReference: string,
    version: string,
    url: string,
  ): providers.ProviderRequest {
    return this.packages.resolve(packageReference, providers.providerRequest(packageOf(token), version, url));
  }

  setOutputs(urn: string, outputs: Properties): void {
    const state = this.states.get(urn);
    if (state === undefined) throw new Error(`no resource ${urn} has been registered`);
    state.outputs = outputs;
    this.listener?.outputsSet(urn, outputs);
  }

  /** The inputs of the provider behind a reference, or none. */
  providerInputs(reference: string): Properties {
    return this.states.get(providerUrn(reference))?.inputs ?? {};
  }

  private aliasesOf(
    request: RegisterResourceRequest,
    options: TransformResourceOptions,
    parent: ResourceState | undefined,
  ): Pick<ResourceState["options"], "aliases"> {
    const identity = { ...this.identity, type: request.getType(), name: request.getName(), parent };
    const aliases = formerUrns(options.getAliasesList(), identity, stackOf(this.states)?.urn ?? "");
    return aliases.length === 0 ? {} : { aliases };
  }

  private ownTransforms(request: RegisterResourceRequest): readonly Callback[] {
    const key = JSON.stringify([request.getParent(), request.getType(), request.getName()]);
    const pending = this.pendingTransforms.get(key);
    if (pending !== undefined) {
      this.pendingTransforms.delete(key);
      return pending;
    }
    const transforms = request.getTransformsList();
    if (request.getRemote() && transforms.length > 0) this.pendingTransforms.set(key, transforms);
    return transforms;
  }

  private inheritedProvider(request: RegisterResourceRequest): string {
    if (!request.getCustom() && !request.getRemote()) return request.getProvider();
    const packageName = packageOf(request.getType());
    return (
      request.getProvider() ||
      (request.getProvidersMap().get(packageName) ??
        this.handedDown.get(request.getParent())?.get(packageName) ??
        "")
    );
  }

  private providersFor(
    custom: boolean,
    parent: string,
    namedProviders: { forEach(visit: (value: string, key: string) => void): void },
  ): ReadonlyMap<string, string> {
    const merged = new Map(custom ? [] : this.handedDown.get(parent));
    namedProviders.forEach((reference, packageName) => merged.set(packageName, reference));
    return merged;
  }

  private providerOf(request: RegisterResourceRequest, options: TransformResourceOptions): string {
    const type = request.getType();
    const needed = (request.getCustom() && providerPackage(type) === undefined) || request.getRemote();
    if (!needed) return "";
    const [version, url] = [options.getVersion(), options.getPluginDownloadUrl()];
    const providerRequest = this.providerRequestOf(type, request.getPackageref(), version, url);
    return options.getProvider() || this.defaultProvider(providerRequest, `${type} ${request.getName()}`);
  }

  private withPluginInputs(
    request: RegisterResourceRequest,
    inputs: Properties,
    version: string,
  ): Properties {
    const packageName = providerPackage(request.getType());
    if (packageName === undefined) return inputs;
    const providerRequest = this.packages.resolve(
      request.getPackageref(),
      providers.providerRequest(packageName, version, request.getPlugindownloadurl()),
    );
    return { ...inputs, ...providers.pluginInputs(providerRequest) };
  }

  private add(described: Described): ResourceState {
    const { importId, ...parts } = described;
    const { type, name, parent } = parts;
    const checkedParts = parts.external ? parts : { ...parts, inputs: checkedInputs(type, parts.inputs) };
    const urn = makeUrn(this.identity.stack, this.identity.project, parent, type, name);
    if (parent !== "" && !this.states.has(parent))
      throw new Error(`could not find parent resource ${parent}`);
    if (this.states.has(urn)) throw duplicate(urn, type, name);
    const computed = checkedParts.custom ? this.computed(checkedParts, importId) : { id: "", outputs: {} };
    const state: ResourceState = { ...checkedParts, urn, ...computed };
    this.states.set(urn, state);
    this.listener?.added(state);
    return state;
  }

  private computed(
    described: Pick<ResourceState, "type" | "inputs" | "provider" | "options">,
    importId: string,
  ): Pick<ResourceState, "id" | "outputs"> {
    if (providerPackage(described.type) !== undefined) return { id: UNKNOWN, outputs: described.inputs };
    const provider = this.providerInputs(described.provider);
    const { id, outputs } = computedOutputs(described.type, described.inputs, provider, importId);
    const hidden = described.options.additionalSecretOutputs.filter((key) => outputs[key] !== undefined);
    return {
      id,
      outputs: {
        ...outputs,
        ...Object.fromEntries(hidden.map((key) => [key, secret(outputs[key] ?? null)])),
      },
    };
  }
}

function requireTypeToken(type: string): void {
  if (/^[^:]+:[^:]*:[^:]+$/.test(type)) return;
  throw new ProblemError({ message: `The resource type ${type} is not of the form package:module:type.` });
}

function duplicate(urn: string, type: string, name: string): ProblemError {
  return new ProblemError({
    message: `Two resources have the URN ${urn}.`,
    remedy: `Give one of the two resources of type ${type} with the name ${name} another name, or another parent.`,
  });
}
