import type { ContextValues } from "../../evaluator/context";
import { cicdThings } from "./cicd-things";
import { workloadThings } from "./workload-things";
import type { Estate, Home, Member } from "./estate";

/** Something that has an owner, and what another must not do with it. */
export interface Thing extends Home {
  /** In people's words, such as `the artifacts of hello-world-main`. */
  readonly name: string;
  readonly kind: ThingKind;
  readonly resource: string;
  readonly actions: readonly string[];
  readonly context?: ContextValues;
  /** Whether it lies in an environment's account. */
  readonly inEnvironment: boolean;
  /** Environments whose accounts may do it, although it lies elsewhere. */
  readonly readers?: readonly string[];
}

export type ThingKind =
  | "artifacts"
  | "artifact writes"
  | "package"
  | "package writes"
  | "image pull"
  | "image push"
  | "log"
  | "source"
  | "build start"
  | "release start"
  | "check start"
  | "approval"
  | "workload"
  | "role use"
  | "unbounded role"
  | "pipeline change"
  | "job change"
  | "role change"
  | "shared change";

/** Owner of what nobody but the platform role changes. */
export const platform = "the platform";

/** Everything of the estate that must stay its owner's. */
export function thingsOf(estate: Estate): Thing[] {
  return [
    ...estate.homes.flatMap((stack) => cicdThings(estate, stack)),
    ...estate.environments.flatMap((environment) => workloadThings(estate, environment)),
    ...estate.members.flatMap(roleThings),
  ];
}

function roleThings({ role, application, environment, inEnvironment }: Member): Thing[] {
  const common = { name: `the role ${role.name}`, environment, inEnvironment, resource: role.arn };
  return [
    {
      ...common,
      kind: "role change",
      application: platform,
      actions: [
        "iam:UpdateAssumeRolePolicy",
        "iam:PutRolePolicy",
        "iam:AttachRolePolicy",
        "iam:TagRole",
        "iam:DeleteRolePermissionsBoundary",
      ],
    },
    { ...common, kind: "role use", application: application || platform, actions: ["iam:PassRole"] },
  ];
}
