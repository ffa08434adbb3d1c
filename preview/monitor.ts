import type { handleUnaryCall } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import type { Problem } from "../input/problem";
import type { ResourceState } from "./graph";
import { answerInvoke } from "./invokes";
import { ProblemError } from "./problems";
import { Registrar, type RegistrarListener, type StackIdentity } from "./registrar";
import { readAs } from "./local-service";
import { fromStruct, method } from "./rpc";
import { containsSecret, knownText, type Properties } from "./values";

/** Features of the engine that the SDK asks for (`SupportsFeature` in source_eval.go); all of these are served here. */
const FEATURES: ReadonlySet<string> = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "replacementTrigger",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
]);

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

export interface MonitorOptions extends StackIdentity {
  /** Outputs of another stack by the name in a stack reference; undefined when they cannot be known. */
  readonly stackOutputs: (name: string) => Promise<Properties | undefined>;
  readonly listener: MonitorListener;
}

export interface MonitorListener extends RegistrarListener {
  /** The program asks for what cannot be previewed. */
  refused(problem: Problem): void;
}

/** Answers one program in place of the Pulumi engine, and tells what the program registers. */
export class Monitor {
  private readonly registrar: Registrar;

  constructor(private readonly options: MonitorOptions) {
    this.registrar = new Registrar(options, options.listener);
  }

  stop(): void {
    this.registrar.callbacks.close();
  }

  /** The service that the SDK calls. */
  service(): IResourceMonitorServer {
    return {
      ...this.ofDeployment(),
      ...this.ofResources(),
      ...this.ofTransformsAndHooks(),
    };
  }

  /** What concerns the deployment as a whole. */
  private ofDeployment(): Pick<
    IResourceMonitorServer,
    "getDeploymentInfo" | "supportsFeature" | "registerPackage" | "signalAndWaitForShutdown"
  > {
    return {
      getDeploymentInfo: method(() => this.deploymentInfo()),
      supportsFeature: method((request: messages.SupportsFeatureRequest) => {
        const response = new messages.SupportsFeatureResponse();
        response.setHassupport(FEATURES.has(request.getId()));
        return response;
      }),
      registerPackage: method((request: messages.RegisterPackageRequest) => {
        const response = new messages.RegisterPackageResponse();
        response.setRef(this.registrar.registerPackage(request));
        return response;
      }),
      signalAndWaitForShutdown: method(() => new Empty()),
    };
  }

  /** What makes and reads resources, and calls functions of providers. */
  private ofResources(): Pick<
    IResourceMonitorServer,
    "registerResource" | "registerResourceOutputs" | "readResource" | "invoke" | "call"
  > {
    return {
      registerResource: this.checked((request: messages.RegisterResourceRequest) => this.register(request)),
      registerResourceOutputs: this.checked((request: messages.RegisterResourceOutputsRequest) => {
        this.registrar.setOutputs(request.getUrn(), fromStruct(request.getOutputs()));
        return new Empty();
      }),
      readResource: this.checked((request: messages.ReadResourceRequest) => this.read(request)),
      invoke: this.checked((request: messages.ResourceInvokeRequest) => this.invoke(request)),
      call: this.checked((request: messages.ResourceCallRequest) => {
        throw new ProblemError({
          message: `The program calls the method ${request.getTok()}, which runs inside a provider plugin; an offline preview runs none.`,
          remedy: "Use resources whose methods are not needed, or preview with the Pulumi CLI.",
        });
      }),
    };
  }

  /** What runs functions of the program's own when resources are registered. */
  private ofTransformsAndHooks(): Pick<
    IResourceMonitorServer,
    "registerStackTransform" | "registerStackInvokeTransform" | "registerResourceHook" | "registerErrorHook"
  > {
    const { transforms, hooks } = this.registrar;
    return {
      registerStackTransform: method((callback: Parameters<typeof transforms.addForStack>[0]) => {
        transforms.addForStack(callback);
        return new Empty();
      }),
      registerStackInvokeTransform: method((callback: Parameters<typeof transforms.addForInvokes>[0]) => {
        transforms.addForInvokes(callback);
        return new Empty();
      }),
      registerResourceHook: method((request: messages.RegisterResourceHookRequest) => {
        hooks.register(request);
        return new Empty();
      }),
      // Error hooks run when a deployment step fails; a preview has no such step.
      registerErrorHook: method(() => new Empty()),
    };
  }

  /** Like {@link method}, but an error is also kept as a problem of the stack. */
  private checked<Request, Response>(
    answer: (request: Request) => Promise<Response> | Response,
  ): handleUnaryCall<Request, Response> {
    return method(async (request: Request) => {
      try {
        return await answer(request);
      } catch (error) {
        this.options.listener.refused(
          error instanceof ProblemError
            ? error.problem
            : { message: error instanceof Error ? error.message : String(error) },
        );
        throw error;
      }
    });
  }

  private deploymentInfo(): messages.DeploymentInfo {
    const { organization, project, stack, config } = this.options;
    const info = new messages.DeploymentInfo();
    info.setOrganization(organization);
    info.setProject(project);
    info.setStack(stack);
    info.setDryrun(true);
    const secrets: string[] = [];
    for (const [key, { text, isSecret }] of config) {
      info.getConfigMap().set(key, text);
      if (isSecret) secrets.push(key);
    }
    info.setConfigsecretkeysList(secrets);
    return info;
  }

  private async register(
    request: messages.RegisterResourceRequest,
  ): Promise<messages.RegisterResourceResponse> {
    const state = await this.registrar.register(request);
    const response = new messages.RegisterResourceResponse();
    response.setUrn(state.urn);
    response.setId(state.id);
    readAs(response, "getObject", state.outputs);
    response.setResult(messages.Result.SUCCESS);
    return response;
  }

  private async read(request: messages.ReadResourceRequest): Promise<messages.ReadResourceResponse> {
    const state = this.registrar.read(request);
    if (state.type === STACK_REFERENCE) this.registrar.setOutputs(state.urn, await this.reference(state));
    const response = new messages.ReadResourceResponse();
    response.setUrn(state.urn);
    readAs(response, "getProperties", state.outputs);
    return response;
  }

  private async reference(state: ResourceState): Promise<Properties> {
    const name = knownText(state.inputs["name"]);
    return name === undefined ? state.inputs : { ...state.inputs, ...(await this.outputsOfStack(name)) };
  }

  private async outputsOfStack(name: string): Promise<Properties> {
    const outputs = await this.options.stackOutputs(name);
    if (outputs === undefined) return { name };
    const secretOutputNames = Object.keys(outputs).filter((key) => containsSecret(outputs[key] ?? null));
    return { name, outputs, secretOutputNames: secretOutputNames.sort() };
  }

  private async invoke(request: messages.ResourceInvokeRequest): Promise<InvokeResponse> {
    const token = request.getTok();
    const sentArgs = fromStruct(request.getArgs());
    const { transforms } = this.registrar;
    const [args, namedProvider, version] = await transforms.ofInvoke(
      token,
      sentArgs,
      request.getProvider(),
      request.getVersion(),
    );
    const providerRequest = this.registrar.providerRequestOf(
      token,
      request.getPackageref(),
      version,
      request.getPlugindownloadurl(),
    );
    const provider =
      namedProvider === "" ? this.registrar.defaultProvider(providerRequest, token) : namedProvider;
    const answer = await answerInvoke(token, args, {
      provider: this.registrar.providerInputs(provider),
      resource: (urn) => resourceAnswer(this.registrar.states.get(urn)),
      stackOutputs: (name) => this.outputsOfStack(name),
    });
    const response = new InvokeResponse();
    readAs(response, "getReturn", answer);
    return response;
  }
}

function resourceAnswer(state: ResourceState | undefined): Properties | undefined {
  return state && { urn: state.urn, id: state.id, provider: state.provider, state: state.outputs };
}
