/**
 * The three answers of every question. "unknown" is what follows when a document, a value or an operator cannot be known: it
 * never turns into one of the other two by knowing less (Kleene's logic).
 */
export type Truth = "yes" | "no" | "unknown";

export function not(truth: Truth): Truth {
  if (truth === "unknown") return truth;
  return truth === "yes" ? "no" : "yes";
}

/** Whether it holds for all; "yes" for none. Stops at the first "no". */
export function all<Item>(items: readonly Item[], holds: (item: Item) => Truth): Truth {
  let result: Truth = "yes";
  for (const item of items) {
    const truth = holds(item);
    if (truth === "no") return "no";
    if (truth === "unknown") result = "unknown";
  }
  return result;
}

/** Whether it holds for at least one; "no" for none. Stops at the first "yes". */
export function any<Item>(items: readonly Item[], holds: (item: Item) => Truth): Truth {
  let result: Truth = "no";
  for (const item of items) {
    const truth = holds(item);
    if (truth === "yes") return "yes";
    if (truth === "unknown") result = "unknown";
  }
  return result;
}

export function both(...truths: readonly Truth[]): Truth {
  return all(truths, (truth) => truth);
}

export function either(...truths: readonly Truth[]): Truth {
  return any(truths, (truth) => truth);
}

export function truthOf(condition: boolean): Truth {
  return condition ? "yes" : "no";
}
