/** What is at least, most likely and at most the case: `low` ≤ `expected` ≤ `high`, none below zero. */
export interface Range {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

export const nothing: Range = { low: 0, expected: 0, high: 0 };

/** A number that is known. */
export function exactly(number: number): Range {
  return { low: number, expected: number, high: number };
}

/** Applies a function to each of the three; it must not turn their order round. */
export function combine(work: (...numbers: number[]) => number, ...ranges: readonly Range[]): Range {
  return {
    low: work(...ranges.map(({ low }) => low)),
    expected: work(...ranges.map(({ expected }) => expected)),
    high: work(...ranges.map(({ high }) => high)),
  };
}

export function times(...ranges: readonly Range[]): Range {
  return combine((...numbers) => numbers.reduce((product, number) => product * number, 1), ...ranges);
}

export function sumOf(ranges: readonly Range[]): Range {
  return combine((...numbers) => numbers.reduce((sum, number) => sum + number, 0), ...ranges);
}
