/** A policy document as the analysis sees it, whatever form it was written in. */

/** One value and where it stands, such as `Statement[0].Action[2]`. */
export interface Entry {
  readonly value: string;
  readonly path: string;
}

/** A principal: its kind (`AWS`, `Service`, `Federated`, `CanonicalUser`, or `*`) and value. */
export interface PrincipalEntry extends Entry {
  readonly kind: string;
}

/** One line of a condition block: an operator, a key and the values that are ORed. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly path: string;
  /** Some value is not known yet. */
  readonly unknown: boolean;
}

export interface Statement {
  readonly index: number;
  readonly sid: string | undefined;
  readonly path: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly Entry[];
  readonly notActions: readonly Entry[] | undefined;
  readonly resources: readonly Entry[];
  readonly notResources: readonly Entry[] | undefined;
  readonly principals: readonly PrincipalEntry[];
  readonly notPrincipals: readonly PrincipalEntry[] | undefined;
  readonly conditions: readonly Condition[];
  /** The condition block, or an operator of it, is not known yet as a whole. */
  readonly conditionsUnknown: boolean;
  /** The statement has a Resource or NotResource element, whatever is in it. */
  readonly hasResource: boolean;
  /** The statement has a Principal or NotPrincipal element, whatever is in it. */
  readonly hasPrincipal: boolean;
}

/** What could not be read, and where. */
export interface ReadingProblem {
  readonly path: string;
  readonly text: string;
}

export interface PolicyDocument {
  readonly statements: readonly Statement[];
  readonly problems: readonly ReadingProblem[];
  /** Paths of values that are not known yet. */
  readonly unknowns: readonly string[];
}
