import type { Condition } from "./condition";
import type { Context } from "./context";
import type { Policy, Statement } from "./document";
import type { Layer, LayerName, LayerOfLevels } from "./layer";
import type { Match, Part, Question } from "./match";
import type { Truth } from "./truth";

/** What one statement, or the lack of one, did to an answer. */
export interface Reason {
  readonly layer: LayerName;
  /** Absent where no document of this kind has anything to do with the request. */
  readonly policy?: Policy;
  readonly statement?: Statement;
  /** Whether the statement decided, nearly did, or cannot be known. */
  readonly role: "allows" | "denies" | "misses" | "unknown";
  /** A sentence for people. */
  readonly sentence: string;
}

const layerNames: Readonly<Record<LayerName, string>> = {
  identity: "the caller's own policies",
  boundary: "the permissions boundary",
  session: "the session's policy",
  resource: "the resource's own policy",
  serviceControl: "the service control policies",
  resourceControl: "the resource control policies",
};

/** The statements that make the answer; for a "no" without a Deny those that came nearest. */
export function reasonsOf(
  answer: Truth,
  layers: readonly (Layer | LayerOfLevels)[],
  question: Question,
): readonly Reason[] {
  const denials = layers.flatMap((layer) => effective(layer, "Deny", "denies"));
  if (answer === "no") {
    return denials.length > 0 ? denials : layers.flatMap((layer) => missesOf(layer, question));
  }
  if (answer === "yes") return layers.flatMap((layer) => effective(layer, "Allow", "allows").slice(0, 1));
  return layers.flatMap((layer) => unknownsOf(layer, question));
}

function effective(
  layer: Layer | LayerOfLevels,
  effect: "Allow" | "Deny",
  role: "allows" | "denies",
): Reason[] {
  return layer
    .statements()
    .filter(({ statement, truth }) => truth === "yes" && statement.effect === effect)
    .map(({ statement }) => ({
      layer: layer.name,
      policy: statement.policy,
      statement,
      role,
      sentence: `It ${role}: action, resource${statement.principals === undefined ? "" : ", principal"}${statement.conditions.length === 0 ? "" : " and every condition"} match.`,
    }));
}

/** From the part that matters least to the one that was all that missed. */
const nearness: readonly Part[] = ["principal", "resource", "condition"];

function missesOf(layer: Layer | LayerOfLevels, question: Question): Reason[] {
  const isSilent = layer.documents === undefined;
  if (isSilent || layer.allows() !== "no") return [];
  const misses = layer.statements().filter(({ statement }) => statement.effect === "Allow");
  const distance = ({ part = "principal" }: Match): number => nearness.indexOf(part);
  // Statements about other actions are no reason.
  if (misses.length === 0) return [noStatement(layer, question)];
  const nearest = Math.max(...misses.map(distance));
  return misses
    .filter((miss) => distance(miss) === nearest)
    .slice(0, 2)
    .map((miss) => reasonOf(layer.name, miss, "misses", question));
}

function noStatement({ name, documents }: Layer | LayerOfLevels, { action }: Question): Reason {
  const [policy] = documents ?? [];
  const sentence = `No statement of ${layerNames[name]} allows ${action}.`;
  return { layer: name, ...(policy && { policy }), role: "misses", sentence };
}

function unknownsOf(layer: Layer | LayerOfLevels, question: Question): Reason[] {
  const statements = layer
    .statements()
    .filter(({ truth }) => truth === "unknown")
    .map((match) => reasonOf(layer.name, match, "unknown", question));
  const documents = (layer.documents ?? []).flatMap((policy): Reason[] =>
    policy.unreadable === undefined
      ? []
      : [
          {
            layer: layer.name,
            policy,
            role: "unknown",
            sentence: `A document of ${layerNames[layer.name]} cannot be read: ${policy.unreadable}.`,
          },
        ],
  );
  return [...statements, ...documents];
}

function reasonOf(layer: LayerName, match: Match, role: "misses" | "unknown", question: Question): Reason {
  const { statement, part = "condition" } = match;
  return {
    layer,
    policy: statement.policy,
    statement,
    role,
    sentence: sentences[part](statement, question, role),
  };
}

const sentences: Readonly<
  Record<Part, (statement: Statement, question: Question, role: "misses" | "unknown") => string>
> = {
  principal: ({ principals }, _, role) =>
    `It is ${verb(role)} about this caller, but about ${shortened(principals?.names ?? [])}.`,
  resource: ({ resources }, { resource }, role) =>
    `It is ${verb(role)} about ${resource}, but about ${resources?.negated === true ? "all but " : ""}${shortened(resources?.patterns.map(({ text }) => text) ?? [])}.`,
  condition: ({ conditions }, { context }, role) => {
    const truth: Truth = role === "misses" ? "no" : "unknown";
    const failing = conditions.find((condition) => condition.holds(context) === truth);
    return failing === undefined ? "Its condition does not hold." : conditionSentence(failing, context, role);
  },
};

function verb(role: "misses" | "unknown"): string {
  return role === "misses" ? "not" : "perhaps not";
}

function conditionSentence(
  { operator, key, values }: Condition,
  context: Context,
  role: "misses" | "unknown",
): string {
  const actual = context.get(key.toLowerCase());
  const has =
    actual === "unknown"
      ? "what the request has there cannot be known"
      : actual === undefined
        ? "the request has no such key"
        : `the request has ${shortened(actual)}`;
  const verdict = role === "misses" ? "does not hold" : "cannot be known to hold";
  return `Its condition ${operator} ${key} = ${shortened(values)} ${verdict}: ${has}.`;
}

function shortened(texts: readonly string[]): string {
  const [first = "nothing", second, ...more] = texts;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} or ${second}` : `${first}, ${second} or ${more.length} more`;
}
