/** Reads JSON in one pass: the value, the line of each part, keys that stand twice, and where the text breaks. */
import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { Lines, type RepeatedKey, type Source, type Step, type Unreadable } from "../lib/check/source";

interface Open {
  readonly container: unknown[] | Record<string, unknown>;
  readonly lines: Map<Step, number>;
  key: string;
}

/** What is wrong, by the parser's name for it. */
const FAULTS: Readonly<Partial<Record<string, string>>> = {
  InvalidSymbol: "a value must be text in double quotes, a number, true, false, null, a list or an object",
  InvalidNumberFormat: "this is no number",
  PropertyNameExpected: "the name of a property in double quotes is missing",
  ValueExpected: "a value is missing",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing brace is missing",
  CloseBracketExpected: "a closing bracket is missing",
  EndOfFileExpected: "more text follows the end of the value",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "the text has no closing quote",
  UnexpectedEndOfNumber: "this is no number",
  InvalidUnicode: "\\u must be followed by four hexadecimal digits",
  InvalidEscapeCharacter: 'a backslash must be followed by one of " \\ / b f n r t u',
  InvalidCharacter: "a line break or control character must be written as an escape such as \\n",
};

/** Gives the value with its lines, or says in words where the text is not JSON. */
export function parseJson(text: string): Source | Unreadable {
  const builder = new Builder();
  try {
    builder.read(text);
  } catch (error) {
    if (error instanceof RangeError) return { problem: "is nested too deep", line: 1 };
    throw error;
  }
  const { fault, value, lines, repeatedKeys } = builder;
  if (text.trim() === "") return { problem: "is empty", line: 1 };
  if (fault !== undefined) {
    const what = FAULTS[printParseErrorCode(fault.code)] ?? "this is not expected here";
    return {
      problem: `is not JSON at line ${fault.line}, column ${fault.column}: ${what}`,
      line: fault.line,
    };
  }
  return { value, lines, repeatedKeys };
}

class Builder {
  value: unknown;
  readonly lines = new Lines();
  readonly repeatedKeys: RepeatedKey[] = [];
  fault: { readonly code: ParseErrorCode; readonly line: number; readonly column: number } | undefined;
  private readonly open: Open[] = [];

  read(text: string): void {
    visit(
      text,
      {
        onObjectBegin: (_offset, _length, line) => {
          this.begin({}, line);
        },
        onArrayBegin: (_offset, _length, line) => {
          this.begin([], line);
        },
        onObjectEnd: () => {
          this.end();
        },
        onArrayEnd: () => {
          this.end();
        },
        onObjectProperty: (key, _offset, _length, line) => {
          this.property(key, line + 1);
        },
        onLiteralValue: (value: unknown, _offset, _length, line) => {
          this.add(value, line);
        },
        onError: (code, _offset, _length, line, column) => {
          this.fault ??= { code, line: line + 1, column: column + 1 };
        },
      },
      { disallowComments: true },
    );
  }

  private begin(container: Open["container"], line: number): void {
    this.add(container, line);
    this.open.push({ container, lines: new Map(), key: "" });
  }

  private end(): void {
    const ended = this.open.pop();
    if (ended !== undefined) this.lines.set(ended.container, ended.lines);
  }

  private property(key: string, line: number): void {
    const at = this.open.at(-1);
    if (at === undefined) return;
    at.key = key;
    if (at.lines.has(key)) this.repeatedKeys.push({ container: at.container, key, line });
    at.lines.set(key, line);
  }

  /** A value after its name, or the next one of a list; what a list's item stands on is its own line. */
  private add(value: unknown, line: number): void {
    const at = this.open.at(-1);
    if (at === undefined) this.value = value;
    else if (Array.isArray(at.container)) at.lines.set(at.container.push(value) - 1, line + 1);
    // Defined, not assigned: a key "__proto__" is a key like any other.
    else if (at.key === "__proto__")
      Object.defineProperty(at.container, at.key, { value, enumerable: true, configurable: true });
    else at.container[at.key] = value;
  }
}
