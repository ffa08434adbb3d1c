/** Lets a limited number of tasks run at once; a task that waits for another may lend its place. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    await this.take();
    try {
      return await task();
    } finally {
      this.give();
    }
  }

  /** Called inside a task: lets another task run in its place until `work` is done. */
  async lend<Result>(work: () => Promise<Result>): Promise<Result> {
    this.give();
    try {
      return await work();
    } finally {
      await this.take();
    }
  }

  private async take(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private give(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}
