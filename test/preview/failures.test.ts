import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { StackProblem } from "../../preview/preview-document";
import { preview, type PreviewResult } from "../../preview/preview";
import { previewFixture } from "./run-fixture";

function failing(stack: string): Promise<PreviewResult> {
  return previewFixture("failures", { stacks: [stack] });
}

/** Result without the stacks that every problem of these tests names. */
function problemsOf({ document }: PreviewResult): Omit<StackProblem, "stacks">[] {
  return document.problems.map(({ stacks, ...rest }) => {
    assert.equal(stacks?.length, 1);
    return rest;
  });
}

describe("preview of a program that refuses its input", () => {
  it("reports every problem of one error with its place and remedy, and no half-built result", async () => {
    const result = await failing("several-problems");
    assert.equal(result.status, 2);
    assert.deepEqual(result.document.stacks, []);
    assert.deepEqual(problemsOf(result), [
      {
        message: "There is no environment prd.",
        file: "applications/shop.yaml",
        line: 12,
        column: 5,
        remedy: "The environments are: dev, test, prod.\nDid you mean prod?",
      },
      { message: "The organization id is missing.", file: "Pulumi.yaml", line: 3, column: 1 },
      { message: "There are two connections.", remedy: "Take one away." },
    ]);
  });

  for (const [stack, problem] of [
    ["resource-error", { message: "A thing needs a size." }],
    ["rejected-promise", { message: "The list of accounts is empty." }],
    [
      "missing-config",
      {
        message: "Missing required configuration variable 'failures:colour'",
        remedy: "please set a value using the command `pulumi config set failures:colour <value>`",
      },
    ],
  ] as const) {
    it(`says what the program says, without a stack trace: ${stack}`, async () => {
      const result = await failing(stack);
      assert.equal(result.status, 2);
      assert.deepEqual(problemsOf(result), [problem]);
    });
  }
});

describe("preview of a program that the engine refuses", () => {
  it("names the two resources with one URN", async () => {
    const result = await failing("duplicate-urn");
    assert.equal(result.status, 2);
    assert.deepEqual(problemsOf(result), [
      {
        message: "Two resources have the URN urn:pulumi:duplicate-urn::failures::aws:sns/topic:Topic::topic.",
        remedy:
          "Give one of the two resources of type aws:sns/topic:Topic with the name topic another name, or another parent.",
      },
    ]);
  });

  it("names every function that only the cloud can answer", async () => {
    const result = await failing("unanswerable-invoke");
    assert.equal(result.status, 2);
    assert.deepEqual(
      problemsOf(result).map(({ message }) => message.split(",")[0]),
      [
        "The program calls aws:ec2/getVpc:getVpc",
        "The program calls aws:index/getAvailabilityZones:getAvailabilityZones",
      ],
    );
  });

  it("names a hook that stops a resource", async () => {
    const result = await failing("before-hook");
    assert.equal(result.status, 2);
    assert.deepEqual(problemsOf(result), [
      {
        message:
          "urn:pulumi:before-hook::failures::aws:sns/topic:Topic::topic: the hook check failed: not on a Friday",
      },
    ]);
  });

  it("refuses a resource without a provider where default providers are switched off", async () => {
    const result = await failing("denied-provider");
    assert.equal(result.status, 2);
    assert.deepEqual(problemsOf(result), [
      {
        message:
          "aws:sns/topic:Topic topic names no provider, and the default provider of aws is switched off " +
          "(pulumi:disable-default-providers: aws).",
        remedy: "Give the resource a provider, or take aws out of pulumi:disable-default-providers.",
      },
    ]);
  });
});

describe("preview of a program that breaks down", () => {
  it("is an internal error with the frames of the project's own sources", async () => {
    const result = await failing("crash");
    assert.equal(result.status, 3);
    const [problem] = problemsOf(result);
    assert.match(
      problem?.message ?? "",
      /^The program broke down:\nTypeError: Cannot read properties of null \(reading 'name'\)\n +at .*\(index\.ts:\d+:\d+\)\n +at .*\(index\.ts:\d+:\d+\)$/,
    );
  });

  it("says that promises are never settled, as Pulumi does", async () => {
    const result = await failing("never-settled");
    assert.equal(result.status, 3);
    assert.match(
      problemsOf(result)[0]?.message ?? "",
      /^The program broke down:\nThe Pulumi runtime detected that \d+ promises were still active\nat the time that the process exited\./,
    );
  });

  it("names file, line and column of source code that does not parse", async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-syntax-"));
    fs.writeFileSync(path.join(directory, "Pulumi.yaml"), "name: syntax\nruntime: nodejs\nmain: index.ts\n");
    fs.writeFileSync(path.join(directory, "Pulumi.dev.yaml"), "config: {}\n");
    fs.writeFileSync(path.join(directory, "Pulumi.prod.yaml"), "config: {}\n");
    fs.writeFileSync(path.join(directory, "index.ts"), "export const name = 1;\nexport const = 2;\n");
    try {
      const signal = new AbortController().signal;
      const result = await preview({ directory, stacks: [], environment: {}, signal });
      assert.equal(result.status, 2);
      assert.deepEqual(result.document.problems, [
        {
          message:
            "This is not valid TypeScript: Unexpected token `=`. Expected yield, an identifier, [ or {",
          file: "index.ts",
          line: 2,
          column: 14,
          stacks: ["dev", "prod"],
        },
      ]);
    } finally {
      fs.rmSync(directory, { recursive: true });
    }
  });
});
