/** What a resource type is to the simulator, and what its rules may ask of the accounts. */
import { AwsError, NotYetVisible } from "./errors";
import { quotas, type Quota } from "./quotas";
import { list, object, text, type Props, type Value } from "./values";
import { digest, type Accounts, type Stored } from "./world";

/** How many calls it takes until other services know of a new role or policy. */
const propagation = 3;

export interface TypeModel {
  readonly token: string;
  /** As the AWS SDK names the service and the calls, for messages: ["IAM", "CreateRole", "UpdateRole", "DeleteRole"]. */
  readonly api: readonly [service: string, create: string, update: string, remove: string];
  /** IAM is global; everything else lives in a region. */
  readonly global?: true;
  /** Property that the provider fills with `<logical name>-<7 random hex digits>` when it is absent. */
  readonly autoName?: string;
  /** Properties whose change makes the provider replace the object. */
  readonly replaceOn: readonly string[];
  /** Sets of properties of which at most one may be given. */
  readonly exclusive?: readonly (readonly string[])[];
  /** What AWS says to making one that exists already. Without it (or without an error) the call takes over what is there. */
  readonly collision?: (call: Call, existing: Stored) => AwsError | undefined;
  /** Whether the provider itself repeats a call that IAM's late answers made fail. */
  readonly retriesIam?: true;
  /** The id in Pulumi's state. Asked again on update only when `props` can change it. */
  readonly id: (call: Call) => string;
  /** Throws what AWS refuses, for a new object and for a changed one. */
  readonly accept: (call: Call) => void;
  /** What AWS and the provider add to what was given. */
  readonly computed: (call: Call, id: string) => Props;
  /** Ids behind the principals named in its policy. */
  readonly principals?: (call: Call) => Record<string, string>;
  /** What a read shows differently from what was stored. */
  readonly show?: (stored: Stored, call: Call) => Props;
  /** Throws when AWS refuses the deletion; removes what goes with it. */
  readonly remove?: (stored: Stored, call: Call) => void;
  /** Deleting does nothing in AWS (a subscription nobody confirmed) or only marks the object. */
  readonly linger?: (stored: Stored) => Stored | undefined;
}

/** One call on one object, with the world around it. */
export class Call {
  constructor(
    readonly accounts: Accounts,
    readonly account: string,
    readonly region: string,
    readonly principal: string,
    readonly urn: string,
    readonly props: Props,
    readonly old: Stored | undefined,
    readonly now: number,
  ) {}

  get partition(): string {
    if (this.region.startsWith("cn-")) return "aws-cn";
    return this.region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  arn(service: string, rest: string, options: { global?: boolean } = {}): string {
    return `arn:${this.partition}:${service}:${options.global === true ? "" : this.region}:${this.account}:${rest}`;
  }

  text(name: string): string {
    return text(this.props[name]);
  }

  /** An object of this account. */
  find(type: string, id: string): Stored | undefined {
    return this.accounts.get(this.account, type, id);
  }

  /** An object that must exist, or AWS refuses with this error. The need is recorded. */
  need(type: string, id: string, error: () => AwsError, account = this.account): Stored {
    this.accounts.need({ urn: this.urn, type, account, id });
    const found = this.accounts.get(account, type, id);
    if (found === undefined) throw error();
    return found;
  }

  /** As `need`, of something in IAM that other services see only a while after it was made. */
  needVisible(type: string, id: string, error: () => AwsError, account = this.account): Stored {
    const found = this.need(type, id, error, account);
    if (account === this.account && this.now - found.born < propagation) {
      const { code, message, status } = error();
      throw new NotYetVisible(code, message, status);
    }
    return found;
  }

  /** An id as AWS would pick one: unlike any other, yet the same in every run of the same history. */
  fresh(kind: string, length: number): string {
    const taken = this.accounts.list(this.account, `aws-ids:${kind}`).length;
    const id = digest(`${this.account} ${this.region} ${kind} ${taken}`, length);
    this.accounts.put({
      type: `aws-ids:${kind}`,
      id,
      account: this.account,
      region: this.region,
      props: {},
      principals: {},
      born: this.now,
    });
    return id;
  }

  freshUuid(kind: string): string {
    return this.fresh(kind, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  limit(name: Quota): number {
    return this.accounts.world.quotas?.[name] ?? quotas[name];
  }

  /** Objects of the type in this account and region, this one not counted. */
  others(type: string): Stored[] {
    return this.accounts
      .list(this.account, type)
      .filter(({ id, region }) => id !== this.old?.id && region === this.region);
  }
}

export const nothing = (): Props => ({});

/** Refuses a value that does not match, in the words of AWS's own validation. */
export function match(code: string, value: Value | undefined, member: string, pattern: RegExp): void {
  if (value === undefined || value === null) return;
  const given = typeof value === "string" ? value : JSON.stringify(value);
  if (!pattern.test(given)) {
    const rule = `Member must satisfy regular expression pattern: ${pattern.source}`;
    throw new AwsError(
      code,
      `1 validation error detected: Value '${given}' at '${member}' failed to satisfy constraint: ${rule}`,
    );
  }
}

export function oneOf(
  code: string,
  value: Value | undefined,
  member: string,
  allowed: readonly string[],
): void {
  if (value === undefined || value === null || allowed.includes(text(value))) return;
  const rule = `Member must satisfy enum value set: [${allowed.join(", ")}]`;
  throw new AwsError(
    code,
    `1 validation error detected: Value '${JSON.stringify(value)}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
}

export function between(
  code: string,
  value: Value | undefined,
  member: string,
  least: number,
  most: number,
): void {
  if (value === undefined || value === null) return;
  if (typeof value !== "number" || value < least || value > most || !Number.isInteger(value)) {
    const rule = `Member must be between ${least} and ${most}`;
    throw new AwsError(
      code,
      `1 validation error detected: Value '${JSON.stringify(value)}' at '${member}' failed to satisfy constraint: ${rule}`,
    );
  }
}

/** The rules for tags that hold for nearly every service ("Tagging AWS resources", best practices and limits). */
export function checkTags(call: Call): void {
  const tags = Object.entries(object(call.props["tagsAll"]));
  if (tags.length > call.limit("tagsPerResource"))
    throw new AwsError(
      "TooManyTags",
      `The resource has ${tags.length} tags; ${call.limit("tagsPerResource")} are allowed.`,
    );
  for (const [key, value] of tags) {
    const legal = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
    if (key.length < 1 || key.length > 128 || !legal.test(key))
      throw new AwsError("ValidationException", `The tag key '${key}' is not valid.`);
    if (text(value).length > 256 || !legal.test(text(value)))
      throw new AwsError("ValidationException", `The value of tag '${key}' is not valid: '${text(value)}'.`);
    if (key.toLowerCase().startsWith("aws:"))
      throw new AwsError(
        "ValidationException",
        `The tag key '${key}' is reserved: keys may not begin with aws:.`,
      );
  }
}

export const texts = (value: Value | undefined): string[] => list(value).map(text);
export const objects = (value: Value | undefined): Props[] => list(value).map(object);
