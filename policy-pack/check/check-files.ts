/** Checks files one after another; nothing of a file is kept when the next one is read, as there may be thousands. */
import {
  checkSource,
  checkWhole,
  holdsResources,
  unreadableFile,
  type CheckedGrant,
  type CheckOptions,
} from "../lib/check/check-source";
import { inputFiles, parse, readText, type InputFile } from "./files";
import type { FormerState } from "./former-state";
import type { CheckedFile } from "./outcome";

/** What comes of each file, in the order of the paths given and of the names in folders. */
export function* checkFiles(
  paths: readonly string[],
  options: CheckOptions,
  before: FormerState | undefined,
): Generator<CheckedFile> {
  const isOnly = paths.length === 1;
  for (const file of inputFiles(paths)) {
    const checked: CheckedFile =
      "error" in file ? { ...file, grants: [], passedOver: null } : checkFile(file, options);
    yield before === undefined || "error" in file
      ? checked
      : { ...checked, grants: checked.grants.map((grant) => before.without(file, grant, isOnly)) };
  }
}

function checkFile(input: InputFile, options: CheckOptions): CheckedFile {
  const { file, isNamed } = input;
  const read = readText(file);
  if ("error" in read) return { file, grants: [], error: read.error, passedOver: null };
  const source = parse(read.text, file);
  const passedOver = (why: string): CheckedFile => ({ file, grants: [], error: null, passedOver: why });
  const of = (grants: readonly CheckedGrant[]): CheckedFile => ({
    file,
    grants,
    error: null,
    passedOver: null,
  });
  if ("problem" in source) {
    // A folder holds files of other programs; one that speaks of statements was meant for us.
    return isNamed || /statement/i.test(read.text)
      ? of([unreadableFile(source)])
      : passedOver(`${file} ${source.problem}`);
  }
  const grants = checkSource(source, options);
  if (grants.length > 0) return of(grants);
  return isNamed && !holdsResources(source)
    ? of([checkWhole(source, options)])
    : passedOver(`${file} holds no policy document`);
}
