import type { PreviewDocument } from "../../preview/preview-document";

/** What a proof is about, and what it leaves out, in two or three sentences. */
export function coverageOf({ stacks }: PreviewDocument, leftOut: readonly string[]): string {
  const names = stacks.map(({ name }) => name).join(", ");
  const rest = leftOut.length === 0 ? "" : ` Ways into ${leftOut.join(", ")}, and from there, are left out.`;
  return (
    `The proof covers the policies of ${stacks.length === 1 ? "the stack" : "the stacks"} ${names}.${rest} ` +
    "It does not cover what else an account holds, what a process does within its rights, and the network."
  );
}
