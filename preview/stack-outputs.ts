import type { Slots } from "./slots";
import type { Properties } from "./values";

/**
 * Answers stack references between the stacks of one run: whoever asks for another stack's outputs waits until that
 * stack is done. Stacks that wait for one another in a circle learn nothing, as nothing is deployed yet.
 */
export class StackOutputs {
  private readonly known = new Map<string, Promise<Properties | undefined>>();
  private readonly settle = new Map<string, (outputs: Properties | undefined) => void>();
  private readonly waitsFor = new Map<string, Set<string>>();

  constructor(
    private readonly project: string,
    stacks: readonly string[],
    private readonly slots: Slots,
  ) {
    for (const stack of stacks) {
      this.known.set(stack, new Promise((resolve) => this.settle.set(stack, resolve)));
    }
  }

  /** @param outputs undefined when the stack did not get that far */
  finish(stack: string, outputs: Properties | undefined): void {
    this.settle.get(stack)?.(outputs);
  }

  /** What a reference from `stack` to `name` (`stack`, `organization/stack` or `organization/project/stack`) can know. */
  async lookUp(stack: string, name: string): Promise<Properties | undefined> {
    const parts = name.split("/");
    const other = parts.at(-1) ?? "";
    const outputs = this.known.get(other);
    if (outputs === undefined || (parts.length === 3 && parts[1] !== this.project)) return undefined;
    if (this.reaches(other, stack)) return undefined;
    const waiting = this.waitsFor.get(stack) ?? new Set();
    this.waitsFor.set(stack, waiting.add(other));
    try {
      return await this.slots.lend(() => outputs);
    } finally {
      waiting.delete(other);
    }
  }

  private reaches(from: string, to: string): boolean {
    return from === to || [...(this.waitsFor.get(from) ?? [])].some((next) => this.reaches(next, to));
  }
}
