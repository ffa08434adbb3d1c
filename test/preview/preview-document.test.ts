import assert from "node:assert/strict";
import { z } from "zod";
import type { PreviewDocument } from "../../preview/preview-document";
import { previewFixture } from "./run-fixture";

const finding = z.strictObject({
  rule: z.string().min(1),
  level: z.enum(["advisory", "mandatory"]),
  severity: z.enum(["", "low", "medium", "high", "critical"]),
  urn: z.string().startsWith("urn:pulumi:"),
  path: z.string(),
  message: z.string().min(1),
});

const resource = z.strictObject({
  urn: z.string().startsWith("urn:pulumi:"),
  type: z.string().min(1),
  name: z.string().min(1),
  parent: z.string(),
  provider: z.string(),
  custom: z.boolean(),
  inputs: z.record(z.string(), z.json()),
  outputs: z.record(z.string(), z.json()),
  dependencies: z.array(z.string()),
  propertyDependencies: z.record(z.string(), z.array(z.string())),
  protect: z.boolean(),
  retainOnDelete: z.literal(true).optional(),
  aliases: z.array(z.string().startsWith("urn:pulumi:")).min(1).optional(),
});

const problem = {
  message: z.string().min(1),
  file: z.string().optional(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
  remedy: z.string().optional(),
};

/** Version 1 of the document as it is promised: no field may go, change its meaning, or be added unnoticed. */
const schema = z.strictObject({
  version: z.literal(1),
  stacks: z.array(
    z.strictObject({
      name: z.string().min(1),
      kind: z.string(),
      accountId: z.string().regex(/^(?:\d{12})?$/),
      region: z.string(),
      resources: z.array(resource),
      outputs: z.record(z.string(), z.json()),
      unknowns: z.array(z.strictObject({ urn: z.string(), path: z.string().min(1) })),
      policy: z.strictObject({
        pack: z.string(),
        judged: z.int(),
        violations: z.array(finding),
        notVerifiable: z.array(finding),
        exempted: z.array(finding),
      }),
    }),
  ),
  problems: z.array(z.strictObject({ ...problem, stacks: z.array(z.string()).optional() })),
  warnings: z.array(z.strictObject(problem)).min(1).optional(),
});

const STACKS = { policy: ["broken", "clean"], options: ["dev"], failures: ["several-problems"] };

describe("the document of a preview", () => {
  for (const name of ["policy", "options", "failures"] as const) {
    it(`has the promised form: ${name}`, async () => {
      const { document } = await previewFixture(name, { stacks: STACKS[name] });
      const parsed: PreviewDocument = schema.parse(document) as PreviewDocument;
      assert.deepEqual(JSON.parse(JSON.stringify(document)), parsed);
    });
  }

  it("holds warnings about the input only where there are any", async () => {
    const { document, status } = await previewFixture("half-a-platform");
    assert.equal(status, 0);
    schema.parse(document);
    assert.deepEqual(document.warnings, [
      {
        message: "No stack is of kind cicd, so there are no pipelines.",
        file: "Pulumi.yaml",
        remedy: "Add Pulumi.cicd.yaml with half:stack: cicd.",
      },
    ]);
    assert.ok(!("warnings" in (await previewFixture("options")).document));
  });

  it("is the same each time", async () => {
    const [first, second] = [await previewFixture("options"), await previewFixture("options")];
    assert.equal(JSON.stringify(first.document), JSON.stringify(second.document));
  });

  it("puts the stack first and every parent before its children", async () => {
    const { document } = await previewFixture("options");
    const resources = document.stacks[0]?.resources ?? [];
    assert.equal(resources[0]?.type, "pulumi:pulumi:Stack");
    const seen = new Set([""]);
    for (const { urn, parent } of resources) {
      assert.ok(seen.has(parent), `${urn} stands before its parent`);
      seen.add(urn);
    }
  });
});
