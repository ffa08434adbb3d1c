/** Mutates policy documents at random and holds the analysis to: no crash, and no pass for garbage. */
import { contextOf, type DocumentKind } from "../../../policy-pack/lib/document/context";
import { judgeDocument } from "../../../policy-pack/lib/judge/judge-document";

export interface FuzzResult {
  readonly documents: number;
  /** How many mutated documents could still be read as JSON. */
  readonly readable: number;
  /** What went wrong, each with the seed that repeats it. */
  readonly failures: readonly string[];
}

const BROAD = { Effect: "Allow", Action: "*", Resource: "*" };
const CORPUS: readonly (readonly [DocumentKind, object])[] = [
  ["identity", { Version: "2012-10-17", Statement: [{ Sid: "A", ...BROAD }] }],
  ["identity", { Statement: BROAD }],
  [
    "identity",
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:Put*"],
          Resource: ["arn:aws:s3:::bucket/*", "arn:aws:s3:::*"],
        },
        {
          Effect: "Deny",
          NotAction: "iam:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": false } },
        },
        {
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: "*",
          Condition: { StringLike: { "iam:PassedToService": ["a", "*"] } },
        },
      ],
    },
  ],
  [
    "trust",
    {
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"], Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/${aws:username}/*" } },
        },
      ],
    },
  ],
  ["resource", { Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }] }],
];

const TOKENS = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "*",
  "?",
  "**",
  "\\",
  "\\u0000",
  "null",
  "true",
  "-1e999",
  "$",
  "${",
  "}",
  "\u0001",
  "\ud800",
  '"Statement"',
  '"Action"',
  '"NotAction"',
  '"Resource"',
  '"Effect"',
  '"Allow"',
  '"Deny"',
  '"Principal"',
  '"Condition"',
  '"*"',
  "[]",
  "{}",
  '"arn:aws:s3:::*"',
  '"arn:*"',
  '"iam:*"',
  '"__proto__"',
  '"constructor"',
  "%7B",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
];

/** Judges `count` mutated documents, always the same for a seed. */
export function fuzz(count: number, seed: number): FuzzResult {
  const random = generator(seed);
  const failures: string[] = [];
  let readable = 0;
  for (let i = 0; i < count; i++) {
    const [kind, document] = pick(CORPUS, random);
    const text = mutate(JSON.stringify(document), random);
    const value = parsed(text);
    if (value !== undefined) readable++;
    const failure = fails(text, value, kind);
    if (failure !== undefined) failures.push(`seed ${seed}, document ${i}: ${failure}: ${text}`);
  }
  return { documents: count, readable, failures };
}

function fails(text: string, value: unknown, kind: DocumentKind): string | undefined {
  try {
    for (const one of value === undefined ? [text] : [text, value]) {
      const { findings, unknowns } = judgeDocument(one, contextOf(kind));
      const passed = !findings.some(({ severity }) => severity === "error");
      if (passed && unknowns.length === 0 && isGarbage(value)) return "garbage passed";
      if (passed && kind === "identity" && grantsEverything(value)) return "a grant of everything passed";
    }
    return undefined;
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

/** What no reader of policies could take for one. */
function isGarbage(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return true;
  const statement = Object.entries(value).find(([key]) => key.toLowerCase() === "statement")?.[1] as unknown;
  return typeof statement !== "object" || statement === null;
}

function grantsEverything(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const statement = (value as { readonly Statement?: unknown }).Statement;
  const list: unknown[] = Array.isArray(statement) ? statement : [statement];
  return list.some((one) => {
    const { Effect, Action, Resource } = (one ?? {}) as { readonly [name in keyof typeof BROAD]?: unknown };
    return Effect === "Allow" && Action === "*" && Resource === "*";
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** One to four cuts, repetitions, insertions, swaps and flips of case. */
function mutate(text: string, random: () => number): string {
  let mutated = text;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    const from = Math.floor(random() * (mutated.length + 1));
    const to = Math.min(mutated.length, from + Math.floor(random() * 12));
    const [head, part, tail] = [mutated.slice(0, from), mutated.slice(from, to), mutated.slice(to)];
    const changes = [
      () => head + tail,
      () => head + part + part + tail,
      () => head + pick(TOKENS, random) + tail,
      () => head + pick(TOKENS, random) + part + tail,
      () => tail + part + head,
      () => head + (part === part.toUpperCase() ? part.toLowerCase() : part.toUpperCase()) + tail,
      () => head + part.split("").reverse().join("") + tail,
    ];
    mutated = pick(changes, random)();
  }
  return mutated;
}

function pick<T>(list: readonly T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error("the list is empty");
  return found;
}

/** Mulberry32: small, quick and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
