import {
  ResourceHookRequest,
  ResourceHookResponse,
  type RegisterResourceHookRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { Callbacks } from "./callbacks";
import type { ResourceState } from "./graph";
import { ProblemError } from "./problems";
import { toStruct } from "./rpc";

type Bindings = RegisterResourceRequest.ResourceHooksBinding;

/** Functions of the program that run before and after a resource is made; in a preview only those that ask for it. */
export class Hooks {
  private readonly registered = new Map<string, { callback: Callback | undefined; onDryRun: boolean }>();

  constructor(private readonly callbacks: Callbacks) {}

  register(request: RegisterResourceHookRequest): void {
    const name = request.getName();
    if (this.registered.has(name)) throw new Error(`resource hook already registered for name "${name}"`);
    this.registered.set(name, { callback: request.getCallback(), onDryRun: request.getOnDryRun() });
  }

  /** A hook that fails before the resource stops it; one that fails after it is a warning only. */
  async beforeCreate(bindings: Bindings | undefined, state: ResourceState): Promise<void> {
    for (const name of bindings?.getBeforeCreateList() ?? []) {
      const error = await this.run(name, state);
      if (error !== "")
        throw new ProblemError({ message: `${state.urn}: the hook ${name} failed: ${error}` });
    }
  }

  /** @returns one sentence per hook that failed. */
  async afterCreate(bindings: Bindings | undefined, state: ResourceState): Promise<string[]> {
    const warnings: string[] = [];
    for (const name of bindings?.getAfterCreateList() ?? []) {
      const error = await this.run(name, state);
      if (error !== "") warnings.push(`${state.urn}: the hook ${name} failed: ${error}`);
    }
    return warnings;
  }

  private async run(name: string, state: ResourceState): Promise<string> {
    const hook = this.registered.get(name);
    if (hook === undefined)
      throw new ProblemError({ message: `${state.urn}: the hook ${name} was never registered.` });
    if (!hook.onDryRun || hook.callback === undefined) return "";
    const request = new ResourceHookRequest();
    request.setUrn(state.urn);
    request.setId(state.id);
    request.setName(state.name);
    request.setType(state.type);
    request.setNewInputs(toStruct(state.inputs));
    const response = await this.callbacks.run(hook.callback, request);
    return ResourceHookResponse.deserializeBinary(response).getError();
  }
}
