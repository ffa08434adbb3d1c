/** The public result of `slipway limits --json`, version 1. Fields are only ever added, never renamed. */

export interface LimitsReport {
  readonly version: 1;
  /** Nearest to its limit first. */
  readonly limits: readonly LimitUse[];
}

export interface LimitUse {
  /** AWS's name of the quota, or of the hard limit. */
  readonly name: string;
  readonly service: string;
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  /** What the number is about, such as a role's name; "" for the whole account. */
  readonly subject: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /** What the use will be with ten times the applications. */
  readonly atTenTimes: number;
  /** Page of AWS, and the day on which it was read. */
  readonly source: string;
  readonly read: string;
  readonly remedy: string;
}
