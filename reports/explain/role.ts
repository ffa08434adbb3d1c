/** A role in plain sentences. */
export interface RoleExplanation {
  readonly stack: string;
  readonly urn: string;
  readonly name: string;
  /** What the role is for, in a sentence. */
  readonly purpose: string;
  /** Who may take it, and under which conditions. */
  readonly enteredBy: readonly string[];
  /** What it may do, and on what. */
  readonly may: readonly string[];
  /** What a boundary, a denial or an organization's policy keeps from it. */
  readonly limits: readonly string[];
}
