/**
 * The legal properties of each resource type, read from the typings of the installed @pulumi/aws: the simulator
 * refuses what they do not name, so a typing error in the program cannot be hidden by a test double.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

export type Shape =
  | "string"
  | "number"
  | "boolean"
  | "any"
  /** A JSON document that may be given as an object; the provider makes a string of it. */
  | "document"
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly ref: string };

export interface Property {
  readonly shape: Shape;
  readonly required: boolean;
}

export type Properties = Record<string, Property>;

export interface TypeSchema {
  readonly inputs: Properties;
  readonly outputs: readonly string[];
  readonly aliases: readonly string[];
}

export interface Schema {
  readonly version: string;
  readonly resources: Record<string, TypeSchema>;
  readonly objects: Record<string, Properties>;
}

/** Reads the typings of these resource types; throws when a type is not in the package. */
export function readSchema(tokens: readonly string[]): Schema {
  const root = dirname(require.resolve("@pulumi/aws/package.json"));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const inputTypes = readFileSync(join(root, "types", "input.d.ts"), "utf8");
  const objects: Record<string, Properties> = {};
  const resources: Record<string, TypeSchema> = {};
  for (const token of [...tokens].sort()) {
    resources[token] = readResource(root, token);
    collect(inputTypes, Object.values(resources[token].inputs), objects);
  }
  return { version, resources, objects };
}

function readResource(root: string, token: string): TypeSchema {
  const [, path = "", className = ""] = /^aws:([^:]+):(.+)$/.exec(token) ?? [];
  const file = join(root, path);
  const typings = readFileSync(`${file}.d.ts`, "utf8");
  const code = readFileSync(`${file}.js`, "utf8");
  const inputs = properties(slice(typings, `export interface ${className}Args {`, "\n}"));
  const outputs = [...code.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)].map(
    ([, name]) => name ?? "",
  );
  const aliases = [...code.matchAll(/type: "(aws:[^"]+)"/g)].map(([, name]) => name ?? "");
  return { inputs, outputs: [...new Set(outputs)], aliases };
}

function collect(source: string, found: readonly Property[], objects: Record<string, Properties>): void {
  for (const name of found.flatMap(({ shape }) => references(shape))) {
    if (objects[name] !== undefined) continue;
    const [module = "", type = ""] = name.split(".");
    const space = slice(source, `export declare namespace ${module} {`, "\n}");
    const members = properties(slice(space, `    interface ${type} {`, "\n    }"));
    objects[name] = members;
    collect(source, Object.values(members), objects);
  }
}

function references(shape: Shape): string[] {
  if (typeof shape === "string") return [];
  if ("ref" in shape) return [shape.ref];
  return references("list" in shape ? shape.list : shape.map);
}

function slice(source: string, start: string, end: string): string {
  const from = source.indexOf(start);
  if (from < 0) throw new Error(`@pulumi/aws has no \`${start}\`: is the resource type spelled right?`);
  return source.slice(from, source.indexOf(end, from) + end.length);
}

function properties(declaration: string): Properties {
  const file = ts.createSourceFile("slice.d.ts", declaration, ts.ScriptTarget.ES2022, true);
  const result: Properties = {};
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node) && node.type !== undefined) {
      result[node.name.getText()] = { shape: shapeOf(node.type), required: node.questionToken === undefined };
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return result;
}

function shapeOf(node: ts.TypeNode): Shape {
  if (ts.isUnionTypeNode(node)) return unionShape(node);
  if (ts.isArrayTypeNode(node)) return { list: shapeOf(node.elementType) };
  if (ts.isTypeLiteralNode(node)) return mapShape(node);
  if (!ts.isTypeReferenceNode(node)) return keyword(node.getText());
  const name = node.typeName.getText();
  const [inner] = node.typeArguments ?? [];
  if (name === "pulumi.Input" && inner !== undefined) return shapeOf(inner);
  return name.startsWith("inputs.") ? { ref: name.slice("inputs.".length) } : "string";
}

function unionShape(node: ts.UnionTypeNode): Shape {
  const members = node.types.filter((member) => member.getText() !== "undefined");
  const [first] = members;
  if (first === undefined) return "any";
  if (members.length === 1) return shapeOf(first);
  return members.some((member) => member.getText().includes("PolicyDocument")) ? "document" : shapeOf(first);
}

function mapShape(node: ts.TypeLiteralNode): Shape {
  const [member] = node.members;
  return member !== undefined && ts.isIndexSignatureDeclaration(member)
    ? { map: shapeOf(member.type) }
    : "any";
}

function keyword(word: string): Shape {
  return word === "string" || word === "number" || word === "boolean" ? word : "any";
}
