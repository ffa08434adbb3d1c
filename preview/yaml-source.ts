import fs from "node:fs";
import {
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type ParsedNode,
  type YAMLMap,
} from "yaml";
import type { Problem } from "./preview-document";

/** A YAML file that remembers where everything stands. Paths are keys from the top. */
export class YamlSource {
  private constructor(
    /** As problems shall name it. */
    readonly file: string,
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
  ) {}

  /**
   * Reads a file; what does not parse is a problem with its place.
   * @param file as problems shall name it
   */
  static read(path: string, file: string): { source: YamlSource; problems: Problem[] } {
    return YamlSource.parse(fs.readFileSync(path, "utf8").replace(/^\uFEFF/, ""), file);
  }

  static parse(text: string, file: string): { source: YamlSource; problems: Problem[] } {
    const lines = new LineCounter();
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      merge: true,
      intAsBigInt: true,
    });
    const source = new YamlSource(file, document, lines);
    const problems = document.errors.map((error) => ({
      message: `This is not valid YAML: ${error.message.replace(/\.$/, "")}.`,
      ...source.placeOf(error.pos[0]),
    }));
    return { source, problems };
  }

  /** The node at a path, undefined when there is none. */
  node(path: readonly string[]): ParsedNode | undefined {
    const found: unknown = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
    return found === null ? undefined : (found as ParsedNode | undefined);
  }

  /** What an alias stands for; any other node itself. */
  resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  map(path: readonly string[]): YAMLMap.Parsed | undefined {
    const found = this.node(path);
    return isMap(found) ? found : undefined;
  }

  /** The text at a path, undefined when there is none or it is no text. */
  text(path: readonly string[]): string | undefined {
    const found = this.node(path);
    return isScalar(found) && typeof found.value === "string" ? found.value : undefined;
  }

  keys(path: readonly string[]): string[] {
    const found = this.map(path);
    return found === undefined ? [] : found.items.map(({ key }) => keyText(key));
  }

  /** A problem at the key or value of a path; at the nearest that exists when the path does not. */
  problem(path: readonly string[], message: string, remedy?: string): Problem {
    return { message, ...this.place(path), ...(remedy === undefined ? {} : { remedy }) };
  }

  private place(path: readonly string[]): Pick<Problem, "file" | "line" | "column"> {
    for (let length = path.length; length > 0; length -= 1) {
      const parent = this.map(path.slice(0, length - 1));
      const pair = parent?.items.find(({ key }) => keyText(key) === path[length - 1]);
      const start = (pair?.key as Node | undefined)?.range?.[0];
      if (start !== undefined) return this.placeOf(start);
    }
    return this.placeOf(0);
  }

  placeOf(offset: number): Required<Pick<Problem, "file" | "line" | "column">> {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** A key as text; the key that merges another map in is `<<`. */
export function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key);
  return typeof key.value === "symbol" ? "<<" : String(key.value);
}
