/**
 * The AWS provider as the engine sees it, over simulated accounts: check, diff, create, read, update, delete. Free of
 * the wire; `server.ts` serves it.
 */
import { checkInputs } from "./check";
import { AwsError, NotYetVisible, providerMessage } from "./errors";
import { Faults, type Fault } from "./faults";
import { Call, type TypeModel } from "./model";
import type { Schema, TypeSchema } from "./schema";
import { types } from "./types";
import { hasUnknown, object, sameValue, text, unknownValue, type Props } from "./values";
import type { Accounts, CallRecord, Stored } from "./world";

export interface Configuration {
  readonly account: string;
  readonly principal: string;
  readonly region: string;
  readonly defaultTags: Props;
}

export interface Change {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface Outcome {
  readonly id: string;
  readonly props: Props;
}

/** A change that AWS accepted: what the answer will be, and what puts it into the accounts. */
interface Accepted extends Outcome {
  readonly write: () => void;
}

/** Thrown instead of an answer: the process is to hang or die, because a test wants it to. */
export class NoAnswer extends Error {
  constructor(readonly kind: "hang" | "die") {
    super(kind);
  }
}

/** AWS SDK's default of pulumi-aws (`maxRetries`). */
const maxRetries = 25;
/** How often the provider asks again while IAM's change is not known everywhere. */
const iamRetries = 20;

export class Provider {
  constructor(
    private readonly accounts: Accounts,
    private readonly schema: Schema,
    private readonly faults: Faults,
    private readonly configuration: Configuration,
  ) {}

  /** Inputs as the provider keeps them, or what is wrong with each property. */
  check(
    type: string,
    urn: string,
    news: Props,
    olds: Props,
    seed: Uint8Array,
  ): { inputs: Props; failures: { property: string; reason: string }[] } {
    const { model, schema } = this.known(type);
    const inputs = { ...news };
    const { autoName } = model;
    const prefixed = autoName !== undefined && inputs[`${autoName}Prefix`] !== undefined;
    if (autoName !== undefined && inputs[autoName] === undefined && !prefixed) {
      inputs[autoName] =
        olds[autoName] ??
        `${urn.slice(urn.lastIndexOf("::") + 2)}-${Buffer.from(seed).toString("hex").slice(0, 7)}`;
    }
    return checkInputs(this.schema, schema, model, inputs);
  }

  diff(type: string, id: string, news: Props, olds: Props, oldInputs: Props): Change {
    const { model } = this.known(type);
    const left = this.defaults(type, id, news);
    const changed = Object.keys(news).filter((name) => name !== "tags" && !sameValue(news[name], olds[name]));
    const removed = Object.keys(oldInputs).filter(
      (name) => name !== "tags" && news[name] === undefined && !sameValue(left[name], olds[name]),
    );
    const tags =
      olds["tagsAll"] !== undefined && !sameValue(this.allTags(news), olds["tagsAll"]) ? ["tags"] : [];
    const all = [...changed, ...removed, ...tags];
    const replaces = all.filter((name) => name === "region" || model.replaceOn.includes(name));
    const fixedName = model.autoName === undefined || !replaces.includes(model.autoName);
    return { changed: all, replaces, deleteBeforeReplace: replaces.length > 0 && fixedName };
  }

  /** What AWS and the provider would fill in for what is not given: taking such a value out of the program changes nothing. */
  private defaults(type: string, id: string, news: Props): Props {
    const { model } = this.known(type);
    const region = text(news["region"]) || this.configuration.region;
    const old = this.accounts.get(this.configuration.account, type, id);
    if (old === undefined || hasUnknown(news)) return { region };
    return {
      region,
      ...model.computed(this.call({ ...news, tagsAll: this.allTags(news) }, "", old, region), id),
    };
  }

  /** What is known of an object before it is made: what was given; the rest is unknown. */
  plan(type: string, props: Props, old?: Props): Props {
    const { schema } = this.known(type);
    const planned: Props = {};
    for (const name of schema.outputs) planned[name] = unknownValue;
    return { ...planned, ...old, ...props };
  }

  create(type: string, urn: string, inputs: Props): Outcome {
    const { model, schema } = this.known(type);
    const [service, operation] = model.api;
    const describe = `creating ${service} ${type.replace(/^.*:/, "")} (${urn.slice(urn.lastIndexOf("::") + 2)})`;
    return this.attempt(
      model,
      { operation: "create", type, urn },
      inputs,
      undefined,
      [describe, service, operation],
      (call) => {
        const id = model.id(call);
        const existing = call.find(type, id);
        const collision = existing === undefined ? undefined : model.collision?.(call, existing);
        if (collision !== undefined) throw collision;
        model.accept(call);
        return this.store(model, schema, call, id);
      },
    );
  }

  update(type: string, urn: string, id: string, inputs: Props): Outcome {
    const { model, schema } = this.known(type);
    const [service, , operation] = model.api;
    const describe = `updating ${service} ${type.replace(/^.*:/, "")} (${id})`;
    return this.attempt(
      model,
      { operation: "update", type, urn },
      inputs,
      id,
      [describe, service, operation],
      (call) => {
        if (call.old === undefined) throw new AwsError("NotFoundException", `${id} does not exist`, 404);
        model.accept(call);
        return this.store(model, schema, call, id);
      },
    );
  }

  remove(type: string, urn: string, id: string): void {
    const { model } = this.known(type);
    const [service, , , operation] = model.api;
    const describe = `deleting ${service} ${type.replace(/^.*:/, "")} (${id})`;
    this.attempt(
      model,
      { operation: "delete", type, urn },
      {},
      id,
      [describe, service, operation],
      (call) => {
        const { old } = call;
        if (old === undefined) return { id, props: {}, write: () => undefined };
        model.remove?.(old, call);
        const rest = model.linger?.(old);
        const write = (): void => {
          if (rest !== undefined) this.accounts.put(rest);
          this.accounts.remove(this.configuration.account, type, id);
        };
        return { id, props: {}, write };
      },
    );
  }

  /** The object as it stands now, or undefined when it is gone. */
  read(type: string, urn: string, id: string): Props | undefined {
    const { model } = this.known(type);
    const found = this.accounts.get(this.configuration.account, type, id);
    if (found === undefined) return undefined;
    return model.show?.(found, this.call(found.props, urn, found, found.region)) ?? found.props;
  }

  /** Which properties of a read object are inputs: the ones asked for, or (when importing) all that can be given. */
  inputsOf(type: string, props: Props, former: Props): Props {
    const { schema } = this.known(type);
    const wanted = Object.keys(former).length > 0 ? Object.keys(former) : Object.keys(schema.inputs);
    const entries = wanted.filter((name) => props[name] !== undefined);
    return Object.fromEntries(
      entries.map((name) => [
        name,
        sameValue(props[name], former[name]) ? (former[name] ?? null) : (props[name] ?? null),
      ]),
    );
  }

  private known(type: string): { model: TypeModel; schema: TypeSchema } {
    const model = types.get(type);
    const schema = this.schema.resources[type];
    if (model === undefined || schema === undefined)
      throw new Error(
        `The AWS simulator does not know the resource type ${type}: describe it in test/engine/aws-simulator/types.`,
      );
    return { model, schema };
  }

  private allTags(props: Props): Props {
    return { ...this.configuration.defaultTags, ...object(props["tags"]) };
  }

  private call(props: Props, urn: string, old: Stored | undefined, region: string): Call {
    const { account, principal } = this.configuration;
    return new Call(this.accounts, account, region, principal, urn, props, old, this.accounts.tick(account));
  }

  /** Makes a changing call with the faults that are wished for and the retries that the provider makes. */
  private attempt(
    model: TypeModel,
    record: Omit<CallRecord, "id" | "outcome">,
    inputs: Props,
    id: string | undefined,
    [describe, service, operation]: readonly [string, string, string],
    run: (call: Call) => Accepted,
  ): Outcome {
    const fault = this.faults.next();
    const done = (outcome: CallRecord["outcome"], message?: string, made = id ?? ""): void => {
      this.accounts.record({ ...record, id: made, outcome, ...(message !== undefined && { message }) });
    };
    const inProvidersWords = (error: AwsError): Error =>
      new Error(providerMessage(describe, service, operation, error), { cause: error });
    let accepted: Accepted;
    try {
      this.before(fault, operation);
      accepted = this.retry(model, record, inputs, id, run);
    } catch (error) {
      if (error instanceof NoAnswer) done("injected", error.kind);
      if (!(error instanceof AwsError)) throw error;
      const failure = inProvidersWords(error);
      done(fault === undefined ? "refused" : "injected", failure.message);
      throw failure;
    }
    // Recorded first: the process may be killed at any moment, and a record without its object does no harm to who looks
    // for the object in the account. An object without its record would never be looked for.
    done(fault === undefined || fault.kind === "throttle" ? "done" : "injected", fault?.kind, accepted.id);
    accepted.write();
    if (fault?.kind === "hang" || fault?.kind === "die") throw new NoAnswer(fault.kind);
    if (fault?.kind === "fail-after")
      throw inProvidersWords(
        new AwsError("RequestTimeout", "The request was made, and its answer was lost.", 408),
      );
    return accepted;
  }

  private before(fault: Fault | undefined, operation: string): void {
    if (fault?.kind === "die-before") throw new NoAnswer("die");
    if (fault?.kind === "fail")
      throw new AwsError(
        "InternalFailure",
        "The request processing has failed because of an unknown error, exception or failure.",
        500,
      );
    if (fault?.kind === "deny")
      throw new AwsError(
        "AccessDenied",
        `User: ${this.configuration.principal} is not authorized to perform: ${operation}`,
        403,
      );
    if (fault?.kind === "throttle" && (fault.times ?? 1) > maxRetries)
      throw new AwsError("ThrottlingException", "Rate exceeded");
  }

  private retry(
    model: TypeModel,
    { type, urn }: Pick<CallRecord, "type" | "urn">,
    inputs: Props,
    id: string | undefined,
    run: (call: Call) => Accepted,
  ): Accepted {
    const region =
      model.global === true ? this.configuration.region : text(inputs["region"]) || this.configuration.region;
    const old = id === undefined ? undefined : this.accounts.get(this.configuration.account, type, id);
    const { outputs } = this.known(type).schema;
    const props = outputs.includes("tagsAll") ? { ...inputs, tagsAll: this.allTags(inputs) } : inputs;
    for (let asked = 1; ; asked += 1) {
      try {
        return run(this.call(props, urn, old, old?.region ?? region));
      } catch (error) {
        if (!(error instanceof NotYetVisible) || model.retriesIam !== true || asked > iamRetries) throw error;
      }
    }
  }

  private store(model: TypeModel, schema: TypeSchema, call: Call, id: string): Accepted {
    const regional = schema.inputs["region"] === undefined ? {} : { region: call.region };
    const props = { ...regional, ...call.props, ...model.computed(call, id) };
    const principals = model.principals?.(call) ?? {};
    const { account, region } = call;
    const born = call.old?.born ?? call.now;
    const write = (): void => {
      this.accounts.put({ type: model.token, id, account, region, props, principals, born });
    };
    return { id, props, write };
  }
}
