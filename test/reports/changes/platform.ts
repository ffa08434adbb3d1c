import type { Json, PreviewDocument, PreviewedResource } from "../../../preview/preview-document";
import { changesOf } from "../../../reports/changes/changes";
import type { AccessChange } from "../../../reports/changes/report";
import { documentOf, resource, stack } from "../cost/documents";

export type StatementJson = Readonly<Record<string, Json>>;

export function policyText(...statements: readonly StatementJson[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export const trustOfCodeBuild: StatementJson = {
  Sid: "AssumedByService",
  Effect: "Allow",
  Principal: { Service: "codebuild.amazonaws.com" },
  Action: "sts:AssumeRole",
};

export function role(name: string, ...trust: readonly StatementJson[]): PreviewedResource {
  const statements = trust.length === 0 ? [trustOfCodeBuild] : trust;
  return resource("aws:iam/role:Role", name, {
    name,
    path: "/",
    assumeRolePolicy: policyText(...statements),
  });
}

/** An inline policy of a role. */
export function rolePolicy(
  of: string,
  name: string,
  ...statements: readonly StatementJson[]
): PreviewedResource {
  const inputs = { name, role: of, policy: policyText(...statements) };
  return resource("aws:iam/rolePolicy:RolePolicy", `${of}-${name}`, inputs);
}

export function bucketPolicy(...statements: readonly StatementJson[]): PreviewedResource {
  const inputs = { bucket: "artifacts", policy: policyText(...statements) };
  return resource("aws:s3/bucketPolicy:BucketPolicy", "artifacts", inputs);
}

/** A document with one stack. */
export function platform(...resources: readonly PreviewedResource[]): PreviewDocument {
  return documentOf(stack("cicd", resources));
}

/** A role `shop` whose one policy has these statements. */
export function shopMay(...statements: readonly StatementJson[]): PreviewDocument {
  return platform(role("shop"), rolePolicy("shop", "job", ...statements));
}

export function accessBetween(before: PreviewDocument, after: PreviewDocument): readonly AccessChange[] {
  return changesOf("base", before, after).access;
}

/** `wider ReadArtifacts: role shop may now …`: each change in a line. */
export function toldBetween(before: PreviewDocument, after: PreviewDocument): string[] {
  return accessBetween(before, after).map(
    ({ direction, statement, summary }) => `${direction} ${statement}: ${summary}`,
  );
}
