/**
 * Puts each fault of faults/ alone into a copy of the project and runs the test that must notice it. A fault whose test
 * passes has survived, and fails the command: then something that matters can break unnoticed.
 *
 * A tool that makes faults by itself (StrykerJS) makes thousands, most of which change nothing that matters; these are
 * chosen, have a name, and name the test that holds the fact.
 */
import { availableParallelism } from "node:os";
import { faults } from "./faults";
import type { Fault } from "./fault";
import { Workshop } from "./workshop";

interface Outcome {
  readonly fault: Fault;
  /** Why the fault counts as unnoticed; absent when the named test failed, as it must. */
  readonly survived?: string;
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const chosen = faults.filter(({ name, file }) => words.every((word) => `${file} ${name}`.includes(word)));
  const started = Date.now();
  const untrue = await untrueTests(chosen);
  const outcomes: Outcome[] = [];
  const queue = [...chosen];
  await inParallel(async (workshop) => {
    for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
      outcomes.push(await tryFault(workshop, fault));
    }
  });
  const survivors = outcomes.filter(({ survived }) => survived !== undefined);
  for (const { fault, survived } of survivors) {
    console.error(`survived: ${fault.name}\n  ${fault.file}\n  ${survived ?? ""}`);
  }
  for (const problem of untrue) console.error(problem);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${chosen.length} faults, ${chosen.length - survivors.length} killed, in ${seconds} s.`);
  console.log(
    `mutants: ${chosen.length - survivors.length} passed, ${survivors.length + untrue.length} failed`,
  );
  process.exitCode = survivors.length + untrue.length > 0 || chosen.length === 0 ? 1 : 0;
}

async function tryFault(workshop: Workshop, fault: Fault): Promise<Outcome> {
  const { titles, failed, broken } = await workshop.run(fault);
  const { title } = fault.killedBy;
  if (broken !== undefined) return { fault, survived: `the tests did not run: ${broken}` };
  if (failed.includes(title)) return { fault };
  const why = titles.includes(title) ? "passes with the fault" : "is not a test of that file";
  return { fault, survived: `"${title}" ${why}` };
}

/** Without any fault every named test must pass: else its failing would prove nothing. */
async function untrueTests(chosen: readonly Fault[]): Promise<string[]> {
  const tests = chosen.map(({ killedBy }) => killedBy);
  const files = [...new Set(tests.map(({ file }) => file))];
  const problems: string[] = [];
  await inParallel(async (workshop) => {
    for (let file = files.shift(); file !== undefined; file = files.shift()) {
      const titles = new Set(tests.filter((test) => test.file === file).map(({ title }) => title));
      const { failed, broken } = await workshop.runTests(file, [...titles]);
      if (broken !== undefined) problems.push(`${file} does not run: ${broken}`);
      problems.push(...failed.map((title) => `${file}: "${title}" fails without any fault`));
    }
  });
  return problems;
}

async function inParallel(work: (workshop: Workshop) => Promise<void>): Promise<void> {
  const workshops = Array.from({ length: Math.max(1, availableParallelism()) }, () => new Workshop());
  try {
    await Promise.all(workshops.map(work));
  } finally {
    for (const workshop of workshops) workshop.remove();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
