import type { WriteStream } from "node:tty";
import type { ProgressEvent } from "../preview/preview";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const INTERVAL_MS = 80;

interface StackState {
  readonly phase: "waiting" | "running" | "judging" | "done";
  readonly resources: number;
}

/** One line that says how far the preview is, and is overwritten as it goes. Without a terminal, nothing is written. */
export class Progress {
  private readonly stacks = new Map<string, StackState>();
  private readonly visible: boolean;
  private timer: NodeJS.Timeout | undefined;
  private frame = 0;

  constructor(
    private readonly stream: Pick<WriteStream, "isTTY" | "columns" | "write">,
    wanted: boolean,
  ) {
    this.visible = wanted && stream.isTTY;
  }

  show(event: ProgressEvent): void {
    if (!this.visible) return;
    if (event.kind === "stacks") {
      for (const stack of event.stacks) this.stacks.set(stack, { phase: "waiting", resources: 0 });
    } else this.stacks.set(event.stack, next(this.stacks.get(event.stack), event.kind));
    this.timer ??= setInterval(() => {
      this.draw();
    }, INTERVAL_MS).unref();
  }

  /** Takes the line away. */
  clear(): void {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.stream.write("\r\u001b[2K");
  }

  /** Writes the line as it stands. */
  draw(): void {
    if (!this.visible) return;
    this.frame = (this.frame + 1) % FRAMES.length;
    const stacks = [...this.stacks].map(([name, state]) => `${name} ${describe(state)}`);
    const line = `${FRAMES[this.frame] ?? ""} ${stacks.join("   ")}`;
    this.stream.write(`\r\u001b[2K${line.slice(0, Math.max(this.stream.columns - 1, 1))}`);
  }
}

function next(
  before: StackState | undefined,
  kind: "started" | "resource" | "judging" | "finished",
): StackState {
  const resources = before?.resources ?? 0;
  switch (kind) {
    case "started":
      return { phase: "running", resources };
    case "resource":
      return { phase: "running", resources: resources + 1 };
    case "judging":
      return { phase: "judging", resources };
    case "finished":
      return { phase: "done", resources };
  }
}

function describe({ phase, resources }: StackState): string {
  switch (phase) {
    case "waiting":
      return "…";
    case "running":
      return String(resources);
    case "judging":
      return `${String(resources)} judging`;
    case "done":
      return `${String(resources)} ✔`;
  }
}
