import type { Policy } from "./document";
import { matchAll, type Match, type Question } from "./match";
import type { Naming } from "./principal";
import { all, any, both, truthOf, type Truth } from "./truth";

export type LayerName =
  "identity" | "boundary" | "session" | "resource" | "serviceControl" | "resourceControl";

/** The documents of one kind, and what they say to one question. */
export class Layer {
  private matches: readonly Match[] | undefined;

  /** @param documents undefined where there are none of this kind */
  constructor(
    readonly name: LayerName,
    readonly documents: readonly Policy[] | undefined,
    private readonly question: Question,
    private readonly namesPrincipals: boolean,
  ) {}

  /** How every statement matches. */
  statements(): readonly Match[] {
    this.matches ??= (this.documents ?? []).flatMap((document) =>
      matchAll(document, this.question, this.namesPrincipals),
    );
    return this.matches;
  }

  denies(): Truth {
    return this.effects("Deny", ({ truth }) => truth);
  }

  allows(): Truth {
    return this.effects("Allow", ({ truth }) => truth);
  }

  /** For what only limits: nothing there limits nothing. */
  permits(): Truth {
    return this.documents === undefined ? "yes" : this.allows();
  }

  /** Whether an Allow names the principal in this way. */
  allowsNaming(naming: Naming): Truth {
    const { principal } = this.question;
    return this.effects("Allow", ({ statement, truth }) =>
      truth === "no" ? "no" : both(truth, statement.principals?.namesAs(principal, naming) ?? "unknown"),
    );
  }

  /** A document that nobody can read may say either. */
  private effects(effect: "Allow" | "Deny", truthOfMatch: (match: Match) => Truth): Truth {
    const truth = any(this.statements(), (match) =>
      match.statement.effect === effect ? truthOfMatch(match) : "no",
    );
    const isUnreadable = (this.documents ?? []).some(({ unreadable }) => unreadable !== undefined);
    return truth === "no" && isUnreadable ? "unknown" : truth;
  }
}

/** Control policies from an organization's root down to an account: each level must allow. */
export class LayerOfLevels {
  readonly levels: readonly Layer[];
  readonly documents: readonly Policy[] | undefined;

  constructor(
    readonly name: LayerName,
    levels: readonly (readonly Policy[])[] | undefined,
    question: Question,
  ) {
    this.levels = (levels ?? []).map((documents) => new Layer(name, documents, question, false));
    this.documents = levels?.flat();
  }

  statements(): readonly Match[] {
    return this.levels.flatMap((level) => level.statements());
  }

  denies(): Truth {
    return any(this.levels, (level) => level.denies());
  }

  allows(): Truth {
    return all(this.levels, (level) => level.allows());
  }

  permits(): Truth {
    return this.levels.length === 0 ? truthOf(true) : this.allows();
  }
}
