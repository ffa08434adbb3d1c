import type { PreviewedResource } from "../../preview/preview-document";
import { items, text } from "../pipelines";
import { resourcesOfType } from "./lookup";
import type { StatementExplanation } from "./role";
import { arnOf, type Setting } from "./roles";
import { permissionSentences } from "./sentences";
import { documentsOf, matches, type Statement } from "./statements";

/** What a boundary, the role's own denials and the organization's policies keep from it. */
export function limitsOf(
  role: PreviewedResource,
  policies: readonly StatementExplanation[],
  setting: Setting,
): string[] {
  const denied = policies.filter(({ effect }) => effect === "Deny").flatMap(({ sentences }) => sentences);
  return [
    ...boundarySentences(role, setting),
    ...denied.map((sentence) => `Must not: ${lowerFirst(sentence)}`),
    ...organizationSentences(role, setting),
  ];
}

/** A boundary says the most that a role can do: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
function boundarySentences({ inputs }: PreviewedResource, { stack, scene }: Setting): string[] {
  const arn = text(inputs["permissionsBoundary"]);
  if (arn === "") return [];
  const boundary = resourcesOfType(stack, "aws:iam/policy:Policy").find(({ inputs: policy }) =>
    arn.endsWith(`:policy${text(policy["path"]) || "/"}${text(policy["name"])}`),
  );
  if (boundary === undefined)
    return [`Whatever its policies say, it can do no more than the policy ${arn} allows.`];
  const lead = `Whatever its policies say, by the boundary ${text(boundary.inputs["name"])} at most:`;
  return documentsOf(boundary).flatMap(({ statements }) =>
    statements.flatMap((statement) =>
      permissionSentences(statement, scene, stack).map((sentence) =>
        statement.effect === "Deny" ? `Must not: ${lowerFirst(sentence)}` : `${lead} ${lowerFirst(sentence)}`,
      ),
    ),
  );
}

/** Denials of the service control policies that are attached to the role's account. */
function organizationSentences(role: PreviewedResource, { document, stack, scene }: Setting): string[] {
  const arn = arnOf(role, stack);
  return document.stacks.flatMap((other) => {
    const names = resourcesOfType(other, "aws:organizations/policyAttachment:PolicyAttachment")
      .filter(({ inputs }) => text(inputs["targetId"]) === stack.accountId)
      .flatMap(({ dependencies }) => [...dependencies]);
    return resourcesOfType(other, "aws:organizations/policy:Policy")
      .filter(({ urn }) => names.includes(urn))
      .flatMap((policy) =>
        documentsOf(policy)
          .flatMap(({ statements }) => statements)
          .filter((statement) => statement.effect === "Deny" && !isExempt(arn, statement))
          .flatMap((statement) => {
            const lead = `The organization's policy ${text(policy.inputs["name"])} (${statement.sid}) denies:`;
            return permissionSentences(statement, scene, stack).map(
              (sentence) => `${lead} ${lowerFirst(sentence)}`,
            );
          }),
      );
  });
}

function isExempt(arn: string, { conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      key === "aws:PrincipalArn" &&
      /^ArnNot(Like|Equals)$/.test(operator) &&
      items(values).some((value) => matches(text(value), arn)),
  );
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
