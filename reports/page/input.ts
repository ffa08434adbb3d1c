import type { PreviewDocument } from "../../preview/preview-document";
import type { ChangeReport } from "../changes/report";
import type { CostReport } from "../cost/report";
import type { RoleExplanation } from "../explain/role";
import type { LimitsReport } from "../limits/report";
import type { ProofReport } from "../proof/report";

/** What the page shows: the preview, and each other report that was made of it. A section is left out where its report is. */
export interface PageInput {
  readonly document: PreviewDocument;
  readonly cost?: CostReport;
  readonly proof?: ProofReport;
  readonly limits?: LimitsReport;
  readonly changes?: ChangeReport;
  readonly roles?: readonly RoleExplanation[];
}
