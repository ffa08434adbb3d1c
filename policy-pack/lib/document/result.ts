/** What a reader gives back: the value, or in a few words why there is none. */
export type Result<Value> = { readonly value: Value } | { readonly problem: string };
