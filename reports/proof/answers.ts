import type { Decision } from "../../evaluator/evaluate";
import type { Truth } from "../../evaluator/truth";
import { callersIn, deployNames, type Caller } from "./callers";
import { nameList, type Entrances, type NameList, type Tags } from "./entrances";
import type { Estate, Member } from "./estate";
import { evidenceOf } from "./evidence";
import { groupBy } from "../group-by";
import type { Possibilities, Possibility } from "./possibilities";
import type { ShippedQuestion } from "./questions";
import type { AnsweredQuestion } from "./report";
import type { Inquiry } from "./session";
import type { Survey } from "./survey";
import { ThingIndex } from "./thing-index";
import type { Thing, ThingKind } from "./things";

/** What stands for the names in a question. */
interface Names {
  readonly application?: string;
  readonly environment?: string;
}

/** One request of a question. */
interface Attempt {
  /** In people's words. */
  readonly text: string;
  readonly ask: () => { readonly answer: Truth; readonly decisions: readonly Decision[] };
}

/** All requests of a question; those that no statement mentions are refused without being made one by one. */
interface Attempts {
  readonly count: number;
  readonly first: Attempt | undefined;
  readonly possible: () => readonly Attempt[];
  readonly all: () => readonly Attempt[];
}

/** Asks the questions for every application and environment. */
export class Interview {
  private readonly inquiry: Inquiry;
  private readonly estate: Estate;
  private readonly possibilities: Possibilities;
  private readonly entrances: Entrances;
  private readonly callers: readonly Caller[];
  private readonly callersOf: ReadonlyMap<string, readonly Caller[]>;
  private readonly things: ThingIndex;
  private readonly doors: readonly Member[];
  private readonly names: NameList;

  constructor(survey: Survey) {
    const { inquiry, estate } = survey;
    this.inquiry = inquiry;
    this.estate = estate;
    this.possibilities = survey.possibilities;
    this.entrances = survey.entrances;
    this.callers = callersIn(inquiry, estate);
    this.callersOf = groupBy(this.callers, ({ application }) => application);
    this.things = new ThingIndex(this.possibilities.things, new Set(estate.applications));
    this.doors = estate.members.filter(({ kind }) => kind === "door");
    this.names = nameList(deployNames(estate));
  }

  answer(question: ShippedQuestion): AnsweredQuestion[] {
    return this.namesFor(question).flatMap((names) => {
      const attempts = this.attempts(question, names);
      return attempts.count === 0 ? [] : [this.answered(question, names, attempts)];
    });
  }

  /** What is expected for all must hold for all: the worst single answer is the answer. */
  private answered(
    { id, question, expected }: ShippedQuestion,
    names: Names,
    attempts: Attempts,
  ): AnsweredQuestion {
    const isNo = expected === "no";
    const order: readonly Truth[] = isNo ? ["yes", "unknown", "no"] : ["no", "unknown", "yes"];
    const asked = isNo ? attempts.possible() : attempts.all();
    const outcomes = asked.map((attempt) => ({ text: attempt.text, ...attempt.ask() }));
    const [worst] = outcomes.toSorted((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer));
    const { first } = attempts;
    // Where all are refused, the first of all is the example, whether a statement mentions it or not.
    const isRefused = isNo && (worst === undefined || worst.answer === "no") && first !== undefined;
    const shown = isRefused ? { text: first.text, ...first.ask() } : worst;
    return {
      id,
      question: filled(question, names),
      expected,
      answer: shown?.answer ?? "unknown",
      because: evidenceOf(this.inquiry.graph, shown?.decisions ?? []),
      example: shown?.text ?? "",
      evaluated: attempts.count,
    };
  }

  private namesFor({ question }: ShippedQuestion): Names[] {
    const { applications, environments } = this.estate;
    const names: Names[] = question.includes("{application}")
      ? applications.map((application) => ({ application }))
      : [{}];
    if (!question.includes("{environment}")) return names;
    return names.flatMap((one) => environments.map(({ name }) => ({ ...one, environment: name })));
  }

  private attempts(question: ShippedQuestion, names: Names): Attempts {
    const { who, whoseWho, deploymentKind, where, what } = question;
    const all = whoseWho === "all" ? this.callers : (this.callersOf.get(names.application ?? "") ?? []);
    const callers = all.filter(
      (caller) =>
        who.includes(caller.who) &&
        (deploymentKind === undefined || caller.session.tags["DeploymentKind"] === deploymentKind) &&
        (where === undefined || (caller.environment === names.environment) === (where === "there")),
    );
    if (what === "take a role") return this.roleAttempts(callers);
    if (what === "enter the door") return this.doorAttempts(callers, question, names);
    return this.thingAttempts(callers, what, question, names);
  }

  private thingAttempts(
    callers: readonly Caller[],
    kinds: readonly ThingKind[],
    { whose }: ShippedQuestion,
    { application, environment }: Names,
  ): Attempts {
    const wanted = { kinds, whose, application, environment };
    const requests = (caller: Caller, things: readonly Thing[]): Attempt[] =>
      things.flatMap((thing) => thing.actions.map((action) => this.request(caller, { thing, action })));
    const first = this.things.first(wanted);
    return {
      count: callers.length * this.things.count(wanted),
      first: callers
        .slice(0, 1)
        .flatMap((caller) => (first === undefined ? [] : requests(caller, [first])))[0],
      possible: () =>
        callers.flatMap((caller) =>
          this.possibilities
            .of(caller.session)
            .filter(({ thing }) => this.things.isWanted(thing, wanted))
            .map((possibility) => this.request(caller, possibility)),
        ),
      all: () => callers.flatMap((caller) => requests(caller, this.things.all(wanted))),
    };
  }

  private roleAttempts(callers: readonly Caller[]): Attempts {
    const entries = (caller: Caller, members: readonly Member[]): Attempt[] =>
      members.map((member) => this.entry(caller, member, {}));
    const { members } = this.estate;
    return {
      count: callers.length * members.length,
      first: callers.flatMap((caller) => entries(caller, members.slice(0, 1)))[0],
      possible: () => callers.flatMap((caller) => entries(caller, this.entrances.of(caller.session))),
      all: () => callers.flatMap((caller) => entries(caller, members)),
    };
  }

  private doorAttempts(
    callers: readonly Caller[],
    { whose }: ShippedQuestion,
    { application, environment }: Names,
  ): Attempts {
    const doors = this.doors.filter((door) => door.environment === environment);
    const isAsked = ({ Application = "" }: Tags): boolean =>
      this.things.isWhose(Application, whose, application);
    const names = this.names.entries.map(({ item }) => item.tags).filter(isAsked);
    const entries = (caller: Caller, door: Member, tagSets: readonly Tags[]): Attempt[] =>
      tagSets.map((tags) => this.entry(caller, door, tags));
    const [caller] = callers;
    const [door] = doors;
    return {
      count: callers.length * doors.length * names.length,
      first: caller && door ? entries(caller, door, names.slice(0, 1))[0] : undefined,
      possible: () =>
        callers.flatMap((one) =>
          this.entrances
            .of(one.session)
            .filter((member) => doors.includes(member))
            .flatMap((member) =>
              entries(
                one,
                member,
                this.entrances.namesInto(one.session, member.role.trust, this.names).filter(isAsked),
              ),
            ),
        ),
      all: () => callers.flatMap((one) => doors.flatMap((member) => entries(one, member, names))),
    };
  }

  private request({ session }: Caller, { thing, action }: Possibility): Attempt {
    return {
      text: `${session.name}: ${action} on ${thing.name}`,
      ask: () => {
        const decision = this.inquiry.can(session, action, thing.resource, thing.context);
        return { answer: decision.answer, decisions: [decision] };
      },
    };
  }

  private entry({ session }: Caller, { role, environment }: Member, tags: Tags): Attempt {
    const as = tags["Application"] === undefined ? "" : ` as ${tags["Application"]}`;
    const where = environment === "" ? "" : ` of ${environment}`;
    return {
      text: `${session.name}: take the role ${role.name}${where}${as}`,
      ask: () => {
        const { answer, parts } = this.inquiry.assume(session, role, tags);
        return { answer, decisions: parts.map(({ decision }) => decision) };
      },
    };
  }
}

function filled(question: string, names: Names): string {
  return question.replaceAll(/\{(\w+)\}/g, (_, name: keyof Names) => names[name] ?? "");
}
