/** What came of a file, as all forms of output get it. */
import type { CheckedGrant } from "../lib/check/check-source";

export interface CheckedFile {
  readonly file: string;
  readonly grants: readonly CheckedGrant[];
  /** Why the file could not be opened, or null. */
  readonly error: string | null;
  /** Why the file was passed over, or null: it holds no policy, and nobody said that it does. */
  readonly passedOver: string | null;
}

/** A file that was not checked, or not to its end. */
export interface NotChecked {
  readonly file: string;
  /** It could not be opened, which is told on standard error by the forms without a place for it. */
  readonly isUnopened: boolean;
  readonly why: string;
  /** Something is wrong; otherwise the file just holds no policy. */
  readonly isFault: boolean;
}

/** Whether the document could be read, so that the verdict is about all of it. */
export function isRead({ findings }: CheckedGrant): boolean {
  return !findings.some(
    ({ located: { finding } }) => finding.rule === "readable-policies" && finding.path === "document",
  );
}

export function notChecked({ file, grants, error, passedOver }: CheckedFile): NotChecked[] {
  if (error !== null) return [{ file, why: error, isFault: true, isUnopened: true }];
  if (passedOver !== null) return [{ file, why: passedOver, isFault: false, isUnopened: false }];
  return grants
    .filter((grant) => !isRead(grant))
    .map(({ name }) => ({
      file,
      why: `${name === null ? file : `${file}, ${name},`} cannot be read as a policy document`,
      isFault: true,
      isUnopened: false,
    }));
}

/** One form of output; the parts are written as they come, since there may be thousands of files. */
export interface Output {
  readonly begin: () => string;
  readonly file: (checked: CheckedFile) => string;
  readonly end: () => string;
}
