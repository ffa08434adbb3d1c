/** Faults on purpose: which call goes wrong and how, read from `faults.json` in the simulator's folder. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type FaultKind =
  /** AWS answers with an internal error; nothing was changed. */
  | "fail"
  /** AWS says that it is asked too often, `times` times in a row. */
  | "throttle"
  /** The credentials may not do this. */
  | "deny"
  /** The change is made, the answer never comes. */
  | "hang"
  /** The change is made, the answer waits until the test lets it go (a file `resume`). */
  | "pause"
  /** The change is made, then the provider process dies without an answer. */
  | "die"
  /** The provider process dies before anything is changed. */
  | "die-before"
  /** The change is made, AWS answers with an error all the same. */
  | "fail-after";

export interface Fault {
  readonly kind: FaultKind;
  /** The k-th changing call of the provider process, counted from 1. */
  readonly at: number;
  /** For `throttle`: how often in a row, 1 by default. */
  readonly times?: number;
}

export class Faults {
  private calls = 0;
  private paused = false;
  private readonly faults: readonly Fault[];

  constructor(private readonly folder: string) {
    const file = join(folder, "faults.json");
    this.faults = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Fault[]) : [];
  }

  /** Counts a changing call and says what is to go wrong with it. */
  next(): Fault | undefined {
    this.calls += 1;
    const fault = this.faults.find(({ at }) => at === this.calls);
    if (fault?.kind === "pause") this.paused = true;
    return fault;
  }

  /** Hands out the answer: at once, or after a `pause` when the test lets it go. */
  release(answer: () => void): void {
    if (!this.paused) {
      answer();
      return;
    }
    this.paused = false;
    this.reached();
    const timer = setInterval(() => {
      if (!existsSync(join(this.folder, "resume"))) return;
      clearInterval(timer);
      answer();
    }, 5);
  }

  /** Lets a test know that the moment has come: the file holds the process to kill. */
  reached(): void {
    writeFileSync(join(this.folder, "reached"), String(process.pid));
  }
}
