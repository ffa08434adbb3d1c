import type { YamlSource } from "../input/yaml-source";
import type { StackConfig } from "./config-values";

/** A stack that has a file: its name and the config that the engine would hand to the program. */
export interface Stack {
  readonly name: string;
  /** Relative to the project directory. */
  readonly file: string;
  readonly config: StackConfig;
  /** The file itself, where it can be read. */
  readonly source?: YamlSource;
}
