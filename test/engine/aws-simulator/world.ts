/**
 * The accounts as they stand, kept in a folder so that they outlive the provider process as AWS does:
 * `world.json` (which accounts exist, whose credentials are whose) and one file per object of an account.
 * One file per object makes every change atomic, also when the process dies in the middle of it.
 */
import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import type { Props } from "./values";

export interface World {
  /** Account ids that exist in the organisation, with a name for messages. */
  readonly accounts: Record<string, { readonly name: string }>;
  /** Access key id → the principal that calls with it. */
  readonly credentials: Record<string, { readonly account: string; readonly arn: string }>;
  readonly organizationId: string;
  /** Quotas that the account's owner had raised, by the name used in `quotas.ts`. */
  readonly quotas?: Record<string, number>;
}

/** One object in an account: what the provider knows of it, and what only AWS knows. */
export interface Stored {
  readonly type: string;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly props: Props;
  /** Ids behind the principals named in its policy: AWS keeps those, not the names (a re-created role is another). */
  readonly principals: Record<string, string>;
  /** The logical time at which it was made, for what IAM tells late. */
  readonly born: number;
}

/** One line of the record of calls. */
export interface CallRecord {
  readonly operation: "create" | "update" | "delete" | "read" | "invoke";
  readonly type: string;
  readonly urn: string;
  readonly id: string;
  readonly outcome: "done" | "refused" | "injected";
  readonly message?: string;
}

/** "This object can only be made while that one exists": held against the program's own dependencies by a test. */
export interface Need {
  readonly urn: string;
  readonly type: string;
  readonly account: string;
  readonly id: string;
}

export class Accounts {
  readonly world: World;

  constructor(private readonly folder: string) {
    this.world = JSON.parse(readFileSync(join(folder, "world.json"), "utf8")) as World;
  }

  get(account: string, type: string, id: string): Stored | undefined {
    const file = this.file(account, type, id);
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Stored) : undefined;
  }

  list(account: string, type: string): Stored[] {
    const folder = join(this.folder, "accounts", account, encode(type));
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    return files.sort().map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Stored);
  }

  /** Every object of an account. */
  all(account: string): Stored[] {
    const folder = join(this.folder, "accounts", account);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => this.list(account, decodeURIComponent(name)));
  }

  put(stored: Stored): void {
    const file = this.file(stored.account, stored.type, stored.id);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(stored, null, 1));
    renameSync(`${file}.new`, file);
  }

  remove(account: string, type: string, id: string): void {
    rmSync(this.file(account, type, id), { force: true });
  }

  /** Logical time of an account: it passes with every call, never with the clock on the wall. */
  tick(account: string): number {
    const file = join(this.folder, "accounts", account, "clock");
    const now = existsSync(file) ? Number(readFileSync(file, "utf8")) + 1 : 1;
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, String(now));
    return now;
  }

  record(call: CallRecord): void {
    appendFileSync(join(this.folder, "calls.jsonl"), `${JSON.stringify(call)}\n`);
  }

  need(need: Need): void {
    appendFileSync(join(this.folder, "needs.jsonl"), `${JSON.stringify(need)}\n`);
  }

  private file(account: string, type: string, id: string): string {
    const name = encode(id);
    // File names end at 255 bytes; ARNs with long paths do not.
    const short = name.length < 200 ? name : `${name.slice(0, 150)}-${digest(id, 24)}`;
    return join(this.folder, "accounts", account, encode(type), `${short}.json`);
  }
}

const encode = (name: string): string => encodeURIComponent(name).replaceAll("*", "%2A");

/** Lower-case hexadecimal of the given length, the same for the same text. */
export function digest(value: string, length: number): string {
  return createHash("sha256").update(value).digest("hex").slice(0, length);
}
