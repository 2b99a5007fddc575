import type { ErrorCode, ErrorValues } from '../../errors/index.ts';
import { describeFinding, type Finding, IssuerVerificationError } from '../../issuer/index.ts';
import { CheckFailedError, type Evidence } from './check-failed-error.ts';

/** Returns the failure of a check for an error in a document. Other errors are returned as they are. */
export function explainDocumentError(error: unknown): unknown {
  return error instanceof IssuerVerificationError ? createFailure(error.finding, error) : error;
}

/** Returns the failure of a check for the first error among the findings. */
export function findFailure(findings: readonly Finding[]): CheckFailedError | undefined {
  const error = findings.find(({ severity }) => severity === 'error');
  return error && createFailure(error);
}

function createFailure({ code, values, comparison }: Finding, cause?: unknown): CheckFailedError {
  // A finding has the values that its code needs.
  const details = { cause, ...(comparison && { comparison }) };
  return new CheckFailedError<ErrorCode>(code, values as ErrorValues<ErrorCode>, details);
}

/** Returns the remarks among the findings, as evidence. */
export function listRemarks(findings: readonly Finding[]): Evidence {
  return findings
    .filter(({ severity }) => severity === 'remark')
    .map((remark) => ['remark', describeFinding(remark)] as const);
}
