import type { Decision } from "../../evaluator/evaluate";
import type { Truth } from "../../evaluator/truth";
import type { Estate, Member } from "./estate";
import { evidenceOf } from "./evidence";
import { outsidersOf } from "./outsiders";
import type { ShippedQuestion, Who } from "./questions";
import { visitorOf, type Visitor } from "./reach";
import type { AnsweredQuestion } from "./report";
import { anySourceIdentity, sessionOf, type Inquiry, type Session } from "./session";
import { thingsOf, type Thing } from "./things";

/** What stands for the names in a question. */
interface Names {
  readonly application?: string;
  readonly other?: string;
  readonly environment?: string;
}

/** One request of a question. */
interface Attempt {
  /** In people's words. */
  readonly text: string;
  readonly ask: () => { readonly answer: Truth; readonly decisions: readonly Decision[] };
}

/** Asks the questions for every application, pair of them and environment. */
export class Interview {
  private readonly things: readonly Thing[];
  private readonly visitors: readonly (Visitor & { readonly who: Who })[];

  constructor(
    private readonly inquiry: Inquiry,
    private readonly estate: Estate,
  ) {
    this.things = thingsOf(estate);
    this.visitors = [
      ...estate.members.flatMap((member) => this.members(member)),
      ...this.doorSessions(),
      ...outsidersOf(estate).map((outsider) => ({ ...outsider, who: outsiderKind(outsider) })),
    ];
  }

  /** All who could ask for anything: every role, every session behind a door, and those outside. */
  everybody(): Session[] {
    return this.visitors.map(({ session }) => session);
  }

  answer(question: ShippedQuestion): AnsweredQuestion[] {
    return this.namesFor(question).flatMap((names) => {
      const attempts = this.attempts(question, names);
      return attempts.length === 0 ? [] : [this.answered(question, names, attempts)];
    });
  }

  private answered(question: ShippedQuestion, names: Names, attempts: readonly Attempt[]): AnsweredQuestion {
    const { id, expected } = question;
    const outcomes = attempts.map((attempt) => ({ text: attempt.text, ...attempt.ask() }));
    // What is expected for all must hold for all: the worst single answer is the answer.
    const order: readonly Truth[] = expected === "no" ? ["yes", "unknown", "no"] : ["no", "unknown", "yes"];
    const worst = outcomes.toSorted((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer))[0];
    return {
      id,
      question: filled(question.question, names),
      expected,
      answer: worst?.answer ?? "unknown",
      because: evidenceOf(this.inquiry.graph, worst?.decisions ?? []),
      example: worst?.text ?? "",
      evaluated: outcomes.length,
    };
  }

  private namesFor({ question }: ShippedQuestion): Names[] {
    const { applications, environments } = this.estate;
    let names: Names[] = [{}];
    if (question.includes("{application}")) names = applications.map((application) => ({ application }));
    if (question.includes("{other}")) {
      names = names.flatMap((one) =>
        applications.filter((other) => other !== one.application).map((other) => ({ ...one, other })),
      );
    }
    if (!question.includes("{environment}")) return names;
    return names.flatMap((one) => environments.map(({ name }) => ({ ...one, environment: name })));
  }

  private attempts(question: ShippedQuestion, names: Names): Attempt[] {
    const visitors = this.visitors.filter(
      ({ who, application, environment, session: { tags } }) =>
        question.who.includes(who) &&
        (question.deploymentKind === undefined || tags["DeploymentKind"] === question.deploymentKind) &&
        (question.whoseWho === "all" || application === names.application) &&
        (question.where === undefined ||
          (environment === names.environment) === (question.where === "there")),
    );
    return visitors.flatMap((visitor) => this.attemptsOf(visitor, question, names));
  }

  private attemptsOf(visitor: Visitor, question: ShippedQuestion, names: Names): Attempt[] {
    const { what } = question;
    if (what === "take a role") return this.estate.members.map((member) => this.entry(visitor, member, {}));
    const owner = question.whose === "other" ? names.other : names.application;
    if (what === "enter the door") {
      return this.estate.members
        .filter(({ kind, environment }) => kind === "door" && environment === names.environment)
        .flatMap((door) => this.tagsOf(owner).map((tags) => this.entry(visitor, door, tags)));
    }
    return this.things
      .filter(
        (thing) =>
          what.includes(thing.kind) &&
          (question.whose === "all" || thing.application === owner) &&
          (names.environment === undefined || thing.environment === names.environment),
      )
      .flatMap((thing) => thing.actions.map((action) => this.request(visitor, thing, action)));
  }

  private request(visitor: Visitor, thing: Thing, action: string): Attempt {
    return {
      text: `${visitor.session.name}: ${action} on ${thing.name}`,
      ask: () => {
        const decision = this.inquiry.can(visitor.session, action, thing.resource, thing.context);
        return { answer: decision.answer, decisions: [decision] };
      },
    };
  }

  private entry(
    visitor: Visitor,
    { role, environment }: Member,
    tags: Readonly<Record<string, string>>,
  ): Attempt {
    const as = tags["Application"] === undefined ? "" : ` as ${tags["Application"]}`;
    const where = environment === "" ? "" : ` of ${environment}`;
    return {
      text: `${visitor.session.name}: take the role ${role.name}${where}${as}`,
      ask: () => {
        const { answer, parts } = this.inquiry.assume(visitor.session, role, tags);
        return { answer, decisions: parts.map(({ decision }) => decision) };
      },
    };
  }

  /** The names under which an application's deploy jobs enter; without one, those of all. */
  private tagsOf(application: string | undefined): Readonly<Record<string, string>>[] {
    const sets = new Map<string, Readonly<Record<string, string>>>();
    for (const { kind, role } of this.estate.members) {
      const { Application: of = "", DeploymentKind: deploymentKind = "" } = role.tags;
      if (kind !== "deploy" || (application !== undefined && of !== application)) continue;
      sets.set(`${of}/${deploymentKind}`, { Application: of, DeploymentKind: deploymentKind });
    }
    return [...sets.values()];
  }

  private members(member: Member): (Visitor & { readonly who: Who })[] {
    const { kind } = member;
    if (kind === "door" || kind === "other") return [];
    const who = kind === "image" || kind === "package" ? "build" : kind;
    return [{ ...visitorOf(this.inquiry, member), who }];
  }

  /** Behind each door, one session for each application that has a deploy job for the environment. */
  private doorSessions(): (Visitor & { readonly who: Who })[] {
    const { members } = this.estate;
    return members
      .filter(({ kind }) => kind === "door")
      .flatMap((door) =>
        members
          .filter(({ kind, environment }) => kind === "deploy" && environment === door.environment)
          .map(
            ({
              application,
              role: {
                tags: { Application = "", DeploymentKind = "" },
              },
            }) => ({
              ...visitorOf(this.inquiry, door),
              session: sessionOf(this.inquiry.graph, door.role, {
                tags: { Application, DeploymentKind },
                sourceIdentity: anySourceIdentity,
              }),
              application,
              who: "door" as const,
            }),
          ),
      );
  }
}

function outsiderKind({ environment, isOwnAccount, session }: Visitor): Who {
  if (session.principal.kind === "service") return "service for a stranger";
  if (environment !== "") return "environment administrator";
  return isOwnAccount === true ? "other person" : "stranger";
}

function filled(question: string, names: Names): string {
  return question.replaceAll(/\{(\w+)\}/g, (_, name: keyof Names) => names[name] ?? "");
}
