import type { TypeModel } from "../model";
import { chat } from "./chat";
import { clusters } from "./clusters";
import { code } from "./code";
import { iam } from "./iam";
import { imageRepositories } from "./image-repositories";
import { kms } from "./kms";
import { messaging } from "./messaging";
import { organizations } from "./organizations";
import { s3 } from "./s3";

/** Every resource type that the simulator knows, by its token. */
export const types: ReadonlyMap<string, TypeModel> = new Map(
  [
    ...iam,
    ...s3,
    ...kms,
    ...messaging,
    ...imageRepositories,
    ...clusters,
    ...code,
    ...chat,
    ...organizations,
  ].map((model) => [model.token, model]),
);
