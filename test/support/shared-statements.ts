/** Statements about resources that all applications share. They give nothing of any single application. */
export const shared = new Set([
  "ReadBucketSettings", // where the bucket is, not what is in it
  "AskForApproval", // the one topic of approvals
  "EncryptApprovalMessages",
  "ListPipelines", // names only; no resource-level permission
  "SignInToRegistry", // a token that opens only what other statements name
  "ReadTaskDefinitions", // no resource-level permission
  "FindLogGroups", // no resource-level permission
  "FindCluster", // the clusters are shared; what one may do there is the access entry's business
  "PassTheDoor", // the door decides by the session's tags: test/iam/door.test.ts
]);
