import assert from "node:assert/strict";
import type { PolicyPack } from "../../preview/policy-pack";
import type { PolicyResult } from "../../preview/preview-document";
import { Slots } from "../../preview/slots";
import { StackJudgement } from "../../preview/stack-judgement";

const RESULT: PolicyResult = {
  pack: "pack 1.0.0",
  judged: 1,
  violations: [],
  notVerifiable: [],
  exempted: [],
};

describe("the judgement of a stack while its program runs", () => {
  let heard: string[];
  let boot: (pack: PolicyPack) => void;
  let booting: Promise<PolicyPack>;
  let places: Slots;
  const pack: PolicyPack = {
    begin: ({ stack }) => void heard.push(`begin ${stack}`),
    show: (line) => void heard.push(line),
    judge: () => {
      heard.push("judge");
      return Promise.resolve(RESULT);
    },
    abandon: () => void heard.push("abandon"),
    stop: () => undefined,
  };
  beforeEach(() => {
    heard = [];
    booting = new Promise((resolve) => (boot = resolve));
    places = new Slots(1);
  });

  const judgementOf = (stack: string): StackJudgement =>
    new StackJudgement(
      { organization: "organization", project: "shop", stack, config: new Map() },
      booting,
      places,
    );

  it("shows the pack what came before it was there, then each line as it comes", async () => {
    const judgement = judgementOf("dev");
    judgement.show("first");
    boot(pack);
    await booting;
    await Promise.resolve();
    judgement.show("second");
    assert.deepEqual(heard, ["begin dev", "first", "second"]);
    assert.equal(await judgement.result(), RESULT);
    assert.deepEqual(heard, ["begin dev", "first", "second", "judge"]);
  });

  it("waits for the stack before it, and loses nothing meanwhile", async () => {
    boot(pack);
    const [dev, prod] = [judgementOf("dev"), judgementOf("prod")];
    prod.show("of prod");
    dev.show("of dev");
    const verdict = prod.result();
    await dev.result();
    await verdict;
    assert.deepEqual(heard, ["begin dev", "of dev", "judge", "begin prod", "of prod", "judge"]);
  });

  it("gives its place away when the program has failed", async () => {
    boot(pack);
    const [dev, prod] = [judgementOf("dev"), judgementOf("prod")];
    dev.abandon();
    await prod.result();
    assert.deepEqual(heard, ["begin dev", "abandon", "begin prod", "judge"]);
  });

  it("tells of a pack that does not start where the verdict is wanted", async () => {
    booting = Promise.reject(new Error("does not start"));
    await assert.rejects(judgementOf("dev").result(), { message: "does not start" });
  });
});
