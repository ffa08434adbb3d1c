/**
 * What a role holds in all: its inline policies, those attached to it and its trust, judged together. Powers that
 * are harmless apart can add up, and a trust that is loose is worse on a powerful role. Pure.
 */
import { MAKERS } from "../aws/powerful-actions";
import { contextOf, type Surroundings } from "../document/context";
import { readDocument } from "../document/read-document";
import type { Statement } from "../document/statement";
import { administratorsAmong, powersOf } from "../measure/held-powers";
import { judgeEscalation, passRoleCombinations } from "./escalation";
import { namesInShort, type Finding } from "./findings";
import { judgeDocument } from "./judge-document";
import { decidingTags, letsChooseTag } from "./session-tags";

/** One policy of a role and what to call it. */
export interface HeldPolicy {
  readonly name: string;
  readonly document: unknown;
}

export interface HeldByRole {
  readonly trust: unknown;
  readonly policies: readonly HeldPolicy[];
  /** Policies that are declared to be boundaries and are attached as permissions all the same. */
  readonly boundariesAttached: readonly HeldPolicy[];
  readonly hasBoundary: boolean;
  /** The policy that is the role's boundary, where it is known. */
  readonly boundary?: HeldPolicy | undefined;
}

/** Findings about everything a role holds that no single document of it shows. */
export function judgeRole(role: HeldByRole, surroundings: Surroundings): Finding[] {
  const held = role.policies.map(({ name, document }) => ({
    name,
    statements: readDocument(document).statements,
  }));
  return [
    ...acrossPolicies(held),
    ...looseAndPowerful(role, held, surroundings),
    ...makersWithoutBoundary(role, held),
    ...choosableTags(role),
    ...role.boundariesAttached.flatMap((policy) => attachedBoundary(policy, surroundings)),
  ];
}

interface Held {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** Combinations whose parts stand in different policies. */
function acrossPolicies(held: readonly Held[]): Finding[] {
  const within = new Set(
    held.flatMap(({ statements }) => passRoleCombinations(powersOf(statements)).map(keyOf)),
  );
  return passRoleCombinations(powersOf(held.flatMap(({ statements }) => statements)))
    .filter((finding) => finding.severity === "error" && !within.has(keyOf(finding)))
    .map((finding) => {
      const names = held
        .filter(({ statements }) =>
          powersOf(statements).some(({ action }) => finding.actions.includes(action)),
        )
        .map(({ name }) => name);
      return roleFinding(
        "policies",
        `${namesInShort(names)}: ${finding.reason}`,
        finding.remedy,
        finding.actions,
      );
    });
}

function keyOf({ reason }: Finding): string {
  return reason;
}

/** Somebody outside may come in, and what they find is power. */
function looseAndPowerful(role: HeldByRole, held: readonly Held[], surroundings: Surroundings): Finding[] {
  if (role.trust === undefined) return [];
  const [loose] = judgeDocument(role.trust, { ...surroundings, kind: "trust" }).findings.filter(
    ({ severity, rule }) => severity === "error" && rule === "no-open-trust",
  );
  const statements = held.flatMap((policy) => policy.statements);
  const powers = [...new Set(powersOf(statements).map(({ action }) => action))];
  const isAdministrator = administratorsAmong(statements).length > 0;
  if (loose === undefined || (powers.length === 0 && !isAdministrator)) return [];
  const what = isAdministrator ? "an administrator" : `the power of ${namesInShort(powers)}`;
  return [
    roleFinding(
      "trust",
      `gives ${what} to those whom its trust lets in: it ${loose.reason}`,
      "Close the trust first; then take the power away.",
      loose.actions,
    ),
  ];
}

/** A role that makes roles without demanding a boundary of them, and has none itself. */
function makersWithoutBoundary(role: HeldByRole, held: readonly Held[]): Finding[] {
  if (role.hasBoundary) return [];
  const untamed = held
    .flatMap(({ statements }) => judgeEscalation(statements, contextOf("identity")))
    .flatMap(({ actions }) => actions.filter((action) => action in MAKERS));
  const names = [...new Set(untamed)];
  if (names.length === 0) return [];
  return [
    roleFinding(
      "permissionsBoundary",
      `makes principals without limit (${namesInShort(names)}), and no permissions boundary limits the role itself.`,
      "Set permissionsBoundary on the role, and demand one of what it makes by StringEquals iam:PermissionsBoundary.",
      names,
    ),
  ];
}

/** A policy that decides by a tag of the session, which whoever assumes the role may choose. */
function choosableTags({ trust, policies, boundary }: HeldByRole): Finding[] {
  if (trust === undefined) return [];
  const trusting = readDocument(trust).statements;
  return [...policies, ...(boundary === undefined ? [] : [boundary])].flatMap(({ name, document }) => {
    const keys = [...decidingTags(readDocument(document).statements).values()].filter((key) =>
      letsChooseTag(trusting, key),
    );
    if (keys.length === 0) return [];
    return [
      roleFinding(
        "trust",
        `lets whoever it trusts choose the session's tags, and ${name} decides by ${tagNames("Principal", keys)}.`,
        `Bind them in the trust by StringEquals ${tagNames("Request", keys)}, or take sts:TagSession out of it.`,
        ["sts:TagSession"],
      ),
    ];
  });
}

function tagNames(of: "Principal" | "Request", keys: readonly string[]): string {
  return namesInShort(keys.map((key) => `aws:${of}Tag/${key}`));
}

function attachedBoundary(policy: HeldPolicy, surroundings: Surroundings): Finding[] {
  const errors = judgeDocument(policy.document, { ...surroundings, kind: "identity" }).findings.filter(
    ({ severity }) => severity === "error",
  );
  const [first] = errors;
  if (first === undefined) return [];
  return [
    roleFinding(
      policy.name,
      `is declared to be a boundary but attached as permissions, where it ${first.reason}`,
      "Attach a policy with the actions and resources that are needed, and set this one as permissionsBoundary.",
      first.actions,
    ),
  ];
}

function roleFinding(path: string, reason: string, remedy: string, actions: readonly string[]): Finding {
  return { rule: "role-reach", severity: "error", path, value: "", reason, remedy, actions };
}
