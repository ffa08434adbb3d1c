import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { markedMessage, readMessage, unknownPathsIn } from "../policy-pack/marks";
import type { PolicyFinding, PolicyResult } from "./preview-document";
import { providerUrn, type ResourceState } from "./graph";
import { BreakdownError } from "./problems";
import type { StackIdentity } from "./registrar";
import { readAs } from "./local-service";
import { call } from "./rpc";
import { isObject, mapProperties, type Properties, type Value } from "./values";

/** What the SDK says when a policy meets a value that is not known yet (`UnknownValueError` in @pulumi/policy). */
const UNKNOWN_VALUE = /^can't run policy '.*' from policy pack '.*' during preview: (.*)$/s;
const UNKNOWN_PATH = / value at \.(\S+) can't be known/;

/** The calls of a policy pack that judge; each answers by its last argument. */
export type Analyzer = Pick<AnalyzerClient, "analyze" | "analyzeStack" | "configureStack">;

/**
 * Shows a policy pack a stack as the engine does in a preview: each resource with its inputs as it comes, then all with their
 * outputs. One pack judges one stack at a time.
 */
export class PolicyCheck {
  private readonly states = new Map<string, ResourceState>();
  private readonly configured: Promise<unknown>;
  private readonly perResource: Promise<readonly PolicyFinding[]>[] = [];

  /** @param pack name and version */
  constructor(
    private readonly analyzer: Analyzer,
    private readonly pack: string,
    identity: StackIdentity,
  ) {
    this.configured = ask((done) => analyzer.configureStack(stackRequest(identity), done));
    this.configured.catch(() => undefined);
  }

  /** Shows the next resource; those that it names have been shown before. */
  show(state: ResourceState): void {
    this.states.set(state.urn, state);
    if (state.external) return;
    const findings = this.analyze(state);
    // What fails is told by `result`.
    findings.catch(() => undefined);
    this.perResource.push(findings);
  }

  setOutputs(urn: string, outputs: Properties): void {
    const state = this.states.get(urn);
    if (state !== undefined) state.outputs = outputs;
  }

  /** What the pack says of the whole stack, once all of it has been shown. */
  async result(): Promise<PolicyResult> {
    await this.configured;
    const made = [...this.states.values()].filter(({ external }) => !external);
    const perResource = await Promise.all(this.perResource);
    const ofStack = await this.analyzeStack(made);
    const { violations, notVerifiable, exempted } = sorted([...perResource.flat(), ...ofStack]);
    const unseen = made.filter(({ remote }) => remote).map(unseenChildren);
    return {
      pack: this.pack,
      judged: made.length,
      violations,
      notVerifiable: [...notVerifiable, ...unseen],
      exempted,
    };
  }

  private async analyze(state: ResourceState): Promise<readonly PolicyFinding[]> {
    await this.configured;
    const response = await ask<messages.AnalyzeResponse>((done) =>
      this.analyzer.analyze(resourceRequest(state, this.states), done),
    );
    // The engine takes the URN of the resource, whatever the policy says.
    return response.getDiagnosticsList().map((diagnostic) => finding(diagnostic, state.urn));
  }

  private async analyzeStack(made: readonly ResourceState[]): Promise<readonly PolicyFinding[]> {
    const stack = new messages.AnalyzeStackRequest();
    stack.setResourcesList(made.map((state) => stackResource(state, this.states)));
    const response = await ask<messages.AnalyzeResponse>((done) => this.analyzer.analyzeStack(stack, done));
    const root = made[0]?.urn ?? "";
    return response.getDiagnosticsList().map((diagnostic) => {
      const urn = diagnostic.getUrn();
      return finding(diagnostic, this.states.has(urn) ? urn : root);
    });
  }
}

/** The children of a remote component are made by its provider plugin, which an offline preview does not run. */
function unseenChildren({ urn, type }: ResourceState): PolicyFinding {
  return {
    rule: "remote-component",
    level: "advisory",
    severity: "",
    urn,
    path: "",
    message: `${type} is built by a provider plugin, which an offline preview does not run: nothing inside it was judged.`,
  };
}

/** A call to the pack; a rule that throws makes it fail. */
async function ask<Response>(send: Parameters<typeof call<Response>>[0]): Promise<Response> {
  try {
    return await call(send);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BreakdownError(`The policy pack broke down: ${reason}`);
  }
}

function stackRequest({
  organization,
  project,
  stack,
  config,
}: StackIdentity): messages.AnalyzerStackConfigureRequest {
  const request = new messages.AnalyzerStackConfigureRequest();
  request.setOrganization(organization);
  request.setProject(project);
  request.setStack(stack);
  request.setDryRun(true);
  for (const [key, { text, isSecret }] of config) {
    request.getConfigMap().set(key, text);
    if (isSecret) request.addConfigSecretKeys(key);
  }
  return request;
}

function resourceRequest(
  state: ResourceState,
  states: ReadonlyMap<string, ResourceState>,
): messages.AnalyzeRequest {
  const request = new messages.AnalyzeRequest();
  request.setUrn(state.urn);
  request.setType(state.type);
  request.setName(state.name);
  readAs(request, "getProperties", withoutInternals(state.inputs));
  request.setOptions(resourceOptions(state));
  request.setProvider(providerResource(state, states));
  return request;
}

function stackResource(
  state: ResourceState,
  states: ReadonlyMap<string, ResourceState>,
): messages.AnalyzerResource {
  const resource = new messages.AnalyzerResource();
  resource.setUrn(state.urn);
  resource.setType(state.type);
  resource.setName(state.name);
  readAs(resource, "getProperties", withoutInternals(state.outputs));
  resource.setOptions(resourceOptions(state));
  resource.setProvider(providerResource(state, states));
  resource.setParent(state.parent);
  resource.setDependenciesList([...state.dependencies]);
  for (const [property, urns] of Object.entries(state.propertyDependencies)) {
    if (urns.length === 0) continue;
    const dependencies = new messages.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    resource.getPropertydependenciesMap().set(property, dependencies);
  }
  return resource;
}

function resourceOptions({ options, parent }: ResourceState): messages.AnalyzerResourceOptions {
  const message = new messages.AnalyzerResourceOptions();
  message.setProtect(options.protect ?? false);
  message.setIgnorechangesList([...options.ignoreChanges]);
  message.setDeletebeforereplace(options.deleteBeforeReplace ?? false);
  message.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined);
  message.setAdditionalsecretoutputsList([...options.additionalSecretOutputs]);
  const timeouts = new messages.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(options.timeouts.create);
  timeouts.setUpdate(options.timeouts.update);
  timeouts.setDelete(options.timeouts.delete);
  message.setCustomtimeouts(timeouts);
  message.setParent(parent);
  return message;
}

function providerResource(
  state: ResourceState,
  states: ReadonlyMap<string, ResourceState>,
): messages.AnalyzerProviderResource | undefined {
  const provider = states.get(providerUrn(state.provider));
  if (provider === undefined) return undefined;
  const resource = new messages.AnalyzerProviderResource();
  resource.setUrn(provider.urn);
  resource.setType(provider.type);
  resource.setName(provider.name);
  readAs(resource, "getProperties", withoutInternals(provider.inputs));
  return resource;
}

/** The engine keeps keys that start with `__` to itself. */
function withoutInternals(properties: Properties): Properties {
  const kept = Object.entries(properties).filter(([key]) => !key.startsWith("__"));
  return mapProperties(Object.fromEntries(kept), withoutInternalsInside);
}

function withoutInternalsInside(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(withoutInternalsInside);
  return isObject(value) ? withoutInternals(value) : value;
}

function finding(diagnostic: messages.AnalyzeDiagnostic, urn: string): PolicyFinding {
  const advisory = diagnostic.getEnforcementlevel() === messages.EnforcementLevel.ADVISORY;
  return {
    rule: diagnostic.getPolicyname(),
    level: advisory ? "advisory" : "mandatory",
    severity: SEVERITIES[diagnostic.getSeverity()],
    urn,
    path: "",
    message: ownMessage(diagnostic.getMessage(), diagnostic.getDescription()),
  };
}

const SEVERITIES: Readonly<Record<messages.PolicySeverity, PolicyFinding["severity"]>> = {
  [messages.PolicySeverity.POLICY_SEVERITY_UNSPECIFIED]: "",
  [messages.PolicySeverity.POLICY_SEVERITY_LOW]: "low",
  [messages.PolicySeverity.POLICY_SEVERITY_MEDIUM]: "medium",
  [messages.PolicySeverity.POLICY_SEVERITY_HIGH]: "high",
  [messages.PolicySeverity.POLICY_SEVERITY_CRITICAL]: "critical",
};

function sorted(
  findings: readonly PolicyFinding[],
): Pick<PolicyResult, "violations" | "notVerifiable" | "exempted"> {
  const violations: PolicyFinding[] = [];
  const notVerifiable: PolicyFinding[] = [];
  const exempted: PolicyFinding[] = [];
  for (const finding of findings) {
    const advisory = finding.level === "advisory";
    const { mark, text } = readMessage(finding.message);
    const unread = UNKNOWN_VALUE.exec(finding.message)?.[1];
    if (advisory && mark === "exempted") exempted.push(located({ ...finding, message: text }));
    else if (advisory && mark === "not-verifiable")
      notVerifiable.push({ ...finding, path: unknownPathsIn(text), message: text });
    else if (advisory && unread !== undefined)
      notVerifiable.push({ ...finding, path: UNKNOWN_PATH.exec(unread)?.[1] ?? "", message: unread });
    else if (mark === "baseline") {
      const unmarked = located({ ...finding, message: text });
      violations.push({ ...unmarked, message: markedMessage(mark, unmarked.message) });
    } else violations.push(located(finding));
  }
  return { violations, notVerifiable, exempted };
}

/** Our pack begins a message with the property that it is about. */
function located(finding: PolicyFinding): PolicyFinding {
  const { message } = finding;
  const path = /^([A-Za-z]\w*(?:[.[]\S*)?): /.exec(message)?.[1];
  return path === undefined ? finding : { ...finding, path, message: message.slice(path.length + 2) };
}

/** The SDK puts the description of the policy on a line before what the policy itself says. */
function ownMessage(message: string, description: string): string {
  const prefix = `${description}\n`;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}
