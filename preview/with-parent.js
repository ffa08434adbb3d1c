/**
 * Ends this process when its parent is gone, however the parent went: the parent holds the other end of standard input.
 * Preloaded with `node -r`.
 */
"use strict";

process.stdin.on("end", () => process.exit(1));
process.stdin.on("error", () => process.exit(1));
process.stdin.resume();
// Waiting for the end of standard input alone must not keep this process running.
process.stdin.unref?.();
