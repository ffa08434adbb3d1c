/**
 * Prices of AWS in USD, as stored copies of public pages and of AWS's own price list showed them.
 * `stated` is the date that the source itself gives, "" where it gives none; all were looked up on {@link lookedUp}.
 */

/** When the sources below were read. */
export const lookedUp = "2026-11-25";

export interface Price {
  readonly service: string;
  /** What is paid for. */
  readonly what: string;
  /** What the price is for one of. */
  readonly unit: string;
  /** One price for all regions, or what was found for single ones. */
  readonly regions: Readonly<Record<"everywhere", Quotation>> | Readonly<Record<string, Quotation>>;
  /** What could not be found, or how the price is to be read. */
  readonly note?: string;
}

export interface Quotation {
  /** For one unit. */
  readonly usd: number;
  readonly source: string;
  /** The date that the source gives: of the price list's edition, or of the page. */
  readonly stated: string;
}

/**
 * AWS's own price list, the edition for Ireland of the date in its name, as quoted by
 * https://github.com/henderjm/world-cup-sweepstake/blob/main/docs/costs/aws-ireland-rates.json (2026-10-04).
 */
function ireland(usd: number, offer: string, edition: string): Quotation {
  const source = `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${offer}/${edition}/eu-west-1/index.json`;
  return { usd, source, stated: `${edition.slice(0, 4)}-${edition.slice(4, 6)}-${edition.slice(6, 8)}` };
}

function page(usd: number, source: string, stated = ""): Quotation {
  return { usd, source, stated };
}

const codeBuildPage = "https://c3x.dev/resources/aws/aws_codebuild_project/";
const codeBuildNote =
  "No stored page gives a price for Ireland; that of us-east-1 is used as for other regions.";
const kmsPage = "https://aws.amazon.com/kms/pricing/";
const fargatePage = "https://www.vantage.sh/blog/fargate-pricing";
const logsPage = "https://c3x.dev/blog/cloudwatch-logs-cost-optimization";
const s3Page = "https://c3x.dev/resources/aws/aws_s3_bucket";
const s3RequestsPage = "https://dev.to/sh20raj/aws-s3-pricing-for-beginners-3fc2";

export const prices = {
  pipelineMinute: {
    service: "CodePipeline",
    what: "V2 action execution",
    unit: "minute",
    regions: { everywhere: page(0.002, "https://aws.amazon.com/codepipeline/pricing/") },
    note: "The page names one price for all regions. Manual approvals are free.",
  },
  buildMinuteSmall: {
    service: "CodeBuild",
    what: "on-demand Linux x86, BUILD_GENERAL1_SMALL",
    unit: "minute",
    regions: { "us-east-1": page(0.005, codeBuildPage) },
    note: codeBuildNote,
  },
  buildMinuteMedium: {
    service: "CodeBuild",
    what: "on-demand Linux x86, BUILD_GENERAL1_MEDIUM",
    unit: "minute",
    regions: { "us-east-1": page(0.01, codeBuildPage) },
    note: codeBuildNote,
  },
  buildMinuteLarge: {
    service: "CodeBuild",
    what: "on-demand Linux x86, BUILD_GENERAL1_LARGE",
    unit: "minute",
    regions: { "us-east-1": page(0.02, codeBuildPage) },
    note: codeBuildNote,
  },
  key: {
    service: "KMS",
    what: "customer managed key",
    unit: "key and month",
    regions: { everywhere: page(1, kmsPage) },
  },
  keyRotation: {
    service: "KMS",
    what: "rotated key material, charged for the first two rotations of a key",
    unit: "rotation and month",
    regions: {
      everywhere: page(
        1,
        "https://aws.amazon.com/blogs/security/the-curious-case-of-faster-aws-kms-symmetric-key-rotation/",
        "2024-04-12",
      ),
    },
  },
  keyRequest: {
    service: "KMS",
    what: "requests",
    unit: "request",
    regions: {
      everywhere: page(0.03 / 10_000, "https://www.wring.co/blog/aws-kms-pricing-guide", "2026-03-15"),
    },
  },
  objectGb: {
    service: "S3",
    what: "Standard storage, first 50 TB",
    unit: "GB and month",
    regions: {
      "eu-west-1": ireland(0.023, "AmazonS3", "20260928230416"),
      "us-east-1": page(0.023, s3Page),
    },
  },
  objectPut: {
    service: "S3",
    what: "PUT, COPY, POST and LIST",
    unit: "request",
    regions: {
      "eu-west-1": ireland(0.000005, "AmazonS3", "20260928230416"),
      "us-east-1": page(0.000005, s3RequestsPage),
    },
  },
  objectGet: {
    service: "S3",
    what: "GET and all other requests",
    unit: "request",
    regions: {
      "eu-west-1": ireland(0.0000004, "AmazonS3", "20260928230416"),
      "us-east-1": page(0.0000004, s3RequestsPage),
    },
  },
  imageGb: {
    service: "ECR",
    what: "storage of private repositories",
    unit: "GB and month",
    regions: {
      "eu-west-1": ireland(0.1, "AmazonECR", "20260911124425"),
      "us-east-1": page(0.1, "https://cloudburn.io/blog/amazon-ecr-pricing", "2026-03"),
    },
  },
  logGbIn: {
    service: "CloudWatch Logs",
    what: "ingestion, Standard class",
    unit: "GB",
    regions: {
      "eu-west-1": ireland(0.57, "AmazonCloudWatch", "20260922021715"),
      "us-east-1": page(0.5, logsPage, "2026-06"),
    },
  },
  logGb: {
    service: "CloudWatch Logs",
    what: "storage",
    unit: "GB and month",
    regions: {
      "eu-west-1": ireland(0.03, "AmazonCloudWatch", "20260922021715"),
      "us-east-1": page(0.03, logsPage, "2026-06"),
    },
    note: "Counted as written; CloudWatch charges for less, since it compresses what it stores.",
  },
  metric: {
    service: "CloudWatch",
    what: "custom metrics, first 10,000, as Container Insights writes them",
    unit: "metric and month",
    regions: { "eu-west-1": ireland(0.3, "AmazonCloudWatch", "20260922021715") },
    note: "No stored page gives a price for us-east-1; that of Ireland is used as for other regions.",
  },
  email: {
    service: "SNS",
    what: "e-mails",
    unit: "e-mail",
    regions: {
      everywhere: page(
        2 / 100_000,
        "https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/",
        "2026-06-13",
      ),
    },
  },
  secret: {
    service: "Secrets Manager",
    what: "secret",
    unit: "secret and month",
    regions: {
      "eu-west-1": ireland(0.4, "AWSSecretsManager", "20260911124610"),
      "us-east-1": page(
        0.4,
        "https://hivebook.wiki/wiki/aws-secrets-manager-rotated-secrets-dynamic-db-credentials-kms",
      ),
    },
  },
  taskVcpuHour: {
    service: "Fargate",
    what: "Linux x86, processors",
    unit: "vCPU and hour",
    regions: {
      "eu-west-1": ireland(0.04048, "AmazonECS", "20260911124425"),
      "us-east-1": page(0.04048, fargatePage),
    },
  },
  taskGbHour: {
    service: "Fargate",
    what: "Linux x86, memory",
    unit: "GB and hour",
    regions: {
      "eu-west-1": ireland(0.004445, "AmazonECS", "20260911124425"),
      "us-east-1": page(0.004445, fargatePage),
    },
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

/** What AWS gives every account each month, not only in its first year. */
export const freeTiers = {
  pipelineMinute: { amount: 100, source: "https://aws.amazon.com/codepipeline/pricing/" },
  buildMinuteSmall: { amount: 100, source: codeBuildPage },
  keyRequest: { amount: 20_000, source: kmsPage },
  logGbIn: { amount: 5, source: "https://aws.amazon.com/cloudwatch/pricing/" },
} as const satisfies Partial<Readonly<Record<PriceName, { amount: number; source: string }>>>;

/**
 * Where a price is not known for a region, that of another one is taken times this: "other regions are typically 10–30 %
 * higher", https://cloudburn.io/blog/aws-fargate-pricing (2026-04-01, of Fargate); several are no higher at all.
 */
export const elsewhere = { low: 1, expected: 1.1, high: 1.3 };

/**
 * CodeBuild's kinds of machine that have a price: `<environment type> <compute type>`. No stored page gives one of ARM, Lambda
 * or larger machines, so a project that asks for them is reported as not priced.
 */
export const buildMachines: Readonly<Record<string, PriceName>> = {
  "LINUX_CONTAINER BUILD_GENERAL1_SMALL": "buildMinuteSmall",
  "LINUX_CONTAINER BUILD_GENERAL1_MEDIUM": "buildMinuteMedium",
  "LINUX_CONTAINER BUILD_GENERAL1_LARGE": "buildMinuteLarge",
};
