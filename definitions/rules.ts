import { pipelineName, pullRequestPipelineName } from "../names";
import type { Platform } from "../settings/settings";
import { problem, type Problem } from "../input/problem";
import { quote } from "../input/wording";
import { capabilitiesOf, type TestDefinition } from "./application";
import { chatProblems } from "./chat-rules";
import { overlapProblems } from "./overlap";
import { repeated } from "./repeated";
import { peopleProblems } from "./people-rules";
import type { WrittenApplication } from "./written-application";
import { environmentProblems, trackProblems, triggerProblems } from "./track-rules";

/** The length of the test job's buildspec, and its limit. Both come from delivery/, by way of program.ts. */
export interface BuildspecSize {
  /** Characters. */
  readonly most: number;
  readonly ofTests: (test: TestDefinition) => number;
}

/** Rules that need more than one value: within an application, between applications, and against the platform. */
export function checkApplications(
  written: readonly WrittenApplication[],
  platform: Platform | undefined,
  buildspec: BuildspecSize,
): readonly Problem[] {
  return [
    ...written.flatMap((application) => [
      ...nameProblems(application),
      ...capabilityProblems(application),
      ...reportProblems(application),
      ...lengthProblems(application, buildspec),
      ...triggerProblems(application),
      ...trackProblems(application),
      ...(platform === undefined
        ? []
        : [
            ...environmentProblems(application, platform),
            ...peopleProblems(application, platform),
            ...chatProblems(application, platform),
          ]),
    ]),
    ...overlapProblems(written, platform),
    ...pipelineProblems(written),
  ];
}

function nameProblems({ application: { name }, fileName, locate }: WrittenApplication): Problem[] {
  const place = locate(["name"]);
  const problems: Problem[] = [];
  if (name !== fileName) {
    problems.push(
      problem(
        `name: ${quote(name)} is not the file's name, ${quote(fileName)}.`,
        [`Rename the file to ${name}.yaml, or the application to ${fileName}.`],
        place,
      ),
    );
  }
  // A Kubernetes namespace is called like its application: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
  if (name === "default" || /^(kube|slipway)(-|$)/.test(name)) {
    problems.push(
      problem(
        `name: ${quote(name)} is reserved.`,
        ["Not allowed: default, kube, slipway and names that begin with kube- or slipway-."],
        place,
      ),
    );
  }
  return problems;
}

function capabilityProblems({ application, locate }: WrittenApplication): Problem[] {
  const { kind } = application.deployment;
  const allowed: readonly string[] = capabilitiesOf[kind];
  return application.capabilities.flatMap((capability, index, all) => {
    const place = locate(["capabilities", index]);
    if (all.indexOf(capability) < index) {
      return [
        problem(`capabilities[${index}]: ${quote(capability)} is listed twice.`, ["Remove one."], place),
      ];
    }
    if (allowed.includes(capability)) return [];
    const remedy =
      allowed.length === 0
        ? `An application of kind ${kind} has no AWS roles of its own: remove it.`
        : `Allowed for kind ${kind}: ${allowed.join(", ")}.`;
    return [
      problem(`capabilities[${index}]: ${quote(capability)} is not for kind ${kind}.`, [remedy], place),
    ];
  });
}

function reportProblems({ application, locate }: WrittenApplication): Problem[] {
  return repeated(application.test.reports, ({ name }) => name).map(({ index, value }) =>
    problem(
      `test.reports[${index}].name: another report is called ${quote(value)} already.`,
      ["Give each report a name of its own."],
      locate(["test", "reports", index, "name"]),
    ),
  );
}

/** A character of JSON takes at most about four in the buildspec, where lines are indented. */
const MOST_GROWTH = 8;

/** CodeBuild takes an inline buildspec of limited length: https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
function lengthProblems({ application, locate }: WrittenApplication, buildspec: BuildspecSize): Problem[] {
  const { test } = application;
  // Hardly any tests come near the limit, and to render them takes longer than all other checks.
  if (JSON.stringify(test).length * MOST_GROWTH < buildspec.most) return [];
  const length = buildspec.ofTests(test);
  if (length <= buildspec.most) return [];
  return [
    problem(
      `test: the buildspec of these commands has ${thousands(length)} characters; CodeBuild takes ${thousands(buildspec.most)}.`,
      ["Move the commands into a script in the application's repository, and call that."],
      locate(["test"], "commands"),
    ),
  ];
}

/** `25,600` */
function thousands(count: number): string {
  return count.toLocaleString("en");
}

/** Pipelines share the account, and CodePipeline tells their artifacts apart by 20 characters of the name. */
function pipelineProblems(written: readonly WrittenApplication[]): Problem[] {
  const pipelines = written.flatMap(({ application, locate }) => [
    ...application.tracks.map((track, index) => ({
      application: application.name,
      name: pipelineName(application.name, track.name),
      place: locate(["tracks", index, "name"]),
    })),
    {
      application: application.name,
      name: pullRequestPipelineName(application.name),
      place: locate(["name"]),
    },
  ]);
  return repeated(pipelines, ({ name }) => name)
    .filter(({ item, first }) => item.application !== first.application)
    .map(({ item, first, value }) =>
      problem(
        `The pipeline ${quote(value)} would belong to ${item.application} and to ${first.application}.`,
        ["Rename one of the two tracks or applications."],
        item.place,
      ),
    );
}
