import type { Value } from "./aws-simulator/values";
import { assertSameContents, contents } from "./support/accounts";
import type { Engine } from "./support/engine";
import { accountOf, onlyApplication, platform, stacks, succeeded, type StackName } from "./support/platform";
import { figure, withEngine } from "./support/suite";
import { lean, type Workspace } from "./support/workspace";

withEngine("the four stacks of the platform", (engine: Engine) => {
  let base: Workspace;
  before(async () => {
    base = platform(engine);
    // The application that leads to every environment.
    onlyApplication(base, "hello-world");
    for (const stack of stacks) await base.init(stack);
  });
  after(() => {
    base.dispose();
  });

  it("deploy in every order, and the accounts do not tell in which", async () => {
    // What a deployment finds depends on which stacks are there, not on how they came to be: the 24 orders are paths
    // through the 16 sets of stacks, and every step of every path is taken once.
    const reached = new Map<string, { workspace: Workspace; contents: Record<string, Value> }>();
    const key = (set: readonly StackName[]): string => [...set].sort().join("+");
    reached.set("", { workspace: base.fork(), contents: {} });
    let steps = 0;
    for (const set of subsets(stacks).filter((candidate) => candidate.length < stacks.length)) {
      const from = reached.get(key(set));
      if (from === undefined) throw new Error(`The set ${key(set)} was not reached.`);
      for (const stack of stacks.filter((candidate) => !set.includes(candidate))) {
        const next = [...set, stack];
        const workspace = from.workspace.fork();
        await succeeded(workspace.up(stack, [], { environment: lean }));
        steps += 1;
        const now = contents(workspace.accounts, stacks.map(accountOf));
        const earlier = reached.get(key(next));
        if (earlier === undefined) {
          reached.set(key(next), { workspace, contents: now });
        } else {
          assertSameContents(now, earlier.contents, `${key(set)}, then ${stack}`);
          workspace.dispose();
        }
      }
      from.workspace.dispose();
    }
    reached.get(key(stacks))?.workspace.dispose();
    figure("orders of the four stacks, steps of all 24 orders", steps, steps);
  });
});

/** Every subset, smaller ones first. */
function subsets(all: readonly StackName[]): StackName[][] {
  const found = Array.from({ length: 2 ** all.length }, (_, bits) =>
    all.filter((__, index) => (bits >> index) & 1),
  );
  return found.sort((left, right) => left.length - right.length);
}
