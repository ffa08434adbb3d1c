import assert from "node:assert/strict";
import type { ServiceError } from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import type { ResourceState } from "../../preview/graph";
import { PolicyCheck, type Analyzer } from "../../preview/policy-check";
import { BreakdownError } from "../../preview/problems";
import type { PolicyResult } from "../../preview/preview-document";

const ROOT = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const TOPIC = "urn:pulumi:dev::shop::aws:sns/topic:Topic::topic";

function state(changes: Partial<ResourceState>): ResourceState {
  return {
    urn: TOPIC,
    type: "aws:sns/topic:Topic",
    name: "topic",
    parent: ROOT,
    custom: true,
    remote: false,
    external: false,
    provider: "",
    id: "",
    inputs: { name: "in" },
    outputs: { name: "out" },
    dependencies: [],
    propertyDependencies: {},
    options: {
      deletedWith: "",
      ignoreChanges: [],
      additionalSecretOutputs: [],
      timeouts: { create: 0, update: 0, delete: 0 },
    },
    ...changes,
  };
}

const stack = state({
  urn: ROOT,
  type: "pulumi:pulumi:Stack",
  name: "shop-dev",
  parent: "",
  custom: false,
  inputs: {},
  outputs: {},
});

/** What a rule of the pack says. */
function says(level: "ADVISORY" | "MANDATORY", message: string, urn = ""): messages.AnalyzeDiagnostic {
  const diagnostic = new messages.AnalyzeDiagnostic();
  diagnostic.setPolicyname("rule");
  diagnostic.setEnforcementlevel(messages.EnforcementLevel[level]);
  diagnostic.setMessage(message);
  diagnostic.setUrn(urn);
  return diagnostic;
}

type Done<Response> = (error: ServiceError | null, response: Response) => void;

interface Judged {
  readonly result: PolicyResult;
  /** What the pack was asked, in order: a call, the names of its resources, and their `name` property. */
  readonly asked: readonly string[];
}

/** Shows the states to a pack that says this of each topic, and that of the whole stack. */
async function judged(
  states: readonly ResourceState[],
  ofTopic: readonly messages.AnalyzeDiagnostic[] = [],
  ofStack: readonly messages.AnalyzeDiagnostic[] = [],
): Promise<Judged> {
  const asked: string[] = [];
  const answer = (diagnostics: readonly messages.AnalyzeDiagnostic[]): messages.AnalyzeResponse => {
    const response = new messages.AnalyzeResponse();
    response.setDiagnosticsList([...diagnostics]);
    return response;
  };
  const told = (resource: messages.AnalyzeRequest | messages.AnalyzerResource): string =>
    `${resource.getName()} ${JSON.stringify(resource.getProperties()?.toJavaScript())}`;
  const client = {
    configureStack: (_: unknown, done: Done<unknown>) => {
      done(null, undefined);
    },
    analyze: (request: messages.AnalyzeRequest, done: Done<messages.AnalyzeResponse>) => {
      asked.push(told(request));
      done(null, answer(request.getType() === "aws:sns/topic:Topic" ? ofTopic : []));
    },
    analyzeStack: (request: messages.AnalyzeStackRequest, done: Done<messages.AnalyzeResponse>) => {
      asked.push(`stack: ${request.getResourcesList().map(told).join(", ")}`);
      done(null, answer(ofStack));
    },
  };
  const check = new PolicyCheck(client as unknown as Analyzer, "pack 1.0.0", {
    organization: "organization",
    project: "shop",
    stack: "dev",
    config: new Map(),
  });
  for (const each of states) check.show(each);
  return { result: await check.result(), asked };
}

function words({ violations, notVerifiable, exempted }: PolicyResult): Record<string, string[]> {
  const short = (findings: PolicyResult["violations"]): string[] =>
    findings.map(({ level, path, message }) => `${level} [${path}] ${message}`);
  return {
    violations: short(violations),
    notVerifiable: short(notVerifiable),
    exempted: short(exempted),
  };
}

const MESSAGES = [
  "policy: is broad.",
  "exempted: policy: is broad.",
  "not verifiable: policy cannot be known before the update, which will judge it.",
  "baseline: policy: was broad.",
  "can't run policy 'rule' from policy pack 'pack' during preview: string value at .policy can't be known during preview",
];

describe("what a policy pack says of a stack", () => {
  it("comes from each resource's inputs, then from all resources' outputs", async () => {
    const { asked, result } = await judged([stack, state({ inputs: { name: "in", __internal: {} } })]);
    assert.deepEqual(asked, [
      "shop-dev {}",
      'topic {"name":"in"}',
      'stack: shop-dev {}, topic {"name":"out"}',
    ]);
    assert.deepEqual([result.pack, result.judged], ["pack 1.0.0", 2]);
  });

  it("leaves out what the stack only reads", async () => {
    const { asked, result } = await judged([
      stack,
      state({ urn: `${TOPIC}-read`, name: "read", external: true }),
    ]);
    assert.deepEqual(asked, ["shop-dev {}", "stack: shop-dev {}"]);
    assert.equal(result.judged, 1);
  });

  it("is told apart by the marks of messages that do not block", async () => {
    const { result } = await judged(
      [state({})],
      MESSAGES.map((message) => says("ADVISORY", message)),
    );
    assert.deepEqual(words(result), {
      violations: ["advisory [policy] is broad.", "advisory [policy] baseline: was broad."],
      notVerifiable: [
        "advisory [policy] policy cannot be known before the update, which will judge it.",
        "advisory [policy] string value at .policy can't be known during preview",
      ],
      exempted: ["advisory [policy] is broad."],
    });
  });

  it("is a violation where the level is mandatory, whatever mark the message bears", async () => {
    const { result } = await judged(
      [state({})],
      MESSAGES.map((message) => says("MANDATORY", message)),
    );
    assert.equal(result.violations.length, MESSAGES.length);
    assert.deepEqual(
      result.violations.map(({ level }) => level),
      MESSAGES.map(() => "mandatory"),
    );
    assert.deepEqual([result.notVerifiable, result.exempted], [[], []]);
  });

  it("is about the resource that a rule on the whole stack names, or about the stack", async () => {
    const { result } = await judged(
      [stack, state({})],
      [],
      [says("MANDATORY", "a", TOPIC), says("MANDATORY", "b", "urn:pulumi:dev::shop::no:such:Thing::x")],
    );
    assert.deepEqual(
      result.violations.map(({ urn, message }) => [urn, message]),
      [
        [TOPIC, "a"],
        [ROOT, "b"],
      ],
    );
  });

  it("names remote components, whose children nobody judged", async () => {
    const urn = "urn:pulumi:dev::shop::eks:index:Cluster::cluster";
    const { result } = await judged([state({ urn, type: "eks:index:Cluster", custom: false, remote: true })]);
    assert.deepEqual(result.notVerifiable, [
      {
        rule: "remote-component",
        level: "advisory",
        severity: "",
        urn,
        path: "",
        message:
          "eks:index:Cluster is built by a provider plugin, which an offline preview does not run: nothing inside it was judged.",
      },
    ]);
  });

  it("is a breakdown where the pack fails, never a pass", async () => {
    const failing = (_: unknown, done: Done<never>): void => {
      // gRPC gives no response beside an error.
      (done as (error: unknown) => void)(Object.assign(new Error("2"), { details: "TypeError in rule" }));
    };
    const client = { configureStack: failing } as unknown as Analyzer;
    const identity = { organization: "organization", project: "shop", stack: "dev", config: new Map() };
    await assert.rejects(
      new PolicyCheck(client, "pack", identity).result(),
      (error) =>
        error instanceof BreakdownError && error.message === "The policy pack broke down: TypeError in rule",
    );
  });
});
