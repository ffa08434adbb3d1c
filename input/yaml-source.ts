import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type ParsedNode,
  visit,
  type YAMLError,
} from "yaml";
import { hideCredentials } from "./credentials";
import { type Checked, type Place, problem, type Problem } from "./problem";
import { quote } from "./wording";

/** Finds where a value is written, or the key of an object where `key` is given. */
export type Locate = (path: readonly PropertyKey[], key?: string) => Place | undefined;

export interface YamlDialect {
  /** `<<` merges other maps in. */
  readonly merge?: boolean;
  /** Whole numbers keep all their digits. */
  readonly intAsBigInt?: boolean;
  /** Tags that nobody knows are let through instead of being faults. */
  readonly unknownTags?: boolean;
}

/** YAML 1.2 that was read, and where each part of it is written. */
export class YamlSource {
  private constructor(
    /** As problems name it. */
    readonly file: string,
    readonly document: Document.Parsed,
    private readonly lines: LineCounter,
  ) {}

  /** Every fault of the syntax, and every alias that cannot be followed, is a problem. */
  static parse(text: string, file: string, dialect: YamlDialect = {}): Checked<YamlSource> {
    const { unknownTags = false, ...options } = dialect;
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, ...options });
    // Keys that are maps are refused later; the library need not warn of them on standard error.
    document.options.logLevel = "silent";
    const source = new YamlSource(file, document, lines);
    const faults = [...document.errors, ...(unknownTags ? [] : document.warnings)];
    // Most files have no alias, and looking for aliases takes as long as all our checks together.
    const problems = [
      ...source.syntaxProblems(faults),
      ...(text.includes("*") ? source.aliasProblems() : []),
    ];
    return problems.length > 0 ? { problems } : { value: source };
  }

  /** Where a value is written, or a key; what is nearest above it where it is not written at all. */
  readonly locate = (path: readonly PropertyKey[], key?: string): Required<Place> => {
    const steps = this.stepsTo(key === undefined ? path : [...path, key]);
    const last = steps.at(-1);
    const [keyStart, valueStart] = [startOf(last?.key), startOf(last?.value)];
    if (key !== undefined) return this.placeOf(keyStart ?? valueStart ?? 0);
    return this.placeOf(
      last === undefined ? (startOf(this.document.contents) ?? 0) : (valueStart ?? keyStart ?? 0),
    );
  };

  /** @param offset characters before the place */
  placeOf(offset: number): Required<Place> {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** A problem at the key that a path ends in, or at the nearest above it that is written. */
  problemAt(path: readonly string[], message: string, ...details: string[]): Problem {
    return problem(message, details, this.locate(path.slice(0, -1), path.at(-1)));
  }

  /** The node at a path, undefined when there is none. */
  node(path: readonly PropertyKey[]): ParsedNode | undefined {
    if (path.length === 0) return isNode(this.document.contents) ? this.document.contents : undefined;
    const steps = this.stepsTo(path);
    const value = steps.length === path.length ? steps.at(-1)?.value : undefined;
    return isNode(value) ? (value as ParsedNode) : undefined;
  }

  /** The text at a path, undefined when there is none or it is no text. */
  text(path: readonly PropertyKey[]): string | undefined {
    const node = this.node(path);
    return isScalar(node) && typeof node.value === "string" ? node.value : undefined;
  }

  /** The keys of the map at a path. */
  keys(path: readonly PropertyKey[]): string[] {
    const node = this.node(path);
    return isMap(node) ? node.items.map(({ key }) => keyText(key)) : [];
  }

  /** What an alias stands for; any other node itself. */
  resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  /** What is written along a path from the top on, as far as it exists. */
  private stepsTo(path: readonly PropertyKey[]): Step[] {
    const steps: Step[] = [];
    let node: unknown = this.document.contents;
    for (const name of path) {
      const step = stepInto(node, name);
      if (step === undefined) break;
      steps.push(step);
      node = step.value;
    }
    return steps;
  }

  /** One fault of the syntax causes others after it, so only the first is reported; but each key written twice is. */
  private syntaxProblems(faults: readonly YAMLError[]): Problem[] {
    const first = faults.find(({ code }) => code !== "DUPLICATE_KEY");
    if (first === undefined) {
      return faults.map(({ pos }) =>
        problem("The same key stands here a second time.", ["Keep one of the two."], this.placeOf(pos[0])),
      );
    }
    const words = /call stack/.test(first.message)
      ? "brackets are nested too deep"
      : lowerFirst(first.message);
    const sentence =
      first.code === "MULTIPLE_DOCS"
        ? "This file holds more than one document."
        : `This is not valid YAML: ${words}.`;
    return [problem(hideCredentials(sentence), [], this.placeOf(first.pos[0]))];
  }

  private aliasProblems(): Problem[] {
    const problems: Problem[] = [];
    let aliases = 0;
    visit(this.document, {
      Alias: (_, alias) => {
        aliases += 1;
        const place = this.placeOf(alias.range?.[0] ?? 0);
        const name = quote(`*${alias.source}`);
        const target = alias.resolve(this.document);
        if (target === undefined) {
          const remedy = `Write &${alias.source} before the value that is meant, or quotes around text that begins with *.`;
          problems.push(problem(`The alias ${name} has no anchor before it.`, [remedy], place));
        } else if (holds(target, alias)) {
          const message = `The alias ${name} stands inside the value that it repeats.`;
          problems.push(problem(message, ["Write the value out."], place));
        }
      },
    });
    return problems.length > 0 || aliases === 0 ? problems : this.repetitionProblems();
  }

  /** The library counts what aliases multiply to: https://eemeli.org/yaml/#options */
  private repetitionProblems(): Problem[] {
    try {
      this.document.toJS();
      return [];
    } catch (error) {
      const place = { file: this.file };
      if (error instanceof ReferenceError) {
        const message = "This file repeats itself through too many aliases.";
        return [problem(message, ["Write the values out."], place)];
      }
      const words = lowerFirst(error instanceof Error ? error.message : String(error));
      return [problem(`This is not valid YAML: ${words}.`, [], place)];
    }
  }
}

interface Step {
  /** Absent for the item of a list. */
  readonly key?: unknown;
  readonly value: unknown;
}

function stepInto(node: unknown, name: PropertyKey): Step | undefined {
  if (isMap(node)) return node.items.find(({ key }) => keyText(key) === String(name));
  if (!isSeq(node) || typeof name !== "number") return undefined;
  return name in node.items ? { value: node.items[name] } : undefined;
}

/** A key as text; the key that merges another map in is `<<`. */
export function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key);
  return typeof key.value === "symbol" ? "<<" : String(key.value);
}

function holds(outer: Node, inner: Node): boolean {
  const [start, offset] = [startOf(outer), startOf(inner)];
  const end = outer.range?.[1];
  return start !== undefined && offset !== undefined && end !== undefined && start <= offset && offset < end;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
