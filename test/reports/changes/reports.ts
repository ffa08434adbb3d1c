import { changesOf } from "../../../reports/changes/changes";
import type { ChangeReport } from "../../../reports/changes/report";
import { resource } from "../cost/documents";
import { bucketPolicy, platform, role, rolePolicy, type StatementJson } from "./platform";

const read: StatementJson = {
  Sid: "Read",
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::artifacts/sources/*",
};

/** One change of each kind that a report tells. */
export function everyKind(): ChangeReport {
  const pipeline = resource("aws:codepipeline/pipeline:Pipeline", "main", { name: "shop-main" });
  const before = platform(
    role("shop"),
    rolePolicy("shop", "job", read, { ...read, Sid: "Write", Action: "s3:PutObject" }),
    role("old"),
    resource("aws:s3/bucket:Bucket", "logs", { bucket: "logs" }),
    pipeline,
  );
  const after = platform(
    role("shop"),
    rolePolicy("shop", "job", { ...read, Resource: "arn:aws:s3:::artifacts/*" }),
    role("new"),
    resource("aws:s3/bucket:Bucket", "logs", { bucket: "other" }),
    { ...pipeline, inputs: { ...pipeline.inputs, executionMode: "QUEUED" } },
    bucketPolicy({ ...read, Principal: "*" }),
    resource("aws:kms/key:Key", "key"),
  );
  return changesOf("main, commit 1234567", before, after, ["package-lock.json differs."]);
}

/** No difference at all. */
export function nothingChanged(): ChangeReport {
  const document = platform(role("shop"), rolePolicy("shop", "job", read));
  return changesOf("main, commit 1234567", document, document);
}
