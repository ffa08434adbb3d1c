import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Faults, type Fault } from "./faults";
import { Provider } from "./provider";
import { readSchema, type Schema } from "./schema";
import { types } from "./types";
import type { Props } from "./values";
import { Accounts, type World } from "./world";

export const account = "111111111111";
export const other = "222222222222";
export const world: World = {
  organizationId: "o-example1234",
  accounts: { [account]: { name: "one" }, [other]: { name: "two" } },
  credentials: { KEY: { account, arn: `arn:aws:iam::${account}:role/slipway-platform` } },
};

/** Simulated accounts in a folder of their own, new for each test. */
interface ScratchAccounts {
  readonly accounts: () => Accounts;
  readonly provider: (faults?: readonly Fault[], defaultTags?: Props) => Provider;
  /** Makes a resource. */
  readonly make: (type: string, inputs: Props, by?: Provider) => { id: string; props: Props };
  /** What the provider says to the inputs, `property reason` each. */
  readonly check: (type: string, inputs: Props) => readonly string[];
}

/** For the `describe` that this is called in. */
export function scratchAccounts(): ScratchAccounts {
  let folder: string;
  let schema: Schema;
  before(() => {
    schema = readSchema([...types.keys()]);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulated-aws-"));
    writeFileSync(join(folder, "world.json"), JSON.stringify(world));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const provider = (faults: readonly Fault[] = [], defaultTags: Props = {}): Provider => {
    writeFileSync(join(folder, "faults.json"), JSON.stringify(faults));
    return new Provider(new Accounts(folder), schema, new Faults(folder), {
      account,
      principal: `arn:aws:iam::${account}:role/slipway-platform`,
      region: "eu-west-1",
      defaultTags,
    });
  };
  return {
    accounts: () => new Accounts(folder),
    provider,
    make: (type, inputs, by = provider()) => by.create(type, urn(type), inputs),
    check: (type, inputs) =>
      provider()
        .check(type, urn(type), inputs, {}, new Uint8Array([1, 2, 3, 4]))
        .failures.map(({ property, reason }) => `${property} ${reason}`),
  };
}

export const urn = (type: string, name = "it"): string => `urn:pulumi:dev::test::${type}::${name}`;

export const role = "aws:iam/role:Role";
export const trust = (principal: Props): string =>
  document({ Principal: principal, Action: "sts:AssumeRole" });
export const document = (statement: Props): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "It", Effect: "Allow", ...statement }] });
export const service = trust({ Service: "codebuild.amazonaws.com" });
