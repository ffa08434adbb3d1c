/**
 * What a person does after a run that broke off, as docs/recovery.md tells: unlock, look up what was being made when
 * it happened, take over what is there, run again.
 */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { commandLine, descendants, kill } from "./processes";
import { lean, type Result, type ResourceState, type Workspace } from "./workspace";

export interface Recovery {
  /** The commands that were needed, in order. */
  readonly commands: readonly string[];
  readonly result: Result;
}

/** Objects that were made although nobody heard of it: their URN and the id that a look into the account shows. */
async function unrecorded(
  workspace: Workspace,
  stack: string,
): Promise<{ urn: string; type: string; id: string; pending: boolean }[]> {
  const { resources, pending } = await workspace.export(stack);
  const known = new Set(resources.filter(({ custom }) => custom).map(({ urn }) => urn));
  const account = workspace.accountOf(stack);
  return workspace
    .calls()
    .filter(
      ({ operation, outcome, urn }) => operation === "create" && outcome !== "refused" && !known.has(urn),
    )
    .filter(({ type, id }) => id !== "" && workspace.accounts.get(account, type, id) !== undefined)
    .map(({ urn, type, id }) => ({
      urn,
      type,
      id,
      pending: pending.some(({ resource }) => resource.urn === urn),
    }));
}

/** Brings a stack back and finishes what was begun. Gives the commands that were needed for it. */
export async function recover(
  workspace: Workspace,
  stack: string,
  command: "up" | "destroy" = "up",
): Promise<Recovery> {
  const commands: string[] = [];
  if (workspace.mendState(stack)) commands.push("restore state");
  if (workspace.locked(stack)) {
    commands.push("cancel");
    await succeed(workspace.command(stack, ["cancel", "--yes"]), "pulumi cancel");
  }
  const { pending } = await workspace.export(stack);
  const found = await unrecorded(workspace, stack);
  if (pending.length > 0) {
    commands.push("refresh");
    const imports = found
      .filter((item) => item.pending)
      .flatMap(({ urn, id }) => ["--import-pending-creates", urn, "--import-pending-creates", id]);
    await succeed(
      workspace.refresh(stack, imports.length > 0 ? imports : ["--clear-pending-creates"]),
      "pulumi refresh",
    );
  }
  // What is being taken away needs nobody who takes it over.
  const rest = command === "destroy" ? [] : await unrecorded(workspace, stack);
  if (rest.length > 0) {
    commands.push("import");
    await importAll(workspace, stack, rest);
  }
  commands.push(command);
  return { commands, result: await workspace[command](stack, [], { environment: lean }) };
}

async function importAll(
  workspace: Workspace,
  stack: string,
  found: readonly { urn: string; type: string; id: string }[],
): Promise<void> {
  const { resources } = await workspace.export(stack);
  const entries = found.map(({ urn, type, id }) => ({
    type,
    name: nameOf(urn),
    id,
    parent: parentOf(urn, resources),
  }));
  const nameTable = Object.fromEntries(
    entries.flatMap(({ parent }) => (parent === undefined ? [] : [[label(parent), parent]])),
  );
  const list = entries.map(({ parent, ...entry }) => ({
    ...entry,
    ...(parent !== undefined && { parent: label(parent) }),
  }));
  workspace.write("import.json", JSON.stringify({ nameTable, resources: list }));
  await succeed(
    workspace.command(stack, [
      "import",
      "--file",
      "import.json",
      "--protect=false",
      "--generate-code=false",
      "--yes",
      "--skip-preview",
    ]),
    "pulumi import",
  );
}

/** A parent's name in the import file: unique, because a component and its child may be called alike. */
const label = (urn: string): string => urn.replace(/[^A-Za-z0-9]+/g, "-");

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The component whose type comes before the last `$`: the only one, or of several the one whose name begins alike. */
function parentOf(urn: string, resources: readonly ResourceState[]): string | undefined {
  const [stack = "", project = "", types = ""] = urn.replace("urn:pulumi:", "").split("::");
  const parentTypes = types.slice(0, types.lastIndexOf("$"));
  const prefix = `urn:pulumi:${stack}::${project}::${parentTypes}::`;
  const candidates = resources.map((resource) => resource.urn).filter((other) => other.startsWith(prefix));
  const alike = candidates.filter((other) => nameOf(urn).startsWith(nameOf(other)));
  if (alike.length === 0 && candidates.length === 1) return candidates[0];
  return alike.sort((left, right) => right.length - left.length)[0];
}

async function succeed(running: Promise<Result>, what: string): Promise<void> {
  const { status, output } = await running;
  assert.equal(status, 0, `${what} failed:\n${output}`);
}

/** Kills the engine the moment a `hang` fault is reached. */
export function killEngineWhenReached(workspace: Workspace): (engine: ChildProcess) => void {
  return whenReached(workspace, (engine) => engine.kill("SIGKILL"));
}

/** Kills the program (not the engine, not the provider) the moment a `pause` fault is reached, then lets AWS answer. */
export function killProgramWhenReached(workspace: Workspace): (engine: ChildProcess) => void {
  return whenReached(workspace, (engine) => {
    for (const id of descendants(engine.pid ?? 0)) {
      if (commandLine(id).includes("@pulumi/pulumi/cmd/run/")) kill(id);
    }
    workspace.resume();
  });
}

function whenReached(
  workspace: Workspace,
  act: (engine: ChildProcess) => void,
): (engine: ChildProcess) => void {
  return (engine) => {
    const timer = setInterval(() => {
      if (workspace.reached() === undefined) return;
      clearInterval(timer);
      act(engine);
    }, 10);
    engine.on("exit", () => {
      clearInterval(timer);
    });
  };
}
