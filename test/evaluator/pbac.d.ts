declare module "pbac" {
  /** Evaluates documents as AWS does, with the keys of a request by prefix and name. */
  export default class PBAC {
    constructor(policies: readonly unknown[], options?: { readonly validatePolicies?: boolean });
    evaluate(request: {
      readonly action: string;
      readonly resource: string;
      readonly context: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    }): boolean;
  }
}
