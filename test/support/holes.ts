import { behindTheDoor } from "./holes/behind-the-door";
import { between } from "./holes/between";
import type { Hole } from "./holes/edits";
import { platformsOwn } from "./holes/platforms-own";
import { sharedDocuments } from "./holes/shared-documents";
import { trusts } from "./holes/trusts";

/** Each of them opens a way that the proof finds and that a report of changes must name. */
export const holes: readonly Hole[] = [
  ...between,
  ...platformsOwn,
  ...sharedDocuments,
  ...trusts,
  ...behindTheDoor,
];
