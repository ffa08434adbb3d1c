import type { PreviewDocument, PreviewedResource } from "../../preview/preview-document";
import { field, items, text } from "../pipelines";

/** What the sentences need to know of the stacks, so that they can name things as people do. */
export interface Scene {
  /** `dev` or `the CI/CD account`, by account id. */
  readonly accounts: ReadonlyMap<string, string>;
  /** The buckets in which pipelines keep their artifacts. */
  readonly artifactBuckets: ReadonlySet<string>;
  /** By the prefix that CodePipeline gives their artifacts: the pipelines' names, and by their prefix their artifacts' names. */
  readonly pipelines: ReadonlyMap<string, PipelineArtifacts>;
}

export interface PipelineArtifacts {
  readonly name: string;
  readonly artifacts: ReadonlyMap<string, string>;
}

/** Where a statement applies: what lies there needs no word about its place. */
export interface Home {
  readonly accountId: string;
  readonly region: string;
}

/** CodePipeline cuts names to this in the keys of artifacts: docs/architecture.md, "What only a real account shows". */
const pipelinePrefixLength = 20;
const artifactPrefixLength = 10;

export function sceneOf({ stacks }: PreviewDocument): Scene {
  const accounts = new Map<string, string>();
  for (const { name, kind, accountId } of stacks) {
    const title = kind === "cicd" ? "the CI/CD account" : name;
    const former = accounts.get(accountId);
    if (accountId !== "") accounts.set(accountId, former === undefined ? title : `${former} and ${title}`);
  }
  const pipelines = stacks.flatMap(({ resources }) => resources.filter(isPipeline));
  const stores = pipelines.flatMap(({ inputs }) => items(inputs["artifactStores"]));
  return {
    accounts,
    artifactBuckets: new Set(stores.map((store) => text(field(store, "location")))),
    pipelines: new Map(
      pipelines.map(({ inputs }) => {
        const name = text(inputs["name"]);
        const actions = items(inputs["stages"]).flatMap((stage) => items(field(stage, "actions")));
        const artifacts = actions.flatMap((action) => items(field(action, "outputArtifacts")).map(text));
        const byPrefix = new Map(
          artifacts.map((artifact) => [artifact.slice(0, artifactPrefixLength), artifact]),
        );
        return [name.slice(0, pipelinePrefixLength), { name, artifacts: byPrefix }];
      }),
    ),
  };
}

export function isPipeline({ type }: PreviewedResource): boolean {
  return type === "aws:codepipeline/pipeline:Pipeline";
}
