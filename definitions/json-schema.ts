import { z } from "zod";
import { applicationSchema } from "./schema";

/** The shape of an application file for editors; `npm run schema` writes it to applications/application.schema.json. */
export function applicationJsonSchema(): object {
  return {
    title: "Application on Slipway",
    // Editors read draft 7 best: https://github.com/redhat-developer/yaml-language-server
    ...z.toJSONSchema(applicationSchema, { target: "draft-7", io: "input" }),
  };
}
