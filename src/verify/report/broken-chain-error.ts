import { type CodeNeeding, FederationError } from '../../errors/index.ts';
import type { FailedCheck } from '../check.ts';
import { describeBreak, renderDiagnosis } from '../refusals/check-failed-error.ts';

/** The failure of the step: the code of the first broken link, and the diagnoses of all broken links. */
export class BrokenChainError extends FederationError<CodeNeeding<never>> {
  constructor({ id, diagnosis }: FailedCheck, others: readonly FailedCheck[]) {
    // The texts come from the diagnosis, in which values are filled in and secrets are removed.
    super(diagnosis.code as CodeNeeding<never>, {});
    this.message = `the chain is broken at ${id}: ${describeBreak(diagnosis)}`;
    this.hint = `Change: ${diagnosis.change}`;
    this.addAdvice(
      others.map((other) => `\nAlso broken at ${other.id}: ${renderDiagnosis(other.diagnosis)}`),
    );
  }
}
