/**
 * Powers by which a principal can gain more than it was given: one alone, or two that stand in different
 * statements or different policies of the same principal.
 */
import { actionsMatching } from "../aws/action-table";
import {
  ASSUMERS,
  CREDENTIAL_MAKERS,
  INJECTORS,
  MAKERS,
  PASS_ROLE,
  POLICY_WRITERS,
  STARTERS,
} from "../aws/powerful-actions";
import type { Context } from "../document/context";
import type { Statement } from "../document/statement";
import { VARIABLE, withoutVariables } from "../document/wildcard";
import { narrowing, operatorOf, weakness } from "../measure/conditions";
import { administratorsAmong, powersOf, type Power } from "../measure/held-powers";
import { isNarrow, type Breadth } from "../measure/reach";
import { namesInShort, shortened, statementLabel, type Finding, type Severity } from "./findings";

/** Findings about the powers of one identity document. */
export function judgeEscalation(statements: readonly Statement[], context: Context): Finding[] {
  if (context.kind !== "identity") return [];
  const administrators = administratorsAmong(statements);
  const powers = powersOf(statements.filter((statement) => !administrators.includes(statement)));
  return [
    ...administrators.map((statement) => administrator(statement)),
    ...merge([...powers.flatMap((power) => judgePower(power)), ...passRoleCombinations(powers)]),
  ];
}

function administrator(statement: Statement): Finding {
  return {
    rule: "no-privilege-escalation",
    severity: "error",
    path: statement.path,
    statement: statementLabel(statement),
    index: statement.index,
    value: "",
    reason: "makes its holder an administrator of the account.",
    remedy: "Grant the actions and resources that are needed.",
    actions: ["*"],
  };
}

function judgePower(power: Power): Finding[] {
  const { action } = power;
  if (action in POLICY_WRITERS) return policyWriter(power, POLICY_WRITERS[action] ?? []);
  if (action in MAKERS) return maker(power, MAKERS[action] ?? []);
  if (CREDENTIAL_MAKERS.has(action)) return credentialMaker(power);
  if (ASSUMERS.has(action)) return assumer(power);
  if (action === PASS_ROLE) return passRole(power);
  return INJECTORS.has(action) ? injector(power) : [];
}

function policyWriter(power: Power, tamers: readonly string[]): Finding[] {
  if (isTamed(power.statement, tamers)) return [];
  const boundary = tamers.find((key) => key === "iam:PermissionsBoundary");
  return verdict(
    power,
    "error",
    `lets its holder rewrite what ${whose(power)} may do, and so grant itself anything.`,
    [
      boundary === undefined
        ? `Leave ${power.action} to the platform`
        : "Demand a boundary by StringEquals iam:PermissionsBoundary",
      tamers.includes("iam:PolicyARN") ? ", or name the policies by ArnEquals iam:PolicyARN." : ".",
    ],
  );
}

function maker(power: Power, tamers: readonly string[]): Finding[] {
  if (isTamed(power.statement, tamers)) return [];
  return verdict(power, "error", "makes principals that no permissions boundary limits.", [
    "Demand a boundary by StringEquals iam:PermissionsBoundary.",
  ]);
}

function credentialMaker(power: Power): Finding[] {
  // `user/${aws:username}` is the caller itself.
  if (/\$\{aws:username\}$/i.test(power.resource)) return [];
  const severity = power.reach.breadth === "exact" && power.reach.open.length === 0 ? "warning" : "error";
  return verdict(power, severity, `gives its holder the credentials or the groups of ${whose(power)}.`, [
    "Name the caller itself, as user/${aws:username}, or leave it to the platform.",
  ]);
}

function assumer(power: Power): Finding[] {
  const severity = broad(power);
  if (severity === undefined || narrowed(power)) return [];
  return verdict(power, severity, `lets its holder become ${whose(power)}.`, [
    "Name the roles that may be assumed.",
  ]);
}

function passRole(power: Power): Finding[] {
  const severity = broad(power);
  const services = passedToServices(power.statement);
  if (severity === undefined || services !== undefined || narrowed(power)) return [];
  return verdict(
    power,
    severity,
    `lets its holder hand ${whose(power)} to any service and act with its permissions.`,
    ["Name the roles, and the service by StringEquals iam:PassedToService."],
  );
}

/** The job of a deployer, where the targets are named; still the role of the target is in its hands. */
function injector(power: Power): Finding[] {
  const open = broad(power) === "error" && !narrowed(power);
  return verdict(power, open ? "error" : "note", `lets its holder run code as ${whose(power)}.`, [
    open ? "Name the targets that it may change." : "Trust its holder with the permissions of that role.",
  ]);
}

/** PassRole together with the means to start something under the roles: as grave as they are many. */
export function passRoleCombinations(powers: readonly Power[]): Finding[] {
  // Gathered once for all statements that pass roles: a document can have thousands of each.
  const startersFor = new Map<string, Starters>();
  return powers
    .filter(({ action }) => action === PASS_ROLE)
    .flatMap((pass) => {
      const services = passedToServices(pass.statement);
      const key = JSON.stringify(services ?? null);
      const { names, where } = startersFor.get(key) ?? startersIn(powers, services);
      startersFor.set(key, { names, where });
      if (names.length === 0) return [];
      const open = broad(pass) === "error";
      return verdict(
        pass,
        open ? "error" : "note",
        `together with ${namesInShort(names)} (${namesInShort(where)}) lets its holder run code as ${whose(pass)}.`,
        [open ? "Name the roles that may be passed." : "Trust its holder with the permissions of the role."],
        names,
      );
    });
}

interface Starters {
  readonly names: readonly string[];
  readonly where: readonly string[];
}

/** The powers that start something under a role of one of the services, or of any. */
function startersIn(powers: readonly Power[], services: readonly string[] | undefined): Starters {
  const starters = powers.filter(({ action }) => {
    const principals = STARTERS.get(action);
    return (
      principals !== undefined &&
      (services === undefined || principals.some((principal) => services.includes(principal)))
    );
  });
  return {
    names: [...new Set(starters.map(({ action }) => action))],
    where: [...new Set(starters.map(({ statement }) => statementLabel(statement)))],
  };
}

/**
 * error for patterns that name no role, warning for prefixes; undefined for named ones. A role is passed within its
 * account only, so that an open account in its ARN means the same role
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html).
 */
function broad(power: Power): Severity | undefined {
  const { breadth } = power.reach;
  if (!isNarrow(breadth) || reachesAnyAccount(power)) return "error";
  if (breadth !== "prefix") return undefined;
  // A policy variable ties the prefix to the caller; a path ties it to those who may make roles there.
  return withoutVariables(power.resource).includes(VARIABLE) || /:role\/[^*?]+\/\*$/.test(power.resource)
    ? undefined
    : "warning";
}

function reachesAnyAccount({ action, reach, statement }: Power): boolean {
  return (
    reach.open.includes("account") &&
    action !== PASS_ROLE &&
    !statement.conditions.some(
      (condition) =>
        condition.key.toLowerCase() === "aws:resourceaccount" && weakness(condition, statement) === undefined,
    )
  );
}

/** A condition on the resource, other than the one on the service it is passed to. */
function narrowed(power: Power): boolean {
  const info = actionsMatching(power.action)[0];
  if (info === undefined) return false;
  const conditions = power.statement.conditions.filter(
    ({ key }) => key.toLowerCase() !== "iam:passedtoservice",
  );
  return narrowing({ ...power.statement, conditions }, info, power.reach.types).narrows;
}

/** The services a role may be passed to, if a strong condition limits them. */
function passedToServices(statement: Statement): readonly string[] | undefined {
  const condition = statement.conditions.find(
    (candidate) =>
      candidate.key.toLowerCase() === "iam:passedtoservice" && weakness(candidate, statement) === undefined,
  );
  if (condition === undefined || condition.values.some((value) => /[*?]/.test(value))) return undefined;
  return condition.values.map((value) => value.toLowerCase());
}

function isTamed(statement: Statement, tamers: readonly string[]): boolean {
  return statement.conditions.some((condition) => {
    const key = condition.key.toLowerCase();
    const tames = tamers.some((tamer) =>
      tamer.endsWith("/") ? key.startsWith(tamer.toLowerCase()) : key === tamer.toLowerCase(),
    );
    if (!tames || operatorOf(condition.operator).name === "null") return false;
    const admits = condition.values.some((value) =>
      /:aws:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/i.test(value),
    );
    return weakness(condition, statement) === undefined && !admits;
  });
}

function whose(power: Power): string {
  const { action } = power;
  const { breadth } = power.reach;
  const role = action === PASS_ROLE || ASSUMERS.has(action);
  const noun = role ? "role" : "principal";
  if (reachesAnyAccount(power)) return `the ${noun}s of that name in any account`;
  if (INJECTORS.has(action)) {
    return `the role of ${breadth === "exact" ? "the target that is named" : "every target that it reaches"}`;
  }
  const words: Readonly<Record<Breadth, string>> = {
    everything: `every ${noun} of the account`,
    type: `every ${noun} of the account`,
    loose: `${noun}s whose names it does not tell apart`,
    prefix: `every ${noun} whose name begins so`,
    tail: `the ${noun}s below that path`,
    exact: `the ${noun} that is named`,
  };
  return words[breadth];
}

function verdict(
  power: Power,
  severity: Severity,
  reason: string,
  remedy: readonly string[],
  more: readonly string[] = [],
): Finding[] {
  return [
    {
      rule: "no-privilege-escalation",
      severity,
      path: power.path,
      statement: statementLabel(power.statement),
      index: power.statement.index,
      value: shortened(power.resource),
      reason: `${power.action} ${reason}`,
      remedy: remedy.join(""),
      actions: [power.action, ...more],
    },
  ];
}

/** Findings of one place that say the same of several actions become one. */
function merge(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding[]>();
  for (const finding of findings) {
    const words = finding.reason.slice(finding.reason.indexOf(" "));
    const key = JSON.stringify([
      finding.path,
      finding.severity,
      words,
      finding.remedy.replace(/iam:\w+|sso:\w+|organizations:\w+/, ""),
    ]);
    merged.set(key, [...(merged.get(key) ?? []), finding]);
  }
  return [...merged.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    const names = group.map(({ actions }) => actions[0] ?? "");
    const words = first.reason.slice(first.reason.indexOf(" "));
    const plural = words.replace(/^ (lets|gives|makes)\b/, (verb) => verb.slice(0, -1));
    return [
      {
        ...first,
        reason: `${namesInShort(names)}${plural}`,
        actions: group.flatMap(({ actions }) => actions),
      },
    ];
  });
}
