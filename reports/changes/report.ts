/** The public result of `slipway diff --json`, version 1. Fields are only ever added, never renamed. */

export interface ChangeReport {
  readonly version: 1;
  /** What the base is, such as a commit or a file. */
  readonly base: string;
  readonly resources: readonly ResourceChange[];
  readonly access: readonly AccessChange[];
  /** Documents that became readable or changeable by the world, or by a stranger's account. */
  readonly exposures: readonly AccessChange[];
  /** USD a month. */
  readonly cost: CostChange;
  /** Pipelines whose running executions the change ends, with the reason. */
  readonly cancelled: readonly Cancellation[];
  /** What the comparison could not look at, a sentence each. */
  readonly remarks: readonly string[];
}

export interface ResourceChange {
  readonly stack: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** `renamed`: only its URN is another one, and an alias tells Pulumi so. */
  readonly kind: "added" | "changed" | "replaced" | "removed" | "renamed";
  /** The URN in the base, where it is another one. */
  readonly formerUrn?: string;
  /** Whether it holds data, or is known to others by its id. */
  readonly stateful: boolean;
  /** What is lost with it, or what to know of it, a sentence; "" where there is nothing to say. */
  readonly loss: string;
  readonly properties: readonly PropertyChange[];
}

export interface PropertyChange {
  readonly path: string;
  /** As JSON, cut where it is long; "" where the property is not there. */
  readonly before: string;
  readonly after: string;
  /** Whether the change makes Pulumi replace the resource. */
  readonly replaces: boolean;
}

export interface AccessChange {
  readonly stack: string;
  readonly urn: string;
  /** Property path of the document. */
  readonly path: string;
  /** The role or resource in people's words. */
  readonly subject: string;
  readonly direction: Direction;
  /** A sentence: what may now be done, or no more. */
  readonly summary: string;
  /** The Sid, or the number of the statement; "" where no statement is meant. */
  readonly statement: string;
  /** Whether the role or resource itself is new or gone. */
  readonly of: "existing" | "new" | "removed";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Who is let in; empty for what the subject itself may do. */
  readonly principals: readonly string[];
}

export type Direction = "wider" | "narrower" | "unknown";

export interface CostChange {
  /** Expected. */
  readonly before: number;
  readonly after: number;
  /** By name, where something changed. */
  readonly applications: readonly {
    readonly name: string;
    readonly kind: "new" | "gone" | "changed";
    readonly before: number;
    readonly after: number;
  }[];
}

export interface Cancellation {
  readonly stack: string;
  readonly pipeline: string;
  readonly reason: string;
  /** AWS's page that says so. */
  readonly source: string;
}
