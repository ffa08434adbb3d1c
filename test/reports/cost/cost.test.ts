import assert from "node:assert/strict";
import fc from "fast-check";
import type { PreviewedResource } from "../../../preview/preview-document";
import { assumptionNames, assuming, savings, type Assumed } from "../../../reports/cost/assumptions";
import { costOf } from "../../../reports/cost/cost";
import { sumOf, type Range } from "../../../reports/cost/range";
import {
  action,
  artifactBucket,
  documentOf,
  expectedOf,
  logGroup,
  onlyAssuming,
  pipeline,
  project,
  resource,
  stack,
} from "./documents";

/** 10 releases on each of 20 days: 200 a month, of which 100 pass an approval. */
const month = { releasesPerDay: 10, workingDays: 20, approvedShare: 0.5, pullRequestRunsPerDay: 2 };

const small = "CodeBuild: on-demand Linux x86, BUILD_GENERAL1_SMALL";
const medium = "CodeBuild: on-demand Linux x86, BUILD_GENERAL1_MEDIUM";
const minutes = "CodePipeline: V2 action execution";

/** An application with one pipeline: test, image, publish, deploy after an approval. */
function shop(name = "shop"): PreviewedResource[] {
  return [
    pipeline(name, [
      action(name, "Source", 1),
      action(name, "Test"),
      action(name, "Image", 1),
      action(name, "Approve"),
      action(name, "Deploy"),
    ]),
    project(name, "test"),
    project(name, "image", { size: "MEDIUM" }),
    project(name, "deploy", { variables: { SLIPWAY_ENVIRONMENT: "prod" } }),
    logGroup(name),
  ];
}

describe("the cost of a preview", () => {
  it("counts minutes of every action but approvals, and those of builds twice", () => {
    const assumed = onlyAssuming({
      ...month,
      sourceMinutes: 1,
      testMinutes: 3,
      imageMinutes: 4,
      deployMinutes: 2,
    });
    const report = costOf(documentOf(stack("cicd", shop())), assumed);
    assert.deepEqual(expectedOf(report, "shop"), {
      // 200 × 4 minutes at 0.01
      [medium]: 8,
      // 200 × 3 + 100 × 2 = 800 minutes at 0.005
      [small]: 4,
      // 200 × 1 + 200 × 3 + 200 × 4 + 100 × 2 = 1,800 minutes at 0.002
      [minutes]: 3.6,
    });
    assert.equal(report.total.expected, 15.6);
  });

  it("counts runs of pull requests by their own number", () => {
    const resources = [
      pipeline("shop", [action("shop", "Source"), action("shop", "Test")], "pullRequests"),
      project("shop", "test"),
    ];
    const report = costOf(
      documentOf(stack("cicd", resources)),
      onlyAssuming({ ...month, testMinutes: 5, sourceMinutes: 1 }),
    );
    // 2 × 20 = 40 runs; 200 minutes at 0.005, 240 at 0.002
    assert.deepEqual(expectedOf(report, "shop"), { [small]: 1, [minutes]: 0.48 });
  });

  it("stores artifacts until the lifecycle has expired object and old version", () => {
    const assumed = onlyAssuming({ ...month, sourceGb: 0.1, imageArchiveGb: 0.4, monthsRunning: 12 });
    const report = costOf(documentOf(stack("cicd", [...shop(), ...artifactBucket()])), assumed);
    // 200 × (0.1 + 0.4) = 100 GB a month for 146 days, which are 4.8 months: 480 GB at 0.023
    assert.deepEqual(expectedOf(report, "shop"), { "S3: Standard storage, first 50 TB": 11.04 });
  });

  it("stores artifacts for ever where no lifecycle says otherwise", () => {
    const assumed = onlyAssuming({ ...month, sourceGb: 0.1, monthsRunning: 12 });
    // 20 GB a month for 12 months: 240 GB at 0.023
    assert.deepEqual(expectedOf(costOf(documentOf(stack("cicd", shop())), assumed), "shop"), {
      "S3: Standard storage, first 50 TB": 5.52,
    });
  });

  it("counts requests to S3 and KMS of every action", () => {
    const assumed = onlyAssuming({ ...month, requestsPerAction: 1000 });
    // 200 + 200 + 200 + 100 = 700 actions, 700,000 requests each: at 0.03 per 10,000, 0.0004 and 0.005 per 1,000
    assert.deepEqual(expectedOf(costOf(documentOf(stack("cicd", shop())), assumed), "shop"), {
      "KMS: requests": 2.1,
      "S3: GET and all other requests": 0.28,
      "S3: PUT, COPY, POST and LIST": 3.5,
    });
  });

  it("counts logs as written and as kept for the retention of their group", () => {
    const assumed = onlyAssuming({ ...month, logGbPerJob: 0.02, monthsRunning: 12 });
    // 200 + 200 + 100 = 500 jobs, 10 GB at 0.5; for 73 days, which are 2.4 months: 24 GB at 0.03
    assert.deepEqual(expectedOf(costOf(documentOf(stack("cicd", shop())), assumed), "shop"), {
      "CloudWatch Logs: ingestion, Standard class": 5,
      "CloudWatch Logs: storage": 0.72,
    });
  });

  it("keeps as many images as the lifecycle says, or as were built", () => {
    const rule = (images: number, environment?: string): object => ({
      selection: {
        countType: "imageCountMoreThan",
        countNumber: images,
        ...(environment === undefined ? {} : { tagPrefixList: [`deployed.${environment}.`] }),
      },
    });
    const repository = (rules: readonly object[]): PreviewedResource[] => [
      resource("aws:ecr/repository:Repository", "shop", { name: "slipway/shop" }, "shop"),
      resource("aws:ecr/lifecyclePolicy:LifecyclePolicy", "shop", {
        repository: "slipway/shop",
        policy: JSON.stringify({ rules }),
      }),
      pipeline("shop", [
        action("shop", "Source"),
        action("shop", "Publish"),
        action("shop", "Approve"),
        action("shop", "Deploy"),
      ]),
      project("shop", "publish"),
      project("shop", "deploy", { variables: { SLIPWAY_ENVIRONMENT: "prod" } }),
    ];
    const cost = (rules: readonly object[]): number | undefined => {
      const assumed = onlyAssuming({ ...month, monthsRunning: 12, imageGb: 0.1 });
      const report = costOf(documentOf(stack("cicd", repository(rules))), assumed);
      return expectedOf(report, "shop")["ECR: storage of private repositories"];
    };
    // 100 builds and 500 deployed: 600 × 0.1 GB at 0.1
    assert.equal(cost([rule(500, "prod"), rule(100)]), 6);
    // 12 months × 100 deployments are fewer than 5,000: 1,300 images
    assert.equal(cost([rule(5000, "prod"), rule(100)]), 13);
    // Never more than the 2,400 that were built.
    assert.equal(cost([rule(5000, "prod"), rule(5000)]), 24);
    assert.equal(cost([]), 24);
  });

  it("counts keys, and the first two rotations of each", () => {
    const key = (name: string, inputs: PreviewedResource["inputs"]): PreviewedResource =>
      resource("aws:kms/key:Key", name, inputs);
    const document = documentOf(
      stack("cicd", [
        key("yearly", { enableKeyRotation: true }),
        key("quarterly", { enableKeyRotation: true, rotationPeriodInDays: 90 }),
        key("never", { enableKeyRotation: false }),
      ]),
    );
    const cost = (monthsRunning: number): number =>
      costOf(document, onlyAssuming({ monthsRunning })).shared.expected;
    assert.deepEqual([cost(0), cost(11), cost(12), cost(24), cost(60)], [3, 5, 6, 7, 7]);
  });

  it("counts mails to addresses of applications and of the platform", () => {
    const mail = (name: string, application = ""): PreviewedResource =>
      resource("aws:sns/topicSubscription:TopicSubscription", name, { protocol: "email" }, application);
    const document = documentOf(
      stack("cicd", [...shop("shop"), ...shop("till"), mail("team", "shop"), mail("platform")]),
    );
    const report = costOf(document, onlyAssuming({ ...month, emailsPerRun: 500 }));
    // 200 runs × 500 at 2 per 100,000; the platform hears of both pipelines.
    assert.deepEqual(expectedOf(report, "shop"), { "SNS: e-mails": 2 });
    assert.deepEqual(expectedOf(report, ""), { "SNS: e-mails": 4 });
    assert.deepEqual(expectedOf(report, "till"), {});
  });

  it("counts ECS tasks in the environment's account, beside the delivery", () => {
    const variables = {
      SLIPWAY_ENVIRONMENT: "prod",
      SLIPWAY_ENVIRONMENT_ACCOUNT: "444444444444",
      SLIPWAY_ENVIRONMENT_REGION: "eu-west-1",
      SLIPWAY_DESIRED_COUNT: "2",
    };
    const cluster = resource("aws:ecs/cluster:Cluster", "applications", {
      settings: [{ name: "containerInsights", value: "enabled" }],
    });
    const document = documentOf(
      stack("cicd", [project("shop", "deploy", { variables })]),
      stack("prod", [cluster], { accountId: "444444444444", region: "eu-west-1" }),
    );
    const assumed = onlyAssuming({ taskVcpu: 0.5, taskGb: 1, clusterMetrics: 8, serviceMetrics: 10 });
    const report = costOf(document, assumed);
    // 2 × 730 hours: × 0.5 at 0.04048, × 1 at 0.004445
    assert.deepEqual(expectedOf(report, "shop"), {
      "CloudWatch: custom metrics, first 10,000, as Container Insights writes them": 3,
      "Fargate: Linux x86, memory": 6.4897,
      "Fargate: Linux x86, processors": 29.5504,
    });
    assert.ok(report.items.filter(({ running }) => running).every((item) => item.stack === "prod"));
    assert.equal(report.total.expected.toFixed(2), "2.40");
    assert.equal(report.running.expected.toFixed(2), "39.04");
    assert.deepEqual(
      report.accounts.map(({ stack: name, usd }) => [name, usd.expected.toFixed(2)]),
      [
        ["cicd", "0.00"],
        ["prod", "2.40"],
      ],
    );
  });

  it("counts secrets", () => {
    const secret = resource("aws:secretsmanager/secret:Secret", "token");
    assert.equal(costOf(documentOf(stack("cicd", [secret])), assuming()).shared.expected, 0.4);
  });

  it("takes the free tier of an account off what all that use it pay, by what they use", () => {
    const document = documentOf(stack("cicd", [...shop("shop"), ...shop("till")]));
    const assumed = onlyAssuming({ releasesPerDay: 1, workingDays: 20, testMinutes: 5, freeTierLeft: 1 });
    const report = costOf(document, assumed);
    // 100 minutes each, 100 of the 200 are free: half of 0.5, and half of 0.2
    assert.deepEqual(expectedOf(report, "shop"), { [small]: 0.25, [minutes]: 0.1 });
    assert.deepEqual(expectedOf(report, "till"), { [small]: 0.25, [minutes]: 0.1 });
    const other = documentOf(
      stack("cicd", shop("shop")),
      stack("more", shop("till"), { accountId: "222222222222" }),
    );
    assert.equal(costOf(other, assumed).total.expected, 0);
  });

  it("says what has no price, and never that it is free", () => {
    const document = documentOf(
      stack("cicd", [
        project("shop", "test", { size: "2XLARGE" }),
        resource("aws:lambda/function:Function", "one"),
        resource("aws:lambda/function:Function", "two"),
        resource("aws:sns/topicSubscription:TopicSubscription", "sms", { protocol: "sms" }),
        resource("aws:ecs/cluster:Cluster", "c", {
          settings: [{ name: "containerInsights", value: "enhanced" }],
        }),
        resource("aws:iam/role:Role", "role"),
      ]),
    );
    const report = costOf(document, assuming());
    assert.deepEqual(report.notPriced, [
      { what: "aws:lambda/function:Function", count: 2 },
      { what: 'Container Insights "enhanced"', count: 1 },
      { what: "build minutes on LINUX_CONTAINER BUILD_GENERAL1_2XLARGE", count: 1 },
      { what: "messages of SNS by sms", count: 1 },
    ]);
    assert.deepEqual(report.free, [
      { type: "aws:iam/role:Role", count: 1, reason: "IAM is free of charge." },
    ]);
  });

  it("says that AWS's other partitions have prices of their own", () => {
    const report = costOf(documentOf(stack("cicd", [], { region: "cn-north-1" })), assuming());
    assert.deepEqual(report.remarks, [
      "cn-north-1 has a price list of its own, which is not in the table: these are prices of other regions.",
    ]);
  });
});

describe("the cost of any assumptions", () => {
  const document = (names: readonly string[]): ReturnType<typeof documentOf> =>
    documentOf(
      stack("cicd", [...names.flatMap(shop), ...artifactBucket(), resource("aws:kms/key:Key", "key")]),
    );

  it("is in order, is not negative, and adds up", () => {
    fc.assert(
      fc.property(anyAssumed(), applicationNames(), (assumed, names) => {
        const report = costOf(document(names), assumed);
        const parts = [report.shared, ...report.applications.map(({ usd }) => usd)];
        same(sumOf(parts), report.total);
        same(sumOf(report.accounts.map(({ usd }) => usd)), report.total);
        same(sumOf(report.services.map(({ usd }) => usd)), report.total);
        for (const { low, expected, high } of [...parts, ...report.items.map(({ usd }) => usd)]) {
          assert.ok(low >= 0 && low <= expected && expected <= high);
        }
      }),
    );
  });

  it("is never lower with one more release, nor with one more application", () => {
    fc.assert(
      fc.property(anyAssumed(), applicationNames(), (assumed, names) => {
        const before = costOf(document(names), assumed).total;
        const { low, expected, high } = assumed.releasesPerDay;
        const more = { low: low + 1, expected: expected + 1, high: high + 1 };
        for (const after of [
          costOf(document(names), { ...assumed, releasesPerDay: more }).total,
          costOf(document([...names, "one-more"]), assumed).total,
        ]) {
          assert.ok(after.low >= before.low - 1e-9 && after.expected >= before.expected - 1e-9);
          assert.ok(after.high >= before.high - 1e-9);
        }
      }),
    );
  });

  it("does not hang on the order of the applications", () => {
    fc.assert(
      fc.property(anyAssumed(), applicationNames(), (assumed, names) => {
        const [forth, back] = [names, names.toReversed()].map((order) => costOf(document(order), assumed));
        assert.deepEqual(back, forth);
      }),
    );
  });
});

function applicationNames(): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.constantFrom("shop", "till", "blog", "api"), { minLength: 1 });
}

/** Any ranges that a person could set. */
function anyAssumed(): fc.Arbitrary<Assumed> {
  const shares = new Set<string>(["approvedShare", "freeTierLeft"]);
  return fc
    .tuple(
      ...assumptionNames.map((name) =>
        fc
          .array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 3 })
          .map((numbers) => numbers.toSorted((a, b) => (savings.has(name) ? b - a : a - b)))
          .map((numbers) => numbers.map((number) => number / (shares.has(name) ? 1000 : 10)))
          .map(([low = 0, expected = 0, high = 0]): [string, Range] => [name, { low, expected, high }]),
      ),
    )
    .map((entries) => assuming(Object.fromEntries(entries)));
}

function same(actual: Range, wanted: Range): void {
  for (const end of ["low", "expected", "high"] as const) {
    assert.ok(Math.abs(actual[end] - wanted[end]) <= 1e-9 * Math.max(1, wanted[end]), end);
  }
}
