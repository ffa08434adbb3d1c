/** The shipped platform in a workspace: its project files, its accounts, and what exists in them before the first `pulumi up`. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { roleType } from "../aws-simulator/types/iam";
import { connectionType } from "../aws-simulator/types/connection";
import { clusterType } from "../aws-simulator/types/clusters";
import type { Accounts, World } from "../aws-simulator/world";
import { root, type Engine } from "./engine";
import { Workspace, type Result } from "./workspace";

export type StackName = "cicd" | "dev" | "test" | "prod";
export const stacks: readonly StackName[] = ["cicd", "dev", "test", "prod"];
export const environments: readonly StackName[] = ["dev", "test", "prod"];

interface StackFile {
  readonly config: Readonly<Record<string, unknown>>;
}

/** What is not part of the program: everything else at the top is copied, so that a test may change it. */
const leftOut = ["test", "docs", "bench", "coverage", "node_modules", "policy-pack", "examples"];

/** Accounts of the stacks that only tests have: one more environment, and the organization's management account. */
const others: Readonly<Record<string, string>> = { staging: "555555555555", organization: "999999999999" };

/** The account that a stack's file allows, or that the tests give it. */
export function accountOf(stack: string): string {
  const own = others[stack];
  if (own !== undefined) return own;
  const file = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as StackFile;
  const [account] = file.config["aws:allowedAccountIds"] as string[];
  if (account === undefined) throw new Error(`Pulumi.${stack}.yaml names no account.`);
  return account;
}

function world(): World {
  const known = stacks.map((stack) => ({ stack, account: accountOf(stack) }));
  const all = [...known, ...Object.entries(others).map(([stack, account]) => ({ stack, account }))];
  return {
    organizationId: "o-example1234",
    accounts: Object.fromEntries(all.map(({ stack, account }) => [account, { name: stack }])),
    credentials: Object.fromEntries(
      all.map(({ account }) => [account, { account, arn: `arn:aws:iam::${account}:role/slipway-platform` }]),
    ),
  };
}

/** A workspace with the shipped program and empty accounts, save for what people make by hand before (README). */
export function platform(engine: Engine): Workspace {
  const workspace = Workspace.create(engine, world(), accountOf);
  const names = readdirSync(root).filter((name) => !name.startsWith(".") && !leftOut.includes(name));
  workspace.copy(root, names);
  workspace.link(join(root, "policy-pack"), "policy-pack");
  prepareAccounts(workspace.accounts);
  return workspace;
}

function prepareAccounts(accounts: Accounts): void {
  const shared = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as StackFile;
  const cicd = parse(readFileSync(join(root, "Pulumi.cicd.yaml"), "utf8")) as StackFile;
  const { arn } = cicd.config["slipway:connection"] as { arn: string };
  const base = { principals: {}, born: 0 };
  const region = "eu-west-1";
  for (const stack of stacks) {
    for (const name of ["slipway-platform", "slipway-break-glass"])
      makeRole(accounts, accountOf(stack), name);
  }
  accounts.put({
    ...base,
    type: connectionType,
    id: arn,
    account: accountOf("cicd"),
    region,
    props: { arn, connectionStatus: "AVAILABLE" },
  });
  for (const { accountId, eks } of shared.config["slipway:environments"] as {
    accountId: string;
    eks?: { cluster: string; nodeRole: string };
  }[]) {
    if (eks === undefined) continue;
    makeRole(accounts, accountId, eks.nodeRole);
    accounts.put({
      ...base,
      type: clusterType,
      id: eks.cluster,
      account: accountId,
      region,
      props: { name: eks.cluster },
    });
  }
}

/** Takes every application but one out of the workspace. */
export function onlyApplication(workspace: Workspace, name: string): void {
  const folder = join(workspace.project, "applications");
  for (const file of readdirSync(folder)) {
    if (/\.ya?ml$/.test(file) && !file.startsWith(`${name}.`)) workspace.remove(join("applications", file));
  }
}

/** Adds the stack of the organization's management account, as the README tells. */
export function addOrganization(workspace: Workspace): void {
  const account = accountOf("organization");
  workspace.write(
    "Pulumi.organization.yaml",
    `config:\n  slipway:stack: organization\n  slipway:managementAccountId: "${account}"\n  aws:region: eu-west-1\n  aws:allowedAccountIds: ["${account}"]\n`,
  );
}

/** A workspace with a small program from a folder, in the same accounts. */
export function programWorkspace(engine: Engine, source: string): Workspace {
  const workspace = Workspace.create(engine, world(), () => accountOf("cicd"));
  const names = readdirSync(source);
  workspace.copy(source, names);
  for (const name of ["package.json", "tsconfig.json"]) {
    if (!names.includes(name)) cpSync(join(root, name), join(workspace.project, name));
  }
  return workspace;
}

/** A role that people or other tools made. */
function makeRole(accounts: Accounts, account: string, name: string): void {
  const arn = `arn:aws:iam::${account}:role/${name}`;
  const trust = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" },
    ],
  };
  const props = {
    arn,
    name,
    path: "/",
    uniqueId: `AROA${name}`,
    assumeRolePolicy: JSON.stringify(trust),
    tagsAll: {},
  };
  accounts.put({ type: roleType, id: name, account, region: "eu-west-1", props, principals: {}, born: 0 });
}

/** Makes all four stacks and deploys them, one after the other. */
async function deployAll(workspace: Workspace, order: readonly string[] = stacks): Promise<void> {
  for (const stack of order) {
    await workspace.init(stack);
    await succeeded(workspace.up(stack));
  }
}

/**
 * A workspace in which all four stacks are deployed. The first one of a program is kept in `.engine/deployed`, under a
 * hash of everything it came from, and later ones are copies of it.
 */
export async function deployedPlatform(engine: Engine): Promise<Workspace> {
  const workspace = platform(engine);
  const kept = join(root, ".engine", "deployed", origin(workspace, engine));
  if (existsSync(kept)) {
    for (const name of ["state", "aws", "project"]) {
      cpSync(join(kept, name), join(workspace.folder, name), { recursive: true, verbatimSymlinks: true });
    }
    return workspace;
  }
  await deployAll(workspace);
  const draft = `${kept}.${process.pid}`;
  for (const name of ["state", "aws"])
    cpSync(join(workspace.folder, name), join(draft, name), { recursive: true });
  for (const name of stacks.map((stack) => `Pulumi.${stack}.yaml`))
    cpSync(join(workspace.project, name), join(draft, "project", name));
  // Another test process may have been faster with the same.
  if (existsSync(kept)) rmSync(draft, { recursive: true });
  else renameSync(draft, kept);
  return workspace;
}

/** Changes with the program, its settings, its tools, and the simulator. */
function origin(workspace: Workspace, engine: Engine): string {
  const hash = createHash("sha256").update(engine.schemaFile).update(engine.version);
  const files = readdirSync(workspace.project, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    hash.update(relative(workspace.project, file)).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 24);
}

/** The result of a command that must end well; otherwise everything it said. */
export async function succeeded(running: Promise<Result>): Promise<Result> {
  const result = await running;
  if (result.status !== 0)
    throw new Error(`the command ended with ${String(result.status)}:\n${result.output}`);
  return result;
}
