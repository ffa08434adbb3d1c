/** A line on a terminal that says how many files have been checked, once there are many. */
import type { WriteStream } from "node:tty";

/** Fewer files are done before anybody has read a line. */
const MANY = 200;
const EVERY = 50;

export class ProgressLine {
  private files = 0;

  constructor(private readonly stream: Pick<WriteStream, "isTTY" | "write">) {}

  /** One file more has been checked. */
  count(): void {
    this.files++;
    if (this.stream.isTTY && this.files >= MANY && this.files % EVERY === 0)
      this.stream.write(`\r\u001b[2K${this.files} files checked`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.stream.isTTY && this.files >= MANY) this.stream.write("\r\u001b[2K");
  }
}
