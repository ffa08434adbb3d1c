import type { Principal } from "../../evaluator/principal";
import {
  ACCOUNT,
  alice,
  aliceArn,
  anonymous,
  codebuild,
  deny,
  deployer,
  deployerSession,
  everything,
  policyCases,
  reads,
  readsFor,
  root,
  testCases,
  writes,
  type PolicyRow,
} from "./cases";

const aliceReads = readsFor({ AWS: aliceArn });
const sessionReads = readsFor({ AWS: deployerSession });
const everybodyReads = readsFor("*");
const linked: Principal = {
  kind: "role",
  accountId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
};

const controls: readonly PolicyRow[] = [
  [
    "A service control policy grants nothing",
    "serviceControl",
    alice,
    { serviceControl: [everything] },
    "no",
  ],
  [
    "What no service control policy allows is denied",
    "serviceControl",
    alice,
    { identity: reads, serviceControl: [writes] },
    "no",
  ],
  [
    "Every level from the root to the account must allow",
    "serviceControlEvaluation",
    alice,
    { identity: reads, serviceControl: [everything, everything, reads] },
    "yes",
  ],
  [
    "One level that does not allow is enough to deny",
    "serviceControlEvaluation",
    alice,
    { identity: reads, serviceControl: [everything, writes, everything] },
    "no",
  ],
  [
    "A Deny on any level denies",
    "serviceControlEvaluation",
    alice,
    { identity: reads, serviceControl: [[everything, deny()], everything] },
    "no",
  ],
  [
    "A service control policy binds the root user",
    "serviceControl",
    root,
    { serviceControl: [[everything, deny()]] },
    "no",
  ],
  [
    "A service control policy limits what a resource grants a user",
    "evaluation",
    alice,
    { resource: aliceReads, serviceControl: [writes] },
    "no",
  ],
  [
    "A service control policy limits what a resource grants a session",
    "evaluation",
    deployer,
    { resource: sessionReads, serviceControl: [writes] },
    "no",
  ],
  [
    "A service control policy binds no service-linked role",
    "serviceControl",
    linked,
    { identity: reads, serviceControl: [[everything, deny()]] },
    "yes",
  ],
  [
    "A service control policy binds no AWS service",
    "serviceControl",
    codebuild,
    { resource: everybodyReads, serviceControl: [writes] },
    "yes",
  ],
  [
    "A service control policy binds no caller without credentials",
    "serviceControl",
    anonymous,
    { resource: everybodyReads, serviceControl: [writes] },
    "yes",
  ],
  [
    "Boundary, service control policy and own policy must all allow",
    "boundaries",
    alice,
    { identity: reads, boundary: reads, serviceControl: [writes] },
    "no",
  ],
  [
    "A resource control policy grants nothing",
    "resourceControl",
    alice,
    { resourceControl: [everything] },
    "no",
  ],
  [
    "A Deny of a resource control policy denies the account's own",
    "resourceControl",
    alice,
    { identity: reads, resourceControl: [[everything, deny()]] },
    "no",
  ],
  [
    "A Deny of a resource control policy denies callers without credentials",
    "resourceControl",
    anonymous,
    { resource: everybodyReads, resourceControl: [[everything, deny()]] },
    "no",
  ],
  [
    "A Deny of a resource control policy on any level denies",
    "resourceControlEvaluation",
    alice,
    { identity: reads, resourceControl: [everything, [everything, deny()]] },
    "no",
  ],
  [
    "RCPFullAWSAccess lets everything pass",
    "resourceControlEvaluation",
    alice,
    { identity: reads, resourceControl: [everything, everything] },
    "yes",
  ],
  [
    "A resource control policy binds no service-linked role",
    "resourceControl",
    linked,
    { identity: reads, resourceControl: [[everything, deny()]] },
    "yes",
  ],
];

describe("evaluator: service and resource control policies", () => {
  testCases(policyCases(controls, { resourceAccount: ACCOUNT }));
});
