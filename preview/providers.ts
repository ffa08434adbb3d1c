import type { RegisterPackageRequest } from "@pulumi/pulumi/proto/resource_pb";
import { UNKNOWN } from "./preview-document";
import { ProblemError } from "./problems";
import type { StackConfig } from "./config-values";
import { secret, type Properties } from "./values";

/** Which provider a resource, read or function call asks for when it names none itself. */
export interface ProviderRequest {
  readonly package: string;
  /** The plugin that serves the package: another name only for packages that a plugin makes from a parameter. */
  readonly plugin: string;
  /** "" when the SDK leaves the choice to the engine. */
  readonly version: string;
  readonly url: string;
  readonly parameter?: { readonly version: string; readonly value: string };
}

export function providerRequest(packageName: string, version: string, url: string): ProviderRequest {
  return { package: packageName, plugin: packageName, version, url: url.replace(/\/$/, "") };
}

/** The packages that the SDK has announced, by the reference that it was given for each. */
export class Packages {
  private readonly references = new Map<string, ProviderRequest>();

  register(request: RegisterPackageRequest): string {
    const parameter = request.getParameterization();
    const announced: ProviderRequest = {
      ...providerRequest(request.getName(), request.getVersion(), request.getDownloadUrl()),
      ...(parameter === undefined
        ? {}
        : {
            package: parameter.getName(),
            parameter: { version: parameter.getVersion(), value: parameter.getValue_asB64() },
          }),
    };
    const reference = JSON.stringify(announced);
    this.references.set(reference, announced);
    return reference;
  }

  /** What the reference stands for; `otherwise` when there is no reference. */
  resolve(reference: string, otherwise: ProviderRequest): ProviderRequest {
    if (reference === "") return otherwise;
    const announced = this.references.get(reference);
    if (announced === undefined) throw new Error(`unknown provider package '${reference}'`);
    return announced;
  }
}

/**
 * The name the engine gives the provider that it makes where the program names none: `default`, with the version and the
 * download address when they are known (`DefaultName` in pkg/resource/deploy/providers of pulumi/pulumi).
 */
export function defaultProviderName(request: ProviderRequest): string {
  const version = request.parameter?.version ?? request.version;
  const parts = version === "" ? [] : version.split(/[.+-]/);
  const address = request.url.split("/").filter((part) => part !== "");
  const safe = address.map((part) => part.replace(/[^A-Za-z0-9_.-]/g, "_")).join("/");
  return ["default", ...parts, ...(safe === "" ? [] : [safe])].join("_");
}

/** The inputs of a default provider: the config under its package's name, and the version. */
export function defaultProviderInputs(request: ProviderRequest, config: StackConfig): Properties {
  return { ...packageConfig(request.package, config), ...pluginInputs(request) };
}

/** What the engine adds to the inputs of a provider so that it finds the plugin again. */
export function pluginInputs(request: ProviderRequest): Properties {
  const { version, url, plugin, parameter } = request;
  const address = url === "" ? {} : { pluginDownloadURL: url };
  if (parameter !== undefined) {
    const internal = { ...address, name: plugin, version, parameterization: parameter.value };
    return { __internal: internal, version: parameter.version };
  }
  if (version === "" && url === "") return {};
  return { __internal: address, ...(version === "" ? {} : { version }) };
}

function packageConfig(packageName: string, config: StackConfig): Properties {
  const dynamic = DYNAMIC_PACKAGES.includes(packageName);
  const prefix = dynamic ? "" : `${packageName}:`;
  const entries = [...config].filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(
    entries.map(([key, { text, isSecret }]) => [key.slice(prefix.length), isSecret ? secret(text) : text]),
  );
}

/** Providers that are functions of the program: they get the whole config (`GetPackageConfig` in pulumi/pulumi). */
const DYNAMIC_PACKAGES = ["pulumi-nodejs", "pulumi-python"];

/** Throws when `pulumi:disable-default-providers` forbids the provider. */
export function refuseDeniedProvider(packageName: string, user: string, config: StackConfig): void {
  const setting = config.get("pulumi:disable-default-providers")?.text ?? "";
  if (setting === "" || packageName === "pulumi") return;
  const denied = (JSON.parse(setting) as unknown[]).map((item) => String(item).trim());
  if (!denied.includes("*") && !denied.includes(packageName)) return;
  throw new ProblemError({
    message:
      `${user} names no provider, and the default provider of ${packageName} is switched off ` +
      `(pulumi:disable-default-providers: ${denied.join(", ")}).`,
    remedy: `Give the resource a provider, or take ${packageName} out of pulumi:disable-default-providers.`,
  });
}

/** The reference of a provider in a preview, where no provider has an id yet. */
export function providerReference(urn: string): string {
  return `${urn}::${UNKNOWN}`;
}
