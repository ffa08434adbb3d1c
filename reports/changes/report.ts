/** The public result of `slipway diff --json`, version 1. Fields are only ever added, never renamed. */

export interface ChangeReport {
  readonly version: 1;
  /** What the base is, such as a commit or a file. */
  readonly base: string;
  readonly resources: readonly ResourceChange[];
  readonly access: readonly AccessChange[];
  /** Documents that became readable or changeable by the world, or by a stranger's account. */
  readonly exposures: readonly AccessChange[];
  /** USD a month: expected before and after. */
  readonly cost: { readonly before: number; readonly after: number };
  /** Pipelines whose running executions the change ends, with the reason. */
  readonly cancelled: readonly { readonly pipeline: string; readonly reason: string }[];
}

export interface ResourceChange {
  readonly stack: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly kind: "added" | "changed" | "replaced" | "removed";
  /** Whether it holds data, or is known to others by its id. */
  readonly stateful: boolean;
  readonly properties: readonly {
    readonly path: string;
    readonly before: string;
    readonly after: string;
    readonly replaces: boolean;
  }[];
}

export interface AccessChange {
  readonly stack: string;
  readonly urn: string;
  /** Property path of the document. */
  readonly path: string;
  /** The role or resource in people's words. */
  readonly subject: string;
  readonly direction: "wider" | "narrower" | "unknown";
  /** A sentence: what may now be done, or no more. */
  readonly summary: string;
}
