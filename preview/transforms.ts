import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  TransformInvokeOptions,
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  TransformResponse,
  type TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Callbacks } from "./callbacks";
import { fromStruct, toStruct } from "./rpc";
import type { Properties } from "./values";

export interface TransformSubject {
  readonly name: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent: string;
}

export interface Transformed {
  readonly properties: Properties;
  readonly options: TransformResourceOptions;
}

/**
 * The functions of the program that may change a resource or a function call before the engine sees it, in the order in
 * which the engine runs them: the resource's own, its ancestors' from the nearest up, the stack's
 * (`RegisterResource` in pkg/resource/deploy/source_eval.go of pulumi/pulumi).
 */
export class Transforms {
  private readonly stack: Callback[] = [];
  private readonly stackInvokes: Callback[] = [];
  private readonly byResource = new Map<string, readonly Callback[]>();
  private readonly parents = new Map<string, string>();

  constructor(private readonly callbacks: Callbacks) {}

  addForStack(callback: Callback): void {
    this.stack.push(callback);
  }

  addForInvokes(callback: Callback): void {
    this.stackInvokes.push(callback);
  }

  /** Remembers what a registered resource hands down to its children. */
  remember(urn: string, parent: string, ownTransforms: readonly Callback[]): void {
    this.parents.set(urn, parent);
    if (ownTransforms.length > 0) this.byResource.set(urn, ownTransforms);
  }

  async ofResource(
    subject: TransformSubject,
    ownTransforms: readonly Callback[],
    before: Transformed,
  ): Promise<Transformed> {
    let current = before;
    for (const callback of [...ownTransforms, ...this.ofAncestors(subject.parent), ...this.stack]) {
      current = await this.run(callback, subject, current);
    }
    return current;
  }

  async ofInvoke(
    token: string,
    args: Properties,
    provider: string,
    version: string,
  ): Promise<[Properties, string, string]> {
    let current: [Properties, string, string] = [args, provider, version];
    for (const callback of this.stackInvokes) current = await this.runForInvoke(callback, token, ...current);
    return current;
  }

  private ofAncestors(parent: string): Callback[] {
    const inherited: Callback[] = [];
    for (let urn: string | undefined = parent; urn !== undefined && urn !== ""; urn = this.parents.get(urn)) {
      inherited.push(...(this.byResource.get(urn) ?? []));
    }
    return inherited;
  }

  private async run(
    callback: Callback,
    subject: TransformSubject,
    before: Transformed,
  ): Promise<Transformed> {
    const request = new TransformRequest();
    request.setName(subject.name);
    request.setType(subject.type);
    request.setCustom(subject.custom);
    request.setParent(subject.parent);
    request.setProperties(toStruct(before.properties));
    request.setOptions(before.options);
    const response = TransformResponse.deserializeBinary(await this.callbacks.run(callback, request));
    return {
      properties: response.hasProperties() ? fromStruct(response.getProperties()) : before.properties,
      options: response.getOptions() ?? before.options,
    };
  }

  private async runForInvoke(
    callback: Callback,
    token: string,
    args: Properties,
    provider: string,
    version: string,
  ): Promise<[Properties, string, string]> {
    const options = new TransformInvokeOptions();
    options.setProvider(provider);
    options.setVersion(version);
    const request = new TransformInvokeRequest();
    request.setToken(token);
    request.setArgs(toStruct(args));
    request.setOptions(options);
    const response = TransformInvokeResponse.deserializeBinary(await this.callbacks.run(callback, request));
    const changed = response.getOptions() ?? options;
    return [
      response.hasArgs() ? fromStruct(response.getArgs()) : args,
      changed.getProvider(),
      changed.getVersion(),
    ];
  }
}
