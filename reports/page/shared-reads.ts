import type { StackPreview } from "../../preview/preview-document";
import type { Ground, Link, Verb } from "./access-map";
import { boxOfRole, type BoxSeed } from "./boxes";
import type { RoleFacts } from "./roles";
import { hasAction, statementsOf, type Statement } from "./statements";
import { callersOf } from "./trust-links";

/** A kind of store whose own policy lets other accounts in. */
interface StoreKind {
  readonly type: string;
  readonly title: string;
  readonly verbs: readonly (readonly [action: string, verb: Verb])[];
}

const storeKinds: readonly StoreKind[] = [
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    title: "Artifact bucket",
    verbs: [
      ["s3:GetObject", "reads"],
      ["s3:PutObject", "writes"],
    ],
  },
  {
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    title: "Image repositories",
    verbs: [
      ["ecr:BatchGetImage", "pulls"],
      ["ecr:PutImage", "writes"],
    ],
  },
];

/** What one account reads of another one: the policy of the store, and the reader's own; and the jobs that fill the stores. */
export function sharedReads(ground: Ground): Link[] {
  return ground.document.stacks.flatMap((stack) =>
    storeKinds.flatMap((kind) =>
      stack.resources
        .filter(({ type }) => type === kind.type)
        .flatMap((policy) => {
          const store = { stack, kind, name: nameOf(policy) };
          const statements = statementsOf(stack, policy, "policy").filter(({ allows }) => allows);
          const readers = statements.flatMap((statement) => linksOf(statement, store, ground));
          return readers.length === 0 ? [] : [...readers, ...fillers(store, ground)];
        }),
    ),
  );
}

/** The jobs of the store's own account that write to it: there, their own policies are enough. */
function fillers({ stack, kind, name }: Store, { roles }: Ground): Link[] {
  const writing = kind.verbs.filter(([, verb]) => verb === "writes").map(([action]) => action);
  return roles
    .filter((role) => role.stack === stack.name && boxOfRole(role).kind === "job")
    .flatMap((role) => {
      const places = writing.flatMap((action) => readingOf(role, action, name));
      if (places.length === 0) return [];
      return [
        { from: boxOfRole(role), to: boxOfStore({ stack, kind, name }), verb: "writes" as const, places },
      ];
    });
}

function boxOfStore({ stack, kind, name }: Store): BoxSeed {
  return {
    key: `${stack.name} store ${kind.title}`,
    home: stack.name,
    kind: "store",
    title: kind.title,
    member: name,
  };
}

interface Store {
  readonly stack: StackPreview;
  readonly kind: StoreKind;
  readonly name: string;
}

function linksOf(statement: Statement, store: Store, ground: Ground): Link[] {
  const { stack, kind, name } = store;
  const to = boxOfStore(store);
  const callers = callersOf(statement, ground);
  return kind.verbs
    .filter(([action]) => hasAction(statement, action))
    .flatMap(([action, verb]) =>
      callers.flatMap(({ box, role }) => {
        if (role === undefined) return [{ from: box, to, verb, places: [statement.place] }];
        const own = readingOf(role, action, name);
        if (role.stack === stack.name || own.length === 0) return [];
        return [{ from: boxOfRole(role), to, verb, places: [statement.place, ...own] }];
      }),
    );
}

/** Across accounts the reader's own policy must allow it as well. */
function readingOf(role: RoleFacts, action: string, store: string): Statement["place"][] {
  return role.identity
    .filter(
      (statement) =>
        statement.allows &&
        hasAction(statement, action) &&
        statement.resources.some(
          (resource) => resource === "*" || resource.includes(store) || /[*?]$/.test(resource),
        ),
    )
    .map(({ place }) => place);
}

function nameOf({
  name,
  inputs,
}: {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}): string {
  const given = inputs["bucket"] ?? inputs["repository"];
  return typeof given === "string" && !given.includes(unknownMark) ? given : name;
}

/** The Pulumi engine's marker of a value that is not known yet begins like this. */
const unknownMark = "04da6b54-";
