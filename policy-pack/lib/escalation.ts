/** Powers by which a principal can gain more than it was given, alone or together. */
import type { Context } from "./context";
import type { Statement } from "./document";
import type { Finding } from "./findings";

export function judgeEscalation(statements: readonly Statement[], context: Context): Finding[] {
  return statements.length > 0 && context.kind === "identity" ? [] : [];
}
