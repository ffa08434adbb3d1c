/** The checks every resource type has in common: names, kinds, presence and exclusion of properties. */
import type { TypeModel } from "./model";
import type { Properties, Schema, Shape, TypeSchema } from "./schema";
import { isObject, toDocument, unknownValue, type Props, type Value } from "./values";

export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** The inputs with documents written out as text, and everything that is wrong with them. */
export function checkInputs(
  schema: Schema,
  type: TypeSchema,
  model: TypeModel,
  given: Props,
): { inputs: Props; failures: Failure[] } {
  const failures: Failure[] = [];
  const report = (property: string, reason: string): void => void failures.push({ property, reason });
  const inputs = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      type.inputs[name]?.shape === "document" && isObject(value) ? toDocument(value) : value,
    ]),
  );
  checkProperties(schema, type.inputs, inputs, "", report);
  for (const names of model.exclusive ?? []) {
    const present = names.filter((name) => inputs[name] !== undefined);
    if (present.length > 1)
      report(present[0] ?? "", `conflicts with ${present.slice(1).join(", ")}: give only one of them`);
  }
  return { inputs, failures };
}

type Report = (property: string, reason: string) => void;

function checkProperties(
  schema: Schema,
  known: Properties,
  given: Props,
  path: string,
  report: Report,
): void {
  for (const [name, value] of Object.entries(given)) {
    const property = known[name];
    if (property === undefined) report(path + name, "is not a property that the AWS provider knows here");
    else checkValue(schema, property.shape, value, path + name, report);
  }
  for (const [name, { required }] of Object.entries(known)) {
    if (required && given[name] === undefined) report(path + name, "is required and missing");
  }
}

function checkValue(schema: Schema, shape: Shape, value: Value, path: string, report: Report): void {
  if (value === unknownValue || value === null || shape === "any") return;
  if (typeof shape === "string") {
    const wanted = shape === "document" ? "string" : shape;
    if (typeof value !== wanted) report(path, `must be a ${wanted}, not ${JSON.stringify(value)}`);
  } else if ("list" in shape) {
    if (!Array.isArray(value)) report(path, `must be a list, not ${JSON.stringify(value)}`);
    else
      for (const [index, item] of value.entries())
        checkValue(schema, shape.list, item, `${path}[${index}]`, report);
  } else if (!isObject(value)) {
    report(path, `must be an object, not ${JSON.stringify(value)}`);
  } else if ("map" in shape) {
    for (const [key, item] of Object.entries(value))
      checkValue(schema, shape.map, item, `${path}.${key}`, report);
  } else {
    checkProperties(schema, schema.objects[shape.ref] ?? {}, value, `${path}.`, report);
  }
}
