import fs from "node:fs";
import type { Readable } from "node:stream";

/** The descriptor on which a process of the preview writes its messages to the preview. */
export const MESSAGES = 3;

/**
 * Sends one message as a line of JSON. Writing waits until the other side has taken it, so nothing is lost when this process ends,
 * however it ends.
 */
export function writeLine(message: unknown): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let sent = 0; sent < bytes.length;) sent += fs.writeSync(MESSAGES, bytes, sent);
}

/** Hands on each line of a stream as it arrives, without its end. */
export function readLines(stream: Readable, receive: (line: string) => void): void {
  let begun: string[] = [];
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    let start = 0;
    for (let end = chunk.indexOf("\n"); end !== -1; end = chunk.indexOf("\n", start)) {
      const line = begun.join("") + chunk.slice(start, end);
      begun = [];
      start = end + 1;
      receive(line);
    }
    if (start < chunk.length) begun.push(chunk.slice(start));
  });
}
