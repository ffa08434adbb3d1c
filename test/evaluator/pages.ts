const iam = (page: string): string => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;
const organizations = (page: string): string =>
  `https://docs.aws.amazon.com/organizations/latest/userguide/${page}.html`;

/** The pages of AWS's documentation that state the rules. */
export const pages = {
  action: iam("reference_policies_elements_action"),
  boundaries: iam("access_policies_boundaries"),
  condition: iam("reference_policies_elements_condition"),
  conditionKeys: iam("reference_policies_condition-keys"),
  crossAccount: iam("reference_policies_evaluation-logic-cross-account"),
  evaluation: iam("reference_policies_evaluation-logic"),
  evaluationOrder: iam("reference_policies_evaluation-logic_policy-eval-denyallow"),
  externalId: iam("id_roles_create_for-user_externalid"),
  keyPolicies: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
  multipleValues: iam("reference_policies_condition-logic-multiple-context-keys-or-values"),
  multivaluedKeys: iam("reference_policies_condition-single-vs-multi-valued-context-keys"),
  notAction: iam("reference_policies_elements_notaction"),
  notPrincipal: iam("reference_policies_elements_notprincipal"),
  notResource: iam("reference_policies_elements_notresource"),
  operators: iam("reference_policies_elements_condition_operators"),
  principal: iam("reference_policies_elements_principal"),
  resource: iam("reference_policies_elements_resource"),
  resourceControl: organizations("orgs_manage_policies_rcps"),
  resourceControlEvaluation: organizations("orgs_manage_policies_rcps_evaluation"),
  serviceControl: organizations("orgs_manage_policies_scps"),
  serviceControlEvaluation: organizations("orgs_manage_policies_scps_evaluation"),
  sessionTags: iam("id_session-tags"),
  sourceIdentity: iam("id_credentials_temp_control-access_monitor"),
  stsKeys: iam("reference_policies_iam-condition-keys"),
  variables: iam("reference_policies_variables"),
} as const;

export type Page = keyof typeof pages;
