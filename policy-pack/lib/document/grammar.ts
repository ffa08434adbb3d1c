/**
 * What IAM refuses although it is JSON with the right elements. A document that AWS refuses never grants what it
 * says; worse, a reader who does not see the odd letter believes that it does.
 */
import type { DocumentKind } from "./context";
import type { ReadingProblem, Statement } from "./statement";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
export const VERSIONS: readonly string[] = ["2012-10-17", "2008-10-17"];

/**
 * The operators, with what may stand before and behind them
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
 * Only Null takes no IfExists.
 */
const CONDITION_OPERATOR =
  /^(ForAllValues:|ForAnyValue:)?(Null|(String(Not)?(Equals(IgnoreCase)?|Like)|(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?)$/i;

/** Whether IAM knows a condition operator, such as `ForAnyValue:StringLikeIfExists`. */
export function isConditionOperator(text: string): boolean {
  return CONDITION_OPERATOR.test(text);
}

/**
 * The first character of an action that no action and no pattern of actions has, such as a Cyrillic letter or a
 * space without width; undefined if there is none. The alphabet is that of AWS's whole table of actions.
 */
export function strangeCharacter(action: string): string | undefined {
  // Blank characters around the action are passed over, as the reader does, but only those that can be typed.
  return (/\P{ASCII}/u.exec(action) ?? /[^A-Za-z0-9:*?-]/.exec(action.trim()))?.[0];
}

/** A character as it looks and by its number, since it may look like another or like nothing. */
export function characterInWords(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `U+${number}${/[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? ` (${character})` : ""}`;
}

/** What a kind of document asks of its Sids. */
interface SidGrammar {
  readonly unique: boolean;
  readonly characters: RegExp;
  /** The characters in words. */
  readonly allowed: string;
}

/**
 * IAM and Organizations: letters and digits, each Sid once
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html).
 */
const OF_IAM: SidGrammar = { unique: true, characters: /^[A-Za-z0-9]*$/, allowed: "letters and digits" };
/** AWS's own key policy has "Enable IAM User Permissions"; S3 and ECR document blanks too. */
const ANY_TEXT: Omit<SidGrammar, "unique"> = { characters: /^\P{Cc}*$/u, allowed: "printable characters" };

/**
 * Services that ask more than others of the policies of their resources. SNS and SQS want each Sid once
 * (https://docs.aws.amazon.com/sns/latest/dg/AccessPolicyLanguage_SpecialInfo.html).
 */
const OF_RESOURCES: ReadonlyMap<string, SidGrammar> = new Map([
  ["sns", { ...ANY_TEXT, unique: true }],
  ["sqs", { ...ANY_TEXT, unique: true }],
]);

/** What is wrong with the Sids of a document of a kind. */
export function sidProblems(
  statements: readonly Statement[],
  kind: DocumentKind,
  service: string | undefined,
): ReadingProblem[] {
  const grammar =
    kind === "resource" ? (OF_RESOURCES.get(service ?? "") ?? { ...ANY_TEXT, unique: false }) : OF_IAM;
  const seen = new Set<string>();
  return statements.flatMap(({ sid, path }) => {
    if (sid === undefined) return [];
    const repeated = grammar.unique && seen.has(sid);
    seen.add(sid);
    const shown = JSON.stringify(sid.length > 40 ? `${sid.slice(0, 40)}…` : sid);
    if (!grammar.characters.test(sid))
      return [{ path: `${path}.Sid`, text: `is ${shown}, but takes only ${grammar.allowed}` }];
    return repeated ? [{ path: `${path}.Sid`, text: `is ${shown} as that of a statement before` }] : [];
  });
}
