/** A quota of AWS, or a hard size. Numbers are AWS's defaults. */
export interface Quota {
  readonly service: string;
  /** As AWS calls it. */
  readonly name: string;
  readonly limit: number;
  readonly unit: string;
  readonly adjustable: boolean;
  /** Whether it counts for the account in all regions, or for each of its regions. */
  readonly scope: "account" | "region";
  readonly source: string;
  /** The day on which the number was looked up, in the page or a copy of it; UNREAD where that is still to be done. */
  readonly read: string;
  readonly remedy: string;
}

/** Of a number that is common knowledge, and has yet to be compared with AWS's page. */
export const UNREAD = "";

/** Where AWS keeps its documentation. */
export const docs = "https://docs.aws.amazon.com";

export const ask = "Ask for more in Service Quotas";
