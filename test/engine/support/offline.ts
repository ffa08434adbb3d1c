/** The offline preview of a workspace's project, through the command that people use. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { PreviewDocument } from "../../../preview/preview-document";
import { root } from "./engine";

export interface OfflineResult {
  readonly status: number | null;
  readonly document: PreviewDocument;
}

/** Runs `slipway preview --json` in a folder with Pulumi.yaml; `stacks` limits it. */
export function offlinePreview(folder: string, stacks: readonly string[]): Promise<OfflineResult> {
  const options = stacks.flatMap((stack) => ["--stack", stack]);
  const child = spawn(
    process.execPath,
    [join(root, "cli", "bin.js"), "preview", "--json", "--quiet", "--cwd", folder, ...options],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      try {
        resolve({ status, document: JSON.parse(stdout) as PreviewDocument });
      } catch {
        reject(
          new Error(
            `slipway preview --json printed no document (exit status ${String(status)}):\n${stdout}\n${stderr}`,
          ),
        );
      }
    });
  });
}
