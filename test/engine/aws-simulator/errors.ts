/** Refusals in the words of AWS and of the provider that reports them. */

export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}

/** A refusal that the provider meets by waiting and asking again, because IAM answers late. */
export class NotYetVisible extends AwsError {}

/** The text a person sees, in the form of the provider: what was tried, on what, and AWS's code and message. */
export function providerMessage(action: string, service: string, operation: string, error: AwsError): string {
  return (
    `${action}: operation error ${service}: ${operation}, https response error StatusCode: ${error.status}, ` +
    `RequestID: 00000000-0000-0000-0000-000000000000, ${error.code}: ${error.message}`
  );
}
