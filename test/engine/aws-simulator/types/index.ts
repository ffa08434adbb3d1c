import type { TypeModel } from "../model";
import { code } from "./code";
import { containers } from "./containers";
import { iam } from "./iam";
import { kms } from "./kms";
import { messaging } from "./messaging";
import { organizations } from "./organizations";
import { s3 } from "./s3";

/** Every resource type that the simulator knows, by its token. */
export const types: ReadonlyMap<string, TypeModel> = new Map(
  [...iam, ...s3, ...kms, ...messaging, ...containers, ...code, ...organizations].map((model) => [
    model.token,
    model,
  ]),
);
