/**
 * The exceptions of this platform. An entry needs a review, like code: it says what is excepted, why, who answers
 * for it and until when. `slipway check-policy FILE --propose-exemptions` writes an entry to paste in here.
 */
import type { Exemption } from "./lib/govern/exemptions";

export const exemptions: readonly Exemption[] = [];

/**
 * Names of the managed policies that are permissions boundaries: they limit and do not grant, so that what they
 * allow is not judged. Attached as permissions, they are (rule role-reach).
 */
export const boundaries: readonly string[] = [];
