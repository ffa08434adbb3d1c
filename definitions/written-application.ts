import type { Locate } from "../input/yaml-source";
import type { Application } from "./application";

/** An application whose shape is right, and where each part of it is written. */
export interface WrittenApplication {
  readonly application: Application;
  /** Name of its file without extension. */
  readonly fileName: string;
  readonly locate: Locate;
}
