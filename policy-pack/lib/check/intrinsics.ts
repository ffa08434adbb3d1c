/**
 * What CloudFormation's intrinsic functions stand for in a policy document, as far as a template alone can say. A value that
 * only the deployment knows is unknown; a text that is known but for a name in its middle is a pattern with a variable, as
 * `arn:aws:s3:::${Bucket}/*`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
import { UNKNOWN_MARKS } from "../document/unknown";
import { isFields, type Lines, type Step } from "./source";

/** Stands for the account of a template that is deployed to any; no account of AWS has this number. */
export const ANY_ACCOUNT = "000000000000";
/** How templates write it, and how it is shown. */
export const ACCOUNT_VARIABLE = "${AWS::AccountId}";

const UNKNOWN_VALUE = UNKNOWN_MARKS[0] ?? "";
/** What `AWS::NoValue` stands for: the property or the item is not there. */
const ABSENT = Symbol("AWS::NoValue");

/** Elements whose texts are patterns: a variable in them is one name, as a policy variable is. */
const PATTERNS = new Set(["Resource", "NotResource", "Action", "NotAction"]);

export class Intrinsics {
  private readonly pseudo: Readonly<Record<string, string>>;

  constructor(
    private readonly lines: Lines,
    account: string | undefined,
  ) {
    this.pseudo = {
      "AWS::Partition": "aws",
      "AWS::URLSuffix": "amazonaws.com",
      "AWS::AccountId": account ?? ANY_ACCOUNT,
    };
  }

  /** The value with all that a template can know put in. */
  resolve(value: unknown): unknown {
    const resolved = this.value(value, false);
    return resolved === ABSENT ? undefined : resolved;
  }

  private value(value: unknown, isPattern: boolean): unknown {
    if (Array.isArray(value)) return this.list(value as unknown[], isPattern);
    if (!isFields(value)) return value;
    const [name] = Object.keys(value);
    if (name !== undefined && isIntrinsic(value)) return this.call(name, value[name], value, isPattern);
    const container: Record<string, unknown> = {};
    const lines = new Map<Step, number>();
    for (const [key, item] of Object.entries(value)) {
      const resolved = this.value(item, isPattern || PATTERNS.has(key));
      if (resolved === ABSENT) continue;
      container[key] = resolved;
      lines.set(key, this.lines.of(value, key) ?? 1);
    }
    this.lines.set(container, lines);
    return container;
  }

  /** Items of `Fn::If` within a list are items of the list. */
  private list(items: readonly unknown[], isPattern: boolean): unknown[] {
    const resolved = items.flatMap((item, index) => {
      const line = this.lines.of(items, index) ?? 1;
      return this.branches(item, isPattern).map((value) => ({ value, line }));
    });
    const container = resolved.map(({ value }) => value);
    this.lines.set(container, new Map(resolved.map(({ line }, index) => [index, line])));
    return container;
  }

  /** The values that an item of a list can stand for. */
  private branches(item: unknown, isPattern: boolean): unknown[] {
    const either = isFields(item) ? item["Fn::If"] : undefined;
    if (!Array.isArray(either)) return [this.value(item, isPattern)].filter((value) => value !== ABSENT);
    return either
      .slice(1)
      .flatMap((branch: unknown) => this.branches(branch, isPattern))
      .flat();
  }

  private call(name: string, argument: unknown, whole: object, isPattern: boolean): unknown {
    if (name === "Ref" && argument === "AWS::NoValue") return ABSENT;
    if (name === "Fn::ToJsonString") return this.value(argument, isPattern);
    if (name === "Fn::If") return this.either(whole, argument, isPattern);
    const text = this.text(whole, isPattern);
    // A pattern that begins with a variable may be an ARN, "*" or a name: nobody can tell.
    return text === undefined || (isPattern && text.startsWith("${")) ? UNKNOWN_VALUE : text;
  }

  /** Texts and statements of both branches are a list, which every element of a policy takes. */
  private either(whole: object, argument: unknown, isPattern: boolean): unknown {
    const values = this.branches(whole, isPattern);
    const line = this.lines.of(whole, "Fn::If") ?? 1;
    if (!Array.isArray(argument) || values.length === 0) return ABSENT;
    if (values.length === 1) return values[0];
    if (!values.every((value) => typeof value === "string" || isStatement(value))) return UNKNOWN_VALUE;
    this.lines.set(values, new Map(values.map((_, index) => [index, line])));
    return values;
  }

  /** The text of a value, in a pattern with `${Name}` for what only the deployment knows; undefined if it cannot be told. */
  private text(value: unknown, isPattern: boolean): string | undefined {
    if (typeof value === "string") return value;
    if (typeof value === "number") return String(value);
    if (!isFields(value) || !isIntrinsic(value)) return undefined;
    const [name = ""] = Object.keys(value);
    const argument = value[name];
    switch (name) {
      case "Ref":
        return this.variable(String(argument), isPattern);
      case "Fn::Sub":
        return this.substituted(argument, isPattern);
      case "Fn::Join":
        return this.joined(argument, isPattern);
      default:
        return isPattern ? "${unknown}" : undefined;
    }
  }

  private variable(name: string, isPattern: boolean): string | undefined {
    // A service's name or a condition is compared as text, so a region stands for its kind there.
    if (name === "AWS::Region" && !isPattern) return "us-east-1";
    return this.pseudo[name] ?? (isPattern ? `\${${name}}` : undefined);
  }

  private substituted(argument: unknown, isPattern: boolean): string | undefined {
    const [template, values] = (Array.isArray(argument) ? argument : [argument]) as unknown[];
    if (typeof template !== "string") return undefined;
    const given = isFields(values) ? values : {};
    // Every second part is what stands in `${…}`; `${!Name}` is CloudFormation's way to write `${Name}`, a policy variable.
    const parts = template.split(/\$\{([^{}]+)\}/).map((part, index) => {
      if (index % 2 === 0) return part;
      if (part.startsWith("!")) return `\${${part.slice(1)}}`;
      const name = part.trim();
      return name in given ? this.text(given[name], isPattern) : this.variable(name, isPattern);
    });
    return joinedTexts(parts, "");
  }

  private joined(argument: unknown, isPattern: boolean): string | undefined {
    const [separator, parts] = (Array.isArray(argument) ? argument : []) as unknown[];
    if (typeof separator !== "string" || !Array.isArray(parts)) return undefined;
    return joinedTexts(
      parts.map((part: unknown) => this.text(part, isPattern)),
      separator,
    );
  }
}

function joinedTexts(parts: readonly (string | undefined)[], separator: string): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(separator);
}

function isIntrinsic(value: object): boolean {
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && name !== undefined && (name === "Ref" || name.startsWith("Fn::"));
}

function isStatement(value: unknown): boolean {
  return isFields(value) && ("Effect" in value || "Action" in value || "NotAction" in value);
}
