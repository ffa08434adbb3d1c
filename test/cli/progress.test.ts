import assert from "node:assert/strict";
import { useColor } from "../../cli/color";
import { Progress } from "../../cli/progress";

/** A terminal that keeps what is written to it. */
class FakeTerminal {
  readonly written: string[] = [];
  readonly columns = 30;

  constructor(readonly isTTY: boolean) {}

  write(text: string): boolean {
    this.written.push(text);
    return true;
  }
}

describe("Progress", () => {
  it("writes nothing where there is no terminal, or when it is not wanted", () => {
    for (const [terminal, wanted] of [
      [new FakeTerminal(false), true],
      [new FakeTerminal(true), false],
    ] as const) {
      const progress = new Progress(terminal, wanted);
      progress.show({ kind: "stacks", stacks: ["dev"] });
      progress.draw();
      progress.clear();
      assert.deepEqual(terminal.written, []);
    }
  });

  it("tells of each stack how far it is, in one line that fits, and takes it away in the end", () => {
    const terminal = new FakeTerminal(true);
    const progress = new Progress(terminal, true);
    progress.show({ kind: "stacks", stacks: ["cicd", "dev", "prod"] });
    progress.show({ kind: "started", stack: "cicd" });
    progress.show({ kind: "resource", stack: "cicd" });
    progress.show({ kind: "resource", stack: "cicd" });
    progress.show({ kind: "judging", stack: "dev" });
    progress.show({ kind: "finished", stack: "prod" });
    progress.draw();
    progress.clear();
    const start = "\r\u001b[2K";
    assert.deepEqual(terminal.written, [`${start}⠙ cicd 2   dev 0 judging   pr`, start]);
  });
});

describe("useColor", () => {
  const cases = [
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
    [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ] as const;
  for (const [isTTY, env, expected] of cases) {
    it(`is ${String(expected)} for ${isTTY ? "a terminal" : "a file"} with ${JSON.stringify(env)}`, () => {
      assert.equal(useColor({ isTTY }, env), expected);
    });
  }
});
