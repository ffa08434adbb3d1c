/** The parts of Pulumi's names for resources. */
export interface UrnParts {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
}

/** The stack, the type and the name in a URN (`urn:pulumi:STACK::PROJECT::TYPES::NAME`). */
export function urnParts(urn: string): UrnParts {
  const [head = "", , types = "", ...name] = urn.split("::");
  return {
    stack: head.replace("urn:pulumi:", ""),
    type: types.split("$").at(-1) ?? "",
    name: name.join("::"),
  };
}
