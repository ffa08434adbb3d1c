import fs from "node:fs";
import path from "node:path";
import type { SourceFiles } from "../reports/explain/source";

/** The files of the project that write policy statements; none where the project has no such folder. */
export function readSources(directory: string): SourceFiles {
  const folder = path.join(directory, "iam");
  if (!fs.existsSync(folder)) return new Map();
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Map(
    files
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [
        `iam/${file.split(path.sep).join("/")}`,
        fs.readFileSync(path.join(folder, file), "utf8"),
      ]),
  );
}
