// Makes data/role-takers.jsonl anew: which actions of AWS take a role or an instance profile, by the models of AWS's own
// Python client, botocore (Apache-2.0), which is no dependency:
//   pip download botocore==1.44.8 --no-deps && unzip botocore-1.44.8-py3-none-any.whl -d botocore
//   node policy-pack/data/generate-role-takers.mjs botocore
// What a service does with the role is read nowhere but in its guide, so people review it, once for each service:
// `use` is "runs" if code or calls that the caller writes act with the role, "moves" if the service itself does one set
// thing with it, "none" if what looks like a role is not one of IAM's that is passed. A service that is new here has
// "unreviewed", and a test fails. What people wrote in a line (all but `takes`) is kept:
//   passedTo  the service principals, where they are not the service's own name
//   except    actions that take a role for a set thing, such as writing logs
//   starts    actions that start something under a role, which their model does not show
//   injects   actions that change or run code under the role of something that exists
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const from = process.argv[2];
if (from === undefined) throw new Error("say where the unpacked package botocore is");
const models = join(from, "botocore/data");
const file = new URL("role-takers.jsonl", import.meta.url);
const linesOf = (url) =>
  readFileSync(url, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Actions by their name in small letters, as `service:name`. */
const actions = new Map(
  linesOf(new URL("actions.jsonl", import.meta.url))
    .slice(1)
    .flatMap(({ service, actions: own }) =>
      Object.keys(own).map((name) => [`${service}:${name}`.toLowerCase(), [service, name]]),
    ),
);

const ROLE = /(role(arn|name)?|iaminstanceprofile|instanceprofile(arn|name)?)$/i;
/** Operations that take a role away or only look, and members that name a role in another sense. */
const PASSES_NONE = /^(Delete|Remove|Disassociate|Detach|Cancel|Get|List|Describe)/;
const NO_ROLE = /^(participant|geographical?)role$/i;

function takesRole({ shapes }, name, depth = 0, above = new Set()) {
  const shape = shapes[name];
  if (shape === undefined || above.has(name) || depth > 8) return false;
  const within = new Set([...above, name]);
  const below = (next) => takesRole({ shapes }, next, depth + 1, within);
  if (shape.type === "list") return below(shape.member.shape);
  if (shape.type === "map") return below(shape.value.shape);
  return Object.entries(shape.members ?? {}).some(([member, { shape: next }]) => {
    // A role of a fixed set, such as who speaks in a conversation, is none of IAM's.
    const isText = ["string", "structure"].includes(shapes[next]?.type) && shapes[next].enum === undefined;
    return (isText && ROLE.test(member) && !NO_ROLE.test(member)) || below(next);
  });
}

const takes = new Map();
for (const folder of readdirSync(models)) {
  const versions = folder.includes(".") ? [] : readdirSync(join(models, folder)).sort();
  const model = join(models, folder, versions.at(-1) ?? "", "service-2.json.gz");
  if (versions.length === 0 || !existsSync(model)) continue;
  const { metadata, operations, shapes } = JSON.parse(gunzipSync(readFileSync(model)));
  const prefixes = [metadata.signingName, metadata.endpointPrefix, folder].filter(Boolean);
  if (folder === "cloudcontrol") prefixes.push("cloudformation");
  for (const [operation, { input }] of Object.entries(operations)) {
    if (input === undefined || PASSES_NONE.test(operation) || !takesRole({ shapes }, input.shape)) continue;
    const action = prefixes
      .map((prefix) => actions.get(`${prefix}:${operation}`.toLowerCase()))
      .find(Boolean);
    if (action !== undefined) takes.set(action[0], new Set([...(takes.get(action[0]) ?? []), action[1]]));
  }
}

const reviewed = new Map(
  existsSync(file)
    ? linesOf(file)
        .slice(1)
        .map((line) => [line.service, line])
    : [],
);
const services = [...new Set([...takes.keys(), ...reviewed.keys()])].sort();
const lines = services.map((service) => {
  const review = reviewed.get(service) ?? { service, use: "unreviewed" };
  delete review.takes;
  return { ...review, takes: [...(takes.get(service) ?? [])].sort() };
});
const version = /__version__ = '(.*)'/.exec(readFileSync(join(from, "botocore/__init__.py"), "utf8"))?.[1];
const head = { source: "botocore", version };
writeFileSync(file, [head, ...lines].map((line) => JSON.stringify(line)).join("\n") + "\n");
