/** The public result of `slipway cost --json`, version 1. Fields are only ever added, never renamed. Amounts are USD a month. */
import type { Range } from "./range";

export interface CostReport {
  readonly version: 1;
  readonly currency: "USD";
  readonly period: "month";
  /** When the prices were looked up. */
  readonly pricesOf: string;
  /** What the delivery costs: the shared part and the applications' shares add up to it. */
  readonly total: Range;
  /** What the platform costs without any release. */
  readonly shared: Range;
  /** By name. */
  readonly applications: readonly ApplicationCost[];
  /** What the applications run beside, as far as the program knows it: no part of the total. */
  readonly running: Range;
  readonly accounts: readonly AccountCost[];
  readonly services: readonly ServiceCost[];
  readonly items: readonly CostItem[];
  /** What is there and costs nothing, with the reason. */
  readonly free: readonly FreeType[];
  /** What is there and has no price in the table. */
  readonly notPriced: readonly NotPriced[];
  readonly notIncluded: readonly string[];
  readonly assumptions: readonly AssumptionUsed[];
  readonly prices: readonly PriceUsed[];
  /** What one should know about the prices of the regions. */
  readonly remarks: readonly string[];
}

export interface ApplicationCost {
  readonly name: string;
  readonly usd: Range;
  /** What its ECS services run: its own cost, not the delivery's. */
  readonly running: Range;
}

/** The delivery's part of a stack's account. */
export interface AccountCost {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  readonly usd: Range;
}

export interface ServiceCost {
  readonly service: string;
  readonly usd: Range;
}

export interface CostItem {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  /** "" for what the platform shares. */
  readonly application: string;
  readonly service: string;
  readonly what: string;
  readonly quantity: Range;
  readonly unit: string;
  /** What the free tier leaves of it. */
  readonly usd: Range;
  readonly running: boolean;
}

export interface FreeType {
  readonly type: string;
  readonly count: number;
  readonly reason: string;
}

export interface NotPriced {
  readonly what: string;
  readonly count: number;
}

export interface AssumptionUsed extends Range {
  readonly name: string;
  readonly text: string;
  readonly unit: string;
  /** Whether it is another one than the shipped. */
  readonly changed: boolean;
}

export interface PriceUsed {
  readonly name: string;
  readonly service: string;
  readonly what: string;
  readonly unit: string;
  readonly region: string;
  readonly usd: Range;
  /** "everywhere", "here", or the region whose price stands for that of `region`. */
  readonly known: string;
  readonly source: string;
  /** The date that the source gives, "" where it gives none. */
  readonly stated: string;
}
