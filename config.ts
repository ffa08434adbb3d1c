import { readdirSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type ParsedSettings, parseSettings } from "./settings/parse-settings";
import type { RawConfig } from "./settings/rules";
import { readYamlFile } from "./input/yaml-file";

/**
 * The only reader of Pulumi's configuration and of environment variables. What is wrong comes back as problems, worded
 * for the person who wrote it; program.ts throws them together with those of the application files.
 */
export function readSettings(): ParsedSettings {
  const projectFile = "Pulumi.yaml";
  const stackFile = `Pulumi.${pulumi.getStack()}.yaml`;
  const ofStack = readConfigFile(stackFile);
  const ofProject = readConfigFile(projectFile);
  return deepFreeze(
    parseSettings({
      values: pulumi.runtime.allConfig(),
      secretKeys: secretKeys(),
      locate: (key, path, sub) => ofStack.locate(key, path, sub) ?? ofProject.locate(key, path, sub),
      stackFile,
      projectFile,
      stackKeys: ofStack.keys,
      stackFiles: readdirSync(".")
        .filter((name) => /^Pulumi\..+\.yaml$/.test(name))
        .toSorted(),
    }),
  );
}

/** The folder of application files: the environment variable SLIPWAY_APPLICATIONS, or `applications`. */
export function applicationsDirectory(): string {
  const folder = process.env["SLIPWAY_APPLICATIONS"];
  if (folder === undefined || folder === "") return "applications";
  // Short in messages where it can be.
  const path = relative("", folder);
  return path === "" || path.startsWith("..") || isAbsolute(path) ? folder : path;
}

/** The SDK has no public function that says which values are secrets; this is how the engine tells it. */
function secretKeys(): string[] {
  return JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as string[];
}

interface ConfigFile {
  /** Full keys that the file sets. */
  readonly keys: readonly string[];
  readonly locate: RawConfig["locate"];
}

/**
 * Where the configuration is written, to name line and column. The values come from Pulumi alone, and a file that is
 * elsewhere (`--config-file`, `stackConfigDir`) or cannot be read only costs the places.
 */
function readConfigFile(file: string): ConfigFile {
  const read = readYamlFile(file, file);
  const config = "problems" in read ? {} : entriesOf(entriesOf(read.value.value)["config"]);
  // In Pulumi.yaml, a key without a namespace belongs to the project.
  const written = new Map(
    Object.keys(config).map((key) => [key.includes(":") ? key : `slipway:${key}`, key]),
  );
  return {
    keys: [...written.keys()],
    locate: (fullKey, path, sub) => {
      const key = written.get(fullKey);
      if (key === undefined || "problems" in read) return undefined;
      if (path === undefined) return read.value.locate(["config"], key);
      // Pulumi.yaml may hold the value itself, or a declaration: https://www.pulumi.com/docs/iac/concepts/projects/project-file/
      const declaration = ["value", "default"].filter((name) => name in entriesOf(config[key]));
      return read.value.locate(["config", key, ...declaration.slice(0, 1), ...path], sub);
    },
  };
}

function entriesOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
