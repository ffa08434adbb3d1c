import type { Slots } from "./slots";
import type { Properties } from "./values";

/**
 * Answers stack references between the stacks of one run. A stack that asks for the outputs of another one waits until that
 * one is done. Stacks that refer to one another in a circle get no outputs, as in a first deployment.
 */
export class StackOutputs {
  private readonly outputsOf = new Map<string, Promise<Properties | undefined>>();
  private readonly settle = new Map<string, (outputs: Properties | undefined) => void>();
  private readonly waitsFor = new Map<string, Set<string>>();

  constructor(
    private readonly project: string,
    stacks: readonly string[],
    private readonly slots: Slots,
  ) {
    for (const stack of stacks) {
      this.outputsOf.set(stack, new Promise((resolve) => this.settle.set(stack, resolve)));
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
    const outputs = this.outputsOf.get(other);
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
