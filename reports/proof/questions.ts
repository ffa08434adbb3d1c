import type { Answer } from "./report";
import type { ThingKind } from "./things";

/** Groups of those who ask; `door` is the session that a deploy job has behind the door, under its application's name. */
export type Who =
  | "test"
  | "build"
  | "publish"
  | "deploy"
  | "pipeline"
  | "approver"
  | "starter"
  | "reader"
  | "door"
  | "runtime"
  | "stranger"
  | "service for a stranger"
  | "environment administrator"
  | "other person";

export const topics = [
  "Between applications",
  "Between environments",
  "Within an application",
  "Nobody but the platform",
  "From outside",
  "What must work, or all of the above would prove nothing",
] as const;
export type Topic = (typeof topics)[number];

/**
 * A question that is asked of every platform: for each application, each pair of them, each environment, as far as there are
 * any. `{application}` and `{environment}` stand for their names.
 */
export interface ShippedQuestion {
  readonly id: string;
  /** What it is about. */
  readonly topic: Topic;
  readonly question: string;
  readonly expected: Answer;
  readonly who: readonly Who[];
  /** Whose they are: `application` where the question names one. */
  readonly whoseWho: "application" | "all";
  /** Where they belong: to the environment of the question, to another one, or wherever. */
  readonly where?: "there" | "elsewhere";
  /** What they want: things, or to take a role. */
  readonly what: readonly ThingKind[] | "enter the door" | "take a role";
  /** Whose it is. Under whose name they try to enter, for a door. */
  readonly whose: "application" | "other" | "all";
  /** Only sessions with this tag `DeploymentKind`. */
  readonly deploymentKind?: string;
}

const jobs = ["test", "build", "publish", "deploy", "pipeline"] as const;
const people = ["approver", "starter", "reader"] as const;
const everyone = [...jobs, ...people, "door", "runtime"] as const;

const questionsByTopic: Readonly<Record<Topic, readonly Untitled[]>> = {
  "Between applications": [
    no("read-others-builds", "Can a job of {application} read what another application built?", jobs, [
      "artifacts",
      "package",
    ]),
    no(
      "overwrite-others-builds",
      "Can a job of {application} overwrite what another application built?",
      jobs,
      ["artifact writes", "package writes", "image push"],
    ),
    no("pull-others-images", "Can {application} pull images of another application?", everyone, [
      "image pull",
    ]),
    no("read-others-source", "Can {application} read the repository of another application?", everyone, [
      "source",
    ]),
    no("read-others-logs", "Can {application} read or write logs of another application?", everyone, ["log"]),
    no("start-others", "Can {application} start a job or a release of another application?", everyone, [
      "build start",
      "release start",
    ]),
    no(
      "approve-others",
      "Can an approver of {application} approve a release of another application?",
      ["approver"],
      ["approval"],
    ),
    no("reach-others-workloads", "Can {application} touch what another application runs?", everyone, [
      "workload",
      "role use",
    ]),
    {
      ...no(
        "enter-as-other",
        "Can the deploy job of {application} enter {environment} as another application?",
        ["deploy"],
        [],
      ),
      what: "enter the door",
    },
  ],
  "Between environments": [
    {
      ...own(
        "enter-other-environment",
        "Can a deploy job of {application} for another environment enter {environment}?",
        ["deploy"],
        [],
      ),
      where: "elsewhere",
      what: "enter the door",
    },
    {
      ...own(
        "other-environments-package",
        "Can {application} read in another environment what {environment} gets?",
        ["deploy", "door", "runtime"],
        ["package", "package writes"],
      ),
      where: "elsewhere",
    },
    {
      ...own(
        "other-environments-workload",
        "Can {application} in another environment touch what it runs in {environment}?",
        ["deploy", "door", "runtime"],
        ["workload", "role use"],
      ),
      where: "elsewhere",
    },
    {
      ...everybodys(
        "administrator-elsewhere",
        "Can an administrator of another environment read what {environment} gets?",
        ["environment administrator"],
        ["package", "package writes"],
      ),
      where: "elsewhere",
    },
    {
      ...everybodys(
        "administrator-enters",
        "Can an administrator of another environment enter {environment}?",
        ["environment administrator"],
        [],
      ),
      where: "elsewhere",
      what: "enter the door",
    },
  ],
  "Within an application": [
    {
      ...own(
        "only-deploy-jobs-enter",
        "Can anything of {application} but its deploy job enter {environment}?",
        ["test", "build", "publish", "pipeline", ...people, "runtime"],
        [],
      ),
      what: "enter the door",
    },
    own(
      "only-approvers-approve",
      "Can anybody of {application} but its approvers approve its releases?",
      ["test", "build", "publish", "deploy", "pipeline", "starter", "reader", "door", "runtime"],
      ["approval"],
    ),
    own(
      "only-starters-start",
      "Can a job or a reader of {application} start its releases?",
      ["test", "build", "publish", "deploy", "pipeline", "approver", "reader", "door", "runtime"],
      ["release start"],
    ),
    own(
      "only-publish-pushes",
      "Can anything of {application} but its publish and deploy jobs push its images?",
      ["test", "build", "pipeline", ...people, "door", "runtime"],
      ["image push"],
    ),
    own(
      "tests-write-nothing",
      "Can a test job of {application} write what will be released?",
      ["test"],
      ["artifact writes", "package writes", "image push"],
    ),
    own(
      "builds-publish-nothing",
      "Can a build job of {application} write what an environment gets?",
      ["build"],
      ["package writes", "image push"],
    ),
    own(
      "running-code-stays",
      "Can running code of {application} read or overwrite what its pipelines hold?",
      ["runtime"],
      ["artifacts", "artifact writes", "image push", "package writes", "build start"],
    ),
  ],
  "Nobody but the platform": [
    everybodys(
      "unbounded-role",
      "Can anybody make a role of an application without the boundary?",
      everyone,
      ["unbounded role"],
    ),
    everybodys("change-pipeline", "Can anybody but the platform role change a pipeline?", everyone, [
      "pipeline change",
    ]),
    everybodys("change-job", "Can anybody but the platform role change a job?", everyone, ["job change"]),
    everybodys("change-role", "Can anybody but the platform role change a role?", everyone, ["role change"]),
    everybodys(
      "change-shared",
      "Can anybody but the platform role change the bucket, a key, a topic or a repository?",
      everyone,
      ["shared change"],
    ),
  ],
  "From outside": [
    {
      ...everybodys(
        "confused-deputy",
        "Can an AWS service that acts for a stranger take any role?",
        ["service for a stranger"],
        [],
      ),
      what: "take a role",
    },
    {
      ...everybodys("stranger-enters", "Can a stranger take any role?", ["stranger"], []),
      what: "take a role",
    },
    everybodys(
      "stranger-reads",
      "Can a stranger read artifacts, packages or images?",
      ["stranger"],
      ["artifacts", "package", "image pull"],
    ),
    everybodys(
      "stranger-writes",
      "Can a stranger write artifacts, packages or images?",
      ["stranger"],
      ["artifact writes", "package writes", "image push", "shared change"],
    ),
    {
      ...everybodys(
        "other-people",
        "Can a member of another permission set take any role?",
        ["other person"],
        [],
      ),
      what: "take a role",
    },
  ],
  "What must work, or all of the above would prove nothing": [
    {
      ...own(
        "deploy-enters",
        "Can the deploy job of {application} enter {environment} under its own name?",
        ["deploy"],
        [],
      ),
      where: "there",
      what: "enter the door",
      expected: "yes",
    },
    {
      ...own(
        "approver-approves",
        "Can an approver of {application} approve its releases?",
        ["approver"],
        ["approval"],
      ),
      expected: "yes",
    },
    {
      ...own(
        "starter-starts",
        "Can a starter of {application} start its releases?",
        ["starter"],
        ["release start"],
      ),
      expected: "yes",
    },
    {
      ...own(
        "door-reads-package",
        "Can {application} read in {environment} what it gets there?",
        ["door"],
        ["package"],
      ),
      where: "there",
      deploymentKind: "serverless",
      expected: "yes",
    },
  ],
};

/** The shipped questions. One that expects "no" is answered "no" only if every single request is refused for certain. */
export const shippedQuestions: readonly ShippedQuestion[] = topics.flatMap((topic) =>
  questionsByTopic[topic].map((question) => ({ ...question, topic })),
);

type Untitled = Omit<ShippedQuestion, "topic">;

function no(id: string, question: string, who: readonly Who[], what: readonly ThingKind[]): Untitled {
  return { id, question, expected: "no", who, whoseWho: "application", what, whose: "other" };
}

function own(id: string, question: string, who: readonly Who[], what: readonly ThingKind[]): Untitled {
  return { ...no(id, question, who, what), whose: "application" };
}

function everybodys(id: string, question: string, who: readonly Who[], what: readonly ThingKind[]): Untitled {
  return { ...no(id, question, who, what), whoseWho: "all", whose: "all" };
}
