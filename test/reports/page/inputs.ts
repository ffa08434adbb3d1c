import type { PreviewDocument } from "../../../preview/preview-document";
import type { AccessChange, ChangeReport } from "../../../reports/changes/report";
import { assuming } from "../../../reports/cost/assumptions";
import { costOf } from "../../../reports/cost/cost";
import type { RoleExplanation } from "../../../reports/explain/role";
import type { LimitUse } from "../../../reports/limits/report";
import type { PageInput } from "../../../reports/page/input";
import type { Answer, DecidingStatement, ProofReport } from "../../../reports/proof/report";

const urn = "urn:pulumi:cicd::shop::aws:iam/rolePolicy:RolePolicy::job";
const deciding = {
  stack: "cicd",
  urn,
  path: "policy",
  statement: "ReadAll",
  effect: "Allow",
  reason: "it names every bucket",
  subject: "shop-job",
  document: "policy job",
  decided: true,
} as const;

/** A page with every section that there is, around a preview. */
export function fullInput(document: PreviewDocument): PageInput {
  const limits = [limit("Rules", 90, 100, 900), limit("Roles", 10, 1000, 100)];
  return {
    document,
    cost: costOf(document, assuming()),
    proof,
    limits: { version: 1, applications: 1, limits, remarks: [] },
    changes,
    roles: [role],
  };
}

const proof: ProofReport = {
  version: 1,
  evaluated: 1234,
  questions: [
    question("read-others-logs", "Can shop read or write logs of another application?", "no", [deciding]),
    question(
      "administrator-enters",
      "Can an administrator of another environment enter prod?",
      "unknown",
      [],
    ),
  ],
  paths: [
    {
      summary: "A job of shop reads what till built",
      answer: "yes",
      from: "shop",
      to: "till",
      steps: [{ principal: "role/job", action: "s3:GetObject", resource: "till/*", because: [deciding] }],
    },
  ],
};

const changes: ChangeReport = {
  version: 1,
  base: "main",
  resources: [
    {
      stack: "cicd",
      urn,
      type: "aws:s3/bucket:Bucket",
      name: "artifacts",
      kind: "replaced",
      stateful: true,
      loss: "its objects",
      properties: [{ path: "bucket", before: "a", after: "b", replaces: true }],
    },
    {
      stack: "dev",
      urn,
      type: "aws:iam/role:Role",
      name: "job",
      kind: "added",
      stateful: false,
      loss: "",
      properties: [],
    },
  ],
  access: [access("wider")],
  exposures: [access("unknown")],
  cost: { before: 10, after: 12.5, applications: [] },
  cancelled: [
    {
      stack: "cicd",
      pipeline: "shop-main",
      reason: "its stages change",
      source: "the page of UpdatePipeline",
    },
  ],
  remarks: [],
};

const role: RoleExplanation = {
  stack: "cicd",
  urn: "urn:pulumi:cicd::shop::aws:iam/role:Role::job",
  arn: "arn:aws:iam::111111111111:role/job",
  name: "job",
  application: "shop",
  purpose: "Tests the application",
  enteredBy: ["CodeBuild, for the project shop-test"],
  may: ["read its source"],
  limits: ["never write to the registry"],
  statements: [],
};

function question(
  id: string,
  asked: string,
  answer: Answer,
  because: readonly DecidingStatement[],
): ProofReport["questions"][number] {
  return { id, question: asked, expected: "no", answer, because, example: asked, evaluated: 1 };
}

function access(direction: "wider" | "unknown"): AccessChange {
  return {
    stack: "cicd",
    urn,
    path: "policy",
    subject: "role job",
    direction,
    summary: "It may now read all.",
    statement: "ReadAll",
    of: "existing",
    actions: ["s3:GetObject"],
    resources: ["*"],
    principals: [],
  };
}

function limit(name: string, used: number, most: number, atTenTimes: number): LimitUse {
  return {
    name,
    service: "EventBridge",
    stack: "cicd",
    accountId: "111111111111",
    region: "eu-west-1",
    subject: "",
    used,
    limit: most,
    unit: "rules",
    adjustable: true,
    atTenTimes,
    fitsTimes: 1,
    source: "the page of EventBridge's quotas",
    read: "2026-11-25",
    remedy: "Ask AWS for more.",
  };
}

/** Texts that would do harm if one of them were ever written as it is. */
export const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u0000 \${x} \`y\` --> ]]>`;

/** The same preview with a hostile text in place of every name and text of it. */
export function madeHostile(input: PageInput): PageInput {
  const keep = /^(?:\d+|0[0-9a-f-]{35}|[A-Za-z]+|2012-10-17|https:\S+|aws:[\w/:]+)$/;
  const changed = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return keep.test(value) || key === "type" ? value : `${hostile}${value}`;
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((entry) => changed(entry, key));
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, changed(entry, name)]));
  };
  return changed(input) as PageInput;
}
