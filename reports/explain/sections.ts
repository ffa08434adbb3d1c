import { groupBy } from "../group-by";
import { list } from "./wording";
import type { Explanations } from "./choose";
import type { PipelineExplanation } from "./pipelines";
import type { RoleExplanation, StatementExplanation } from "./role";
import type { OwnedStatement } from "./statement";

/** An explanation as people read it, before it is laid out for a terminal or as Markdown. */
export interface Section {
  readonly title: string;
  /** Stands small behind the title. */
  readonly place: string;
  readonly lead: readonly string[];
  readonly parts: readonly Part[];
}

export interface Part {
  readonly heading: string;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly text: string;
  /** Sid and source of the statement, "" where there is none. */
  readonly note: string;
  /** Text to be shown as it is, such as the exact statement. */
  readonly exact?: string;
}

export function sectionsOf({ roles, pipelines, statements }: Explanations): Section[] {
  return [
    ...roles.map(roleSection),
    ...pipelines.map(pipelineSection),
    ...[...groupBy(statements, ({ statement }) => statement).values()].map(statementSection),
  ];
}

function roleSection(role: RoleExplanation): Section {
  const trust = role.statements.filter(({ path }) => path === "assumeRolePolicy");
  const policies = role.statements.filter(
    ({ path, effect }) => path !== "assumeRolePolicy" && effect === "Allow",
  );
  const told = new Set(policies.flatMap(({ sentences }) => sentences));
  return {
    title: `Role ${role.name}`,
    place: `stack ${role.stack}`,
    lead: [role.purpose, role.arn],
    parts: [
      part("Who may take it", linesOf(trust), "Nobody: it has no trust that is known before deployment."),
      part(
        "What it may do",
        [...plain(role.may.filter((sentence) => !told.has(sentence))), ...linesOf(policies)],
        "Nothing: it has no policy.",
      ),
      part("What is kept from it", plain(role.limits), "Everything else; no boundary or denial besides."),
    ],
  };
}

function pipelineSection(pipeline: PipelineExplanation): Section {
  return {
    title: `Pipeline ${pipeline.name}`,
    place: `stack ${pipeline.stack}`,
    lead: pipeline.application === "" ? [] : [`It releases ${pipeline.application}.`],
    parts: [
      part("What starts it", plain(pipeline.startedBy), "Nothing."),
      ...pipeline.stages.map(({ name, sentences }) =>
        part(`Stage ${name}`, plain(sentences), "Nothing happens here."),
      ),
    ],
  };
}

/** Statements of one Sid; those that say the same are told once. */
function statementSection(same: readonly OwnedStatement[]): Section {
  const [first] = same;
  const saying = groupBy(
    same,
    ({ sentences, document }) => `${sentences.join("\n")}\n${document.split(" of the ")[0] ?? ""}`,
  );
  return {
    title: `Statement ${first?.statement ?? ""}`,
    place: same.length === 1 ? `stack ${first?.stack ?? ""}` : `${String(same.length)} documents`,
    lead: [],
    parts: [...saying.values()].map((group) => ({
      heading: list(group.map(({ document, stack }) => `${document} (${stack})`)),
      lines: [
        ...group.slice(0, 1).flatMap(({ sentences, effect, source }) =>
          sentences.map((text, index) => ({
            text: effect === "Deny" && !/must not|^Nobody/.test(text) ? `Denied: ${text}` : text,
            note: index === 0 ? (source ?? "") : "",
          })),
        ),
        // What differs between documents of the same words does not: their statements are the same too.
        ...(saying.size === 1 ? [{ text: "", note: "", exact: JSON.stringify(first?.exact, null, 2) }] : []),
      ],
    })),
  };
}

function linesOf(statements: readonly StatementExplanation[]): Line[] {
  return statements.flatMap(({ sentences, statement, source }) =>
    sentences.map((text) => ({
      text,
      note: [statement, source].filter((word) => word !== undefined).join(" "),
    })),
  );
}

function plain(sentences: readonly string[]): Line[] {
  return sentences.map((text) => ({ text, note: "" }));
}

function part(heading: string, lines: readonly Line[], nothing: string): Part {
  return { heading, lines: lines.length > 0 ? lines : plain([nothing]) };
}
