import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realTool } from "./job-steps";

const policy = join(__dirname, "../../buildspecs/source-policy.json");

/**
 * What BuildKit would refuse to fetch for a Dockerfile under the platform's source policy, by BuildKit's own code
 * (test/support/buildkit). `onbuild` is an instruction that every base image carries.
 */
export function refusedSources(dockerfile: string, onbuild?: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "slipway-dockerfile-"));
  try {
    writeFileSync(join(folder, "Dockerfile"), dockerfile);
    const args = [policy, join(folder, "Dockerfile"), ...(onbuild === undefined ? [] : [onbuild])];
    const { status, stdout } = spawnSync(realTool("buildkit-sources"), args, {
      encoding: "utf8",
      timeout: 30_000,
    });
    if (status !== 0 && status !== 1) throw new Error(`BuildKit cannot read the Dockerfile: ${stdout}`);
    return stdout.trim() === "" ? [] : stdout.trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
