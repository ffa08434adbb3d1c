/** Boots a policy pack as the engine does and asks it over gRPC. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

const PACK = path.join(__dirname, "../../../policy-pack");

/** Pulumi's mark for a text that is not known yet. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value as Pulumi sends secrets. */
export function secret(value: unknown): object {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly properties: object;
  /** Property name to the names of the resources it depends on. */
  readonly dependsOn?: Readonly<Record<string, readonly string[]>>;
}

/** A diagnostic in short: `mandatory` or `advisory`, its severity, the resource's name, and the whole message. */
export interface Diagnostic {
  readonly level: string;
  readonly severity: string;
  readonly rule: string;
  readonly name: string;
  readonly message: string;
}

export function rolePolicy(name: string, policy: unknown): Resource {
  return { type: "aws:iam/rolePolicy:RolePolicy", name, properties: { role: "app", policy } };
}

/** `level rule` of every diagnostic. */
export function brief(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ level, rule }) => `${level} ${rule}`);
}

export class Analyzer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
    readonly stack: string,
  ) {}

  /** Starts the pack in the folder; @pulumi/pulumi is resolved as from there. */
  static async start(directory: string, stack = "prod"): Promise<Analyzer> {
    const runner = createRequire(path.join(directory, "package.json")).resolve(
      "@pulumi/pulumi/cmd/run-policy-pack",
    );
    const child = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const errors: string[] = [];
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
    const stopped = once(child, "exit").then(() => {
      throw new Error(`the pack did not start: ${errors.join("")}`);
    });
    const [port] = (await Promise.race([once(child.stdout, "data"), stopped])) as [Buffer];
    stopped.catch(() => undefined);
    const address = `127.0.0.1:${port.toString().trim()}`;
    return new Analyzer(child, new AnalyzerClient(address, grpc.credentials.createInsecure()), stack);
  }

  /** Compiles our own pack and starts it. */
  static async startOwnPack(): Promise<Analyzer> {
    execFileSync(process.execPath, [path.join(PACK, "build.mjs")]);
    return Analyzer.start(PACK);
  }

  /** Back to a stack without configuration and tags. */
  async reset(): Promise<void> {
    await this.configure({});
    await this.tag({});
  }

  stop(): void {
    this.client.close();
    this.child.kill();
  }

  async info(): Promise<messages.AnalyzerInfo> {
    return call((done) => this.client.getAnalyzerInfo(new Empty(), done));
  }

  /** Sets the level and the properties of rules, as a pack configuration file does. */
  async configure(
    options: Readonly<Record<string, object>>,
    level: messages.EnforcementLevel = messages.EnforcementLevel.MANDATORY,
  ): Promise<void> {
    const request = new messages.ConfigureAnalyzerRequest();
    for (const [rule, properties] of Object.entries(options)) {
      const config = new messages.PolicyConfig();
      config.setEnforcementlevel(level);
      config.setProperties(struct(properties));
      request.getPolicyconfigMap().set(rule, config);
    }
    await call((done) => this.client.configure(request, done));
  }

  async tag(tags: Readonly<Record<string, string>>): Promise<void> {
    const request = new messages.AnalyzerStackConfigureRequest();
    request.setStack(this.stack);
    request.setDryRun(true);
    for (const [key, value] of Object.entries(tags)) request.getTagsMap().set(key, value);
    await call((done) => this.client.configureStack(request, done));
  }

  /** What the pack says to one resource and its inputs. */
  async analyze({ type, name, properties }: Resource): Promise<Diagnostic[]> {
    const request = new messages.AnalyzeRequest();
    request.setType(type);
    request.setName(name);
    request.setUrn(this.urn(type, name));
    request.setProperties(struct(properties));
    request.setOptions(new messages.AnalyzerResourceOptions());
    const response = await call<messages.AnalyzeResponse>((done) => this.client.analyze(request, done));
    return diagnosticsOf(response, name);
  }

  /** What the pack says to all resources of the stack together. */
  async analyzeStack(resources: readonly Resource[]): Promise<Diagnostic[]> {
    const urns = new Map(resources.map(({ type, name }) => [name, this.urn(type, name)]));
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(
      resources.map(({ type, name, properties, dependsOn = {} }) => {
        const resource = new messages.AnalyzerResource();
        resource.setType(type);
        resource.setName(name);
        resource.setUrn(this.urn(type, name));
        resource.setProperties(struct(properties));
        resource.setOptions(new messages.AnalyzerResourceOptions());
        for (const [property, names] of Object.entries(dependsOn)) {
          const dependencies = new messages.AnalyzerPropertyDependencies();
          dependencies.setUrnsList(names.map((other) => urns.get(other) ?? ""));
          resource.getPropertydependenciesMap().set(property, dependencies);
        }
        return resource;
      }),
    );
    const response = await call<messages.AnalyzeResponse>((done) => this.client.analyzeStack(request, done));
    return diagnosticsOf(response, "");
  }

  private urn(type: string, name: string): string {
    return `urn:pulumi:${this.stack}::orders::${type}::${name}`;
  }
}

function diagnosticsOf(response: messages.AnalyzeResponse, name: string): Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    level:
      diagnostic.getEnforcementlevel() === messages.EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
    severity: severityOf(diagnostic.getSeverity()),
    rule: diagnostic.getPolicyname(),
    name: diagnostic.getUrn().split("::").at(-1) || name,
    message: diagnostic.getMessage(),
  }));
}

const SEVERITY_WORDS: Readonly<Record<messages.PolicySeverity, string>> = {
  [messages.PolicySeverity.POLICY_SEVERITY_UNSPECIFIED]: "",
  [messages.PolicySeverity.POLICY_SEVERITY_LOW]: "low",
  [messages.PolicySeverity.POLICY_SEVERITY_MEDIUM]: "medium",
  [messages.PolicySeverity.POLICY_SEVERITY_HIGH]: "high",
  [messages.PolicySeverity.POLICY_SEVERITY_CRITICAL]: "critical",
};

/** The severity in a word. */
export function severityOf(severity: messages.PolicySeverity): string {
  return SEVERITY_WORDS[severity];
}

function struct(value: object): Struct {
  return Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
}

type Callback<T> = (error: grpc.ServiceError | null, response: T) => void;

async function call<T>(start: (done: Callback<T>) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}
