import type { PreviewDocument, PreviewedResource } from "../../preview/preview-document";
import { text } from "../pipelines";
import { kindName } from "../summary";
import type { RoleExplanation, StatementExplanation } from "./role";
import { statementsIn } from "./roles";
import { sceneOf } from "./scene";
import { principalSentences } from "./sentences";
import type { SourceFiles } from "./source";
import { documentsOf } from "./statements";

/** A statement, and whose it is: the name that stands before the colon when it is asked for. */
export interface OwnedStatement extends StatementExplanation {
  readonly owner: string;
}

/** Every statement of all documents: of roles, and of resources such as buckets and keys. */
export function explainStatements(
  document: PreviewDocument,
  roles: readonly RoleExplanation[],
  sources: SourceFiles = new Map(),
): OwnedStatement[] {
  const ofRoles = roles.flatMap(({ name, statements }) =>
    statements.map((statement) => ({ owner: name, ...statement })),
  );
  const told = new Set(ofRoles.map(({ urn }) => urn));
  const scene = sceneOf(document);
  const others = document.stacks.flatMap((stack) =>
    stack.resources
      .filter(({ urn }) => !told.has(urn))
      .flatMap((resource) => {
        const owner = ownerOf(resource);
        const title = `the ${kindName(resource.type)} ${owner}`;
        const setting = { document, stack, scene, sources };
        return statementsIn(resource, documentsOf(resource), title, setting, principalSentences).map(
          (statement) => ({
            owner,
            ...statement,
          }),
        );
      }),
  );
  return [...ofRoles, ...others];
}

function ownerOf({ name, inputs }: PreviewedResource): string {
  return text(inputs["name"]) || text(inputs["bucket"]) || text(inputs["repository"]) || name;
}
