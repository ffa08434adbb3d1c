/** The executable `pulumi-resource-aws`: prints its port, serves until its engine is gone. */
import { readFileSync } from "node:fs";
import { serve } from "./server";
import type { Schema } from "./schema";

const { SIMULATED_AWS: folder = "", SIMULATED_AWS_SCHEMA: schemaFile = "" } = process.env;
if (folder === "" || schemaFile === "") {
  throw new Error(
    "SIMULATED_AWS (the folder of the accounts) and SIMULATED_AWS_SCHEMA (the legal properties) must be set.",
  );
}
const engine = process.ppid;
// An engine that is killed cannot say goodbye; whose parent changed has lost it.
setInterval(() => {
  if (process.ppid !== engine) process.exit(0);
}, 200);
const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as Schema;
void serve(folder, schema).then((port) => process.stdout.write(`${port}\n`));
