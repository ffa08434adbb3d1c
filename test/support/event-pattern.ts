type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Whether EventBridge's pattern matches an event. Small on purpose: it knows the operators that our rules use and throws on
 * any other: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: object, event: object): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === "$or") return (wanted as object[]).some((one) => matchesPattern(one, event));
    const value = (event as Readonly<Record<string, Json>>)[key];
    if (!Array.isArray(wanted)) return matchesPattern(wanted as object, isObject(value) ? value : {});
    return wanted.some((rule) => matchesValue(rule as Json, value));
  });
}

function matchesValue(rule: Json, value: Json | undefined): boolean {
  if (!isObject(rule)) return rule === value;
  const [[operator, operand] = ["", null]] = Object.entries(rule);
  switch (operator) {
    case "exists":
      return (value !== undefined) === operand;
    case "anything-but":
      return value !== undefined && !matchesExcluded(operand, value);
    default:
      throw new Error(`The matcher does not know the operator ${operator}`);
  }
}

function matchesExcluded(operand: Json, value: Json): boolean {
  if (Array.isArray(operand)) return operand.includes(value);
  const prefix = isObject(operand) ? operand["prefix"] : undefined;
  if (Array.isArray(prefix)) return prefix.some((one: Json) => matchesExcluded({ prefix: one }, value));
  if (typeof prefix !== "string") throw new Error(`The matcher does not know ${JSON.stringify(operand)}`);
  return typeof value === "string" && value.startsWith(prefix);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
