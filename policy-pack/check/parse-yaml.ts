/**
 * Reads YAML: the value and the line of each part. CloudFormation's short forms (`!Sub`, `!GetAtt`) become the long ones,
 * so that a template means the same in JSON and in YAML.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, type Document } from "yaml";
import { Lines, type RepeatedKey, type Source, type Step, type Unreadable } from "../lib/check/source";

/** A file whose aliases stand for more values than this is not read: a few lines can stand for billions. */
const MOST_VALUES = 2_000_000;

/** Gives the value with its lines, or says in words where the text is not YAML. Several documents are one list. */
export function parseYaml(text: string): Source | Unreadable {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, logLevel: "silent", uniqueKeys: false });
  const all = Array.isArray(documents) ? documents : [];
  if (all.length === 0) return { problem: "is empty", line: 1 };
  const [fault] = all.flatMap(({ errors }) => errors);
  if (fault !== undefined) {
    const { line, col } = fault.linePos?.[0] ?? counter.linePos(fault.pos[0]);
    const [what = ""] = fault.message.split("\n");
    const words = what.replace(/ at line \d+, column \d+:?$/, "");
    return { problem: `is not YAML at line ${line}, column ${col}: ${words}`, line };
  }
  const lines = new Lines();
  const repeatedKeys: RepeatedKey[] = [];
  try {
    const values = all.map((document) => new Builder(document, counter, lines, repeatedKeys).value());
    return { value: values.length === 1 ? values[0] : values, lines, repeatedKeys };
  } catch (error) {
    if (error instanceof RangeError)
      return { problem: `is nested too deep, or has aliases without end`, line: 1 };
    throw error;
  }
}

class Builder {
  /** How many values there are, each alias counted with all that it stands for. */
  private count = 0;
  /** Nodes by their anchors; an alias means the last one before it. */
  private readonly anchors = new Map<string, unknown>();

  constructor(
    private readonly document: Document,
    private readonly counter: LineCounter,
    private readonly lines: Lines,
    private readonly repeatedKeys: RepeatedKey[],
  ) {}

  value(): unknown {
    return this.of(this.document.contents);
  }

  private of(node: unknown): unknown {
    if (++this.count > MOST_VALUES) throw new RangeError("too many values");
    if (isAlias(node)) return this.of(this.anchors.get(node.source));
    if (isScalar(node) || isSeq(node) || isMap(node)) this.anchors.set(node.anchor ?? "", node);
    if (isScalar(node)) return this.tagged(node.tag, node.value, this.lineOf(node));
    if (isSeq(node)) return this.tagged(node.tag, this.list(node.items), this.lineOf(node));
    if (isMap(node)) return this.tagged(node.tag, this.object(node.items), this.lineOf(node));
    return null;
  }

  private lineOf(node: unknown): number {
    const { range } = (node ?? {}) as { readonly range?: readonly number[] | null };
    return range?.[0] === undefined ? 1 : this.counter.linePos(range[0]).line;
  }

  private list(items: readonly unknown[]): unknown[] {
    const value = items.map((item) => this.of(item));
    this.lines.set(value, new Map(items.map((item, index): [Step, number] => [index, this.lineOf(item)])));
    return value;
  }

  private object(items: readonly unknown[]): object {
    const entries = new Map<string, unknown>();
    const lines = new Map<Step, number>();
    const repeated: { readonly key: string; readonly line: number }[] = [];
    for (const item of items) {
      if (!isPair(item)) continue;
      const key = String(isScalar(item.key) ? item.key.value : this.of(item.key));
      const line = this.lineOf(item.key);
      const value = this.of(item.value);
      // A merge key: what is written beside it goes first.
      if (key === "<<") {
        for (const [name, merged] of mergedEntries(value)) if (!entries.has(name)) entries.set(name, merged);
        continue;
      }
      if (lines.has(key)) repeated.push({ key, line });
      entries.set(key, value);
      lines.set(key, line);
    }
    const container = Object.fromEntries(entries);
    this.lines.set(container, lines);
    this.repeatedKeys.push(...repeated.map((about) => ({ ...about, container })));
    return container;
  }

  /** The long form of a value with one of CloudFormation's tags. */
  private tagged(tag: string | undefined, value: unknown, line: number): unknown {
    const [, name] = /^!(\w+(?:::\w+)?)$/.exec(tag ?? "") ?? [];
    if (name === undefined) return value;
    const key = name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
    const container = { [key]: value };
    this.lines.set(container, new Map([[key, line]]));
    return container;
  }
}

function mergedEntries(value: unknown): [string, unknown][] {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  return parts.flatMap((part) =>
    typeof part === "object" && part !== null ? Object.entries(part as Record<string, unknown>) : [],
  );
}
