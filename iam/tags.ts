import { tagKeys } from "../names";

/** Condition keys of the tag that says which application something belongs to. */
export const applicationTag = conditionKeys(tagKeys.application);

/** Condition keys of the tag that says which kind of deployment a deploy job makes. */
export const deploymentKindTag = conditionKeys(tagKeys.deploymentKind);

/** Policy variables: AWS puts in the value of the caller's own tag. A caller without the tag matches nothing. */
export const callersApplication = `\${${applicationTag.principal}}`;
export const callersDeploymentKind = `\${${deploymentKindTag.principal}}`;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function conditionKeys<Key extends string>(key: Key) {
  return {
    /** The tag of the caller's role or session. */
    principal: `aws:PrincipalTag/${key}`,
    /** The tag that the request wants to set. */
    request: `aws:RequestTag/${key}`,
    /** The tag of what the request is about. */
    resource: `aws:ResourceTag/${key}`,
  } as const;
}
