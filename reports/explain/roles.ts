import type { PreviewDocument, PreviewedResource, StackPreview } from "../../preview/preview-document";
import { field, text } from "../pipelines";
import { limitsOf } from "./denials";
import { inlinePoliciesOf, resourcesAt, resourcesOfType } from "./lookup";
import { purposeOf } from "./purpose";
import type { RoleExplanation, StatementExplanation } from "./role";
import { sceneOf, type Home, type Scene } from "./scene";
import { permissionSentences, principalSentences } from "./sentences";
import { sourceOf, type SourceFiles } from "./source";
import { documentsOf, type PolicyDocument, type Statement } from "./statements";

const ROLE = "aws:iam/role:Role";

/**
 * Every role of all stacks in plain sentences, by stack and name.
 * @param sources where the statements are written, if that is to be told
 */
export function explainRoles(document: PreviewDocument, sources: SourceFiles = new Map()): RoleExplanation[] {
  const scene = sceneOf(document);
  return document.stacks.flatMap((stack) =>
    resourcesOfType(stack, ROLE)
      .map((role) => explainRole(role, { document, stack, scene, sources }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  );
}

/** What all explanations of a stack's roles need. */
export interface Setting {
  readonly document: PreviewDocument;
  readonly stack: StackPreview;
  readonly scene: Scene;
  readonly sources: SourceFiles;
}

function explainRole(role: PreviewedResource, setting: Setting): RoleExplanation {
  const { stack } = setting;
  const name = text(role.inputs["name"]);
  const trust = statementsIn(
    role,
    documentsOf(role),
    `the trust of the role ${name}`,
    setting,
    principalSentences,
  );
  const policies = inlinePoliciesOf(stack, name).flatMap((policy) => {
    const title = `the policy ${text(policy.inputs["name"])} of the role ${name}`;
    return statementsIn(policy, documentsOf(policy), title, setting, permissionSentences, pathOf(role));
  });
  const allowed = policies.filter(({ effect }) => effect === "Allow").flatMap(({ sentences }) => sentences);
  return {
    stack: stack.name,
    urn: role.urn,
    name,
    arn: arnOf(role, stack),
    application: applicationOf(role, stack),
    purpose: purposeOf(role, trust, setting),
    enteredBy: trust.flatMap(({ sentences }) => sentences),
    may: [...attached(role, setting), ...allowed],
    limits: limitsOf(role, policies, setting),
    statements: [...trust, ...policies],
  };
}

/** The application whose tag the resource carries, or in whose component it stands: people's roles carry no tag. */
function applicationOf(resource: PreviewedResource, stack: StackPreview): string {
  const tag = text(field(resource.inputs["tags"], "Application"));
  if (tag !== "" || resource.type.endsWith(":ApplicationDelivery")) return tag || resource.name;
  const [parent] = resourcesAt(stack, resource.parent);
  return parent === undefined ? "" : applicationOf(parent, stack);
}

/** Path and name of a role as its ARN has them. */
function pathOf({ inputs }: PreviewedResource): string {
  return `${text(inputs["path"]) || "/"}${text(inputs["name"])}`;
}

/** As AWS makes it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
export function arnOf(role: PreviewedResource, { accountId }: StackPreview): string {
  const known = text(role.outputs["arn"]);
  return known.startsWith("arn:") ? known : `arn:aws:iam::${accountId}:role${pathOf(role)}`;
}

/** Managed policies that are attached by their ARN, whose statements this preview may not hold. */
function attached(role: PreviewedResource, { stack }: Setting): string[] {
  const name = text(role.inputs["name"]);
  return resourcesOfType(stack, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter(({ inputs }) => text(inputs["role"]) === name)
    .map(({ inputs }) => `Everything that the managed policy ${text(inputs["policyArn"])} allows.`);
}

type Sentences = (statement: Statement, scene: Scene, home: Home) => string[];

/**
 * @param owner path and name of the role that a policy belongs to, where it does
 */
export function statementsIn(
  resource: PreviewedResource,
  documents: readonly PolicyDocument[],
  title: string,
  { stack, scene, sources }: Setting,
  inWords: Sentences,
  owner = "",
): StatementExplanation[] {
  return documents.flatMap(({ path, statements }) =>
    statements.map((statement) => {
      const source = sourceOf(statement.sid, owner === "" ? pathOf(resource) : owner, sources);
      return {
        stack: stack.name,
        urn: resource.urn,
        document: title,
        path,
        statement: statement.sid,
        effect: statement.effect,
        sentences: inWords(statement, scene, stack),
        exact: statement.exact,
        ...(source !== undefined && { source }),
      };
    }),
  );
}
