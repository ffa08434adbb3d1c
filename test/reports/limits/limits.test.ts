import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json, PreviewDocument, PreviewedResource } from "../../../preview/preview-document";
import { limitsOf } from "../../../reports/limits/limits";
import { quotas } from "../../../reports/limits/quotas";
import { shippedPreview } from "../../support/shipped-preview";
import { documentOf, resource, role, stack } from "../explain/documents";

/** Service, name, stack, subject, used, with ten times the applications, how many times today's fit. */
function rows(document: PreviewDocument): (string | number | null)[][] {
  return limitsOf(document).limits.map((use) => [
    use.service,
    use.name,
    use.stack,
    use.subject,
    use.used,
    use.atTenTimes,
    use.fitsTimes,
  ]);
}

/** What is used of one quota, in each account. */
function uses(document: PreviewDocument, name: string): (string | number | null)[][] {
  return rows(document)
    .filter((row) => row[1] === name)
    .map((row) => row.slice(2));
}

const cicd = (...resources: readonly PreviewedResource[]): PreviewDocument =>
  documentOf(stack("cicd", "111111111111", resources));
const tags = (application: string): Json => ({ Application: application });

describe("the limits of a preview", () => {
  it("counts what the shipped platform makes", async () => {
    const document = await shippedPreview();
    const { applications } = limitsOf(document);
    assert.equal(applications, 3);
    const numbers = rows(document).filter(([, , , subject]) => subject === "");
    assert.deepEqual(
      numbers.filter(([, , accounts]) => accounts === "cicd").map(([, name, , , ...use]) => [name, ...use]),
      [
        ["Roles per account", 31, 310, 32],
        ["Rules per event bus", 8, 8, null],
        ["Pipelines per region", 5, 50, 200],
        ["Build projects", 19, 190, 263],
        ["Report groups", 7, 70, 714],
        ["Filter policies per account", 3, 30, 3333],
        ["Registered repositories", 2, 20, 5000],
        ["KMS keys per account", 2, 2, null],
        ["Standard topics per account", 2, 2, null],
        ["Log groups", 17, 170, 58_823],
      ],
    );
    assert.deepEqual(uses(document, "Stacks"), [
      ["dev", "", 1, 10, 2000],
      ["prod", "", 1, 10, 2000],
      ["test", "", 1, 10, 2000],
    ]);
    assert.deepEqual(uses(document, "Roles per account"), [
      ["cicd", "", 31, 310, 32],
      ["dev", "", 5, 41, 249],
      ["prod", "", 5, 41, 249],
      ["test", "", 2, 11, 999],
    ]);
    assert.deepEqual(uses(document, "Filter policies per topic"), [["cicd", "slipway-status", 3, 30, 66]]);
    assert.deepEqual(uses(document, "Stages per pipeline"), [["cicd", "hello-world-main", 7, 7, null]]);
    assert.deepEqual(uses(document, "Images per repository"), [
      ["cicd", "backend-flask-lifecycle", 650, 650, null],
    ]);
  });

  it("is nearest first", async () => {
    const { limits } = limitsOf(await shippedPreview());
    const shares = limits.map(({ used, limit }) => used / limit);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => b - a),
    );
    assert.equal(limits[0]?.name, "Role trust policy length");
  });

  it("measures the inline policies of a role together, without the white space that IAM does not count", () => {
    const policy = (name: string, text: string): PreviewedResource =>
      resource("aws:iam/rolePolicy:RolePolicy", name, { role: "shop", policy: text });
    const document = cicd(policy("a", '{ "Statement" : [ ] }'), policy("b", '{"Statement":[]}'));
    assert.deepEqual(uses(document, "Inline policies of a role, together"), [["cicd", "shop", 32, 32, null]]);
  });

  it("measures the policies of resources in bytes, white space and all", () => {
    const bucketPolicy = resource("aws:s3/bucketPolicy:BucketPolicy", "bucket", {
      policy: '{ "Statement": ["é"] }',
    });
    assert.deepEqual(uses(cicd(bucketPolicy), "Bucket policy size"), [["cicd", "bucket", 23, 23, null]]);
  });

  it("leaves out what is known only after deployment", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const document = cicd(
      resource("aws:kms/key:Key", "key", { policy: unknown }),
      resource("aws:ecr/lifecyclePolicy:LifecyclePolicy", "images", { policy: unknown }),
    );
    assert.deepEqual(
      rows(document).map(([, name]) => name),
      ["KMS keys per account"],
    );
  });

  it("counts the stacks of one account together, and its regions apart where AWS does", () => {
    const own = (name: string, region: string): ReturnType<typeof stack> => ({
      ...stack(name, "222222222222", [...role(`${name}-role`, []), resource("aws:sns/topic:Topic", "topic")]),
      region,
    });
    const document = documentOf(own("dev", "eu-west-1"), own("dev-us", "us-east-1"));
    assert.deepEqual(uses(document, "Roles per account"), [["dev, dev-us", "", 2, 2, null]]);
    assert.deepEqual(uses(document, "Standard topics per account"), [
      ["dev", "", 1, 1, null],
      ["dev-us", "", 1, 1, null],
    ]);
  });

  it("counts the policy that AWS attaches to every account", () => {
    const attach = (name: string): PreviewedResource =>
      resource("aws:organizations/policyAttachment:PolicyAttachment", name, { targetId: "111111111111" });
    const document = documentOf(stack("organization", "999999999999", [attach("a"), attach("b")]));
    assert.deepEqual(uses(document, quotas.controlPolicies.name), [
      ["organization", "111111111111", 3, 3, null],
    ]);
  });

  it("grows with the applications only where they count", () => {
    const target = (name: string, rule: string): PreviewedResource =>
      resource("aws:cloudwatch/eventTarget:EventTarget", name, { rule });
    const project = (name: string, application: string): PreviewedResource =>
      resource("aws:codebuild/project:Project", name, { name, tags: tags(application) });
    const document = cicd(project("a", "shop"), project("b", "till"), target("t", "rule"));
    assert.equal(limitsOf(document).applications, 2);
    assert.deepEqual(uses(document, "Build projects"), [["cicd", "", 2, 20, 2500]]);
    assert.deepEqual(uses(document, "Length of a build project name"), [["cicd", "a", 1, 1, null]]);
    assert.deepEqual(uses(document, "Targets per rule"), [["cicd", "rule", 1, 1, null]]);
  });

  it("never uses less with one application more", () => {
    const types = [
      "aws:iam/role:Role",
      "aws:codebuild/project:Project",
      "aws:codepipeline/pipeline:Pipeline",
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:sns/topicSubscription:TopicSubscription",
      "aws:iam/rolePolicy:RolePolicy",
      "slipway:index:ServerlessTarget",
    ];
    const made = fc.record({
      type: fc.constantFrom(...types),
      length: fc.integer({ min: 1, max: 60 }),
      account: fc.constantFrom("111111111111", "222222222222"),
    });
    const platform = fc.array(fc.array(made, { maxLength: 8 }), { maxLength: 5 });
    fc.assert(
      fc.property(platform, fc.array(made, { maxLength: 8 }), (applications, another) => {
        const before = usesByKey(previewOf(applications));
        const after = usesByKey(previewOf([...applications, another]));
        for (const [key, [used, atTenTimes]] of before) {
          const [usedThen = 0, atTenTimesThen = 0] = after.get(key) ?? [];
          assert.ok(usedThen >= used && atTenTimesThen >= atTenTimes, key);
        }
      }),
      { numRuns: 200 },
    );
  });
});

interface Made {
  readonly type: string;
  readonly length: number;
  readonly account: string;
}

function previewOf(applications: readonly (readonly Made[])[]): PreviewDocument {
  const resources = applications.flatMap((made, application) =>
    made.map(({ type, length, account }, index) => {
      const name = `a${String(application)}-${String(index)}`.padEnd(length, "x");
      const inputs = {
        name,
        role: name,
        topic: "arn:aws:sns:eu-west-1:111111111111:status",
        filterPolicy: "{}",
        policy: JSON.stringify({ Statement: name }),
        tags: tags(`a${String(application)}`),
      };
      return { account, resource: resource(type, name, inputs) };
    }),
  );
  const inAccount = (account: string): PreviewedResource[] =>
    resources.filter((entry) => entry.account === account).map((entry) => entry.resource);
  return documentOf(
    stack("cicd", "111111111111", inAccount("111111111111")),
    stack("dev", "222222222222", inAccount("222222222222")),
  );
}

function usesByKey(document: PreviewDocument): ReadonlyMap<string, readonly [number, number]> {
  return new Map(
    limitsOf(document).limits.map(({ service, name, accountId, used, atTenTimes }) => [
      `${service} ${name} ${accountId}`,
      [used, atTenTimes],
    ]),
  );
}
