import type { Range } from "./range";

const amount = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const quantity = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 5 });

/** `1,234.50` */
export function money(usd: number): string {
  // What rounds to nothing has no sign.
  return amount.format(Math.abs(usd) < 0.005 ? 0 : usd);
}

/** `+1.50`, `-0.20`, `0.00` */
export function change(usd: number): string {
  return Math.abs(usd) < 0.005 ? money(0) : `${usd > 0 ? "+" : ""}${money(usd)}`;
}

/** `5` where it is known, else `1 – 2 – 4`. */
export function rangeText({ low, expected, high }: Range): string {
  const numbers = [low, expected, high].map((number) => quantity.format(number));
  return new Set(numbers).size === 1 ? (numbers[0] ?? "") : numbers.join(" – ");
}
