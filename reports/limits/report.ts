/** The public result of `slipway limits --json`, version 1. Fields are only ever added, never renamed. */

export interface LimitsReport {
  readonly version: 1;
  /** How many applications the preview has. */
  readonly applications: number;
  /** Nearest to its limit first. */
  readonly limits: readonly LimitUse[];
  /** What no number here can say. */
  readonly remarks: readonly string[];
}

export interface LimitUse {
  /** AWS's name of the quota, or of the hard limit. */
  readonly name: string;
  readonly service: string;
  /** The stacks of the account, or the one that has the subject. */
  readonly stack: string;
  readonly accountId: string;
  /** "" where the limit is the account's in all regions. */
  readonly region: string;
  /** What comes nearest to the limit there, such as a role's name; "" for a number of the whole account. */
  readonly subject: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /** What the use will be with ten times the applications. */
  readonly atTenTimes: number;
  /** How many times today's applications fit below the limit; null where their number does not matter to it. */
  readonly fitsTimes: number | null;
  /** Page of AWS, and the day on which it was read; "" where the number has yet to be confirmed there. */
  readonly source: string;
  readonly read: string;
  readonly remedy: string;
}
