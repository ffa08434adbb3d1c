import fs from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";

const TEMPLATES = path.join(__dirname, "..", "applications");

/**
 * Writes a large platform: `count` application files that take turns in being copies of the shipped ones.
 * @param directory where to; made when it does not exist
 * @returns the names of the applications
 */
export function generateApplications(directory: string, count: number): string[] {
  const templates = fs
    .readdirSync(TEMPLATES)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => fs.readFileSync(path.join(TEMPLATES, file), "utf8"));
  fs.mkdirSync(directory, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const name = `app${String(index + 1).padStart(4, "0")}`;
    const template = templates[index % templates.length] ?? "";
    fs.writeFileSync(path.join(directory, `${name}.yaml`), applicationFile(template, name));
    return name;
  });
}

/** The template under another name: of the application, of its repository, and of what is called after it. */
function applicationFile(template: string, name: string): string {
  const { name: before } = parse(template) as { readonly name: string };
  const renamed = JSON.stringify(parse(template)).replaceAll(before, name);
  return stringify(JSON.parse(renamed));
}
