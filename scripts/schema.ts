import { writeFileSync } from "node:fs";
import { applicationJsonSchema } from "../definitions/json-schema";

writeFileSync("applications/application.schema.json", JSON.stringify(applicationJsonSchema(), null, 2));
