import type { Problem } from "../input/problem";
import type { ConfigValue } from "./config-values";
import type { ResourceState } from "./graph";
import type { PolicyResult } from "./preview-document";
import type { StackIdentity } from "./registrar";
import type { Properties } from "./values";

/** What the processes of a preview say to one another: each message is one line of JSON (lines.ts). */

/** The environment variable in which the program of a stack gets its {@link SentIdentity}. */
export const STACK_VARIABLE = "SLIPWAY_PREVIEW_STACK";

/** One more resource of the stack that runs. */
interface ResourceMessage {
  readonly kind: "resource";
  readonly state: ResourceState;
}

/** Components and the stack get their outputs after their children. */
interface OutputsMessage {
  readonly kind: "outputs";
  readonly urn: string;
  readonly outputs: Properties;
}

/** The program of a stack to the preview. */
export type FromProgram =
  | ResourceMessage
  | OutputsMessage
  | { readonly kind: "warning"; readonly text: string }
  | { readonly kind: "problem"; readonly problem: Problem }
  /** Asks for the outputs of another stack; `id` stands in the answer. */
  | { readonly kind: "stack-outputs"; readonly id: number; readonly name: string };

/** The preview to the program of a stack. Without `outputs` they cannot be known. */
export interface ToProgram {
  readonly kind: "stack-outputs";
  readonly id: number;
  readonly outputs?: Properties;
}

/** The preview to the policy pack: a stack, its resources, and then that these were all, or that the stack is not wanted any more. */
export type ToPack =
  | { readonly kind: "stack"; readonly identity: SentIdentity }
  | ResourceMessage
  | OutputsMessage
  | { readonly kind: "judge" }
  | { readonly kind: "abandon" };

/** The policy pack to the preview. */
export type FromPack =
  /** `name` with the version. */
  | { readonly kind: "ready"; readonly name: string }
  | { readonly kind: "result"; readonly result: PolicyResult }
  | { readonly kind: "broken"; readonly message: string };

/** A stack's identity as JSON can hold it. */
export type SentIdentity = Omit<StackIdentity, "config"> & {
  readonly config: readonly (readonly [string, ConfigValue])[];
};

export function sentIdentity({ organization, project, stack, config }: StackIdentity): SentIdentity {
  return { organization, project, stack, config: [...config] };
}

export function receivedIdentity(sent: SentIdentity): StackIdentity {
  return { ...sent, config: new Map(sent.config) };
}
