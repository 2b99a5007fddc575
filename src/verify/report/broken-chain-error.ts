import { FederationError } from '../../errors/index.ts';
import type { FailedCheck } from '../check.ts';
import { describeBreak, renderDiagnosis } from '../refusals/check-failed-error.ts';

/** The failure of the step: the code of the first broken link, and the diagnoses of all broken links. */
export class BrokenChainError extends FederationError {
  constructor({ id, diagnosis }: FailedCheck, others: readonly FailedCheck[]) {
    const { code, fault, change } = diagnosis;
    super(`failed to verify the chain at ${id}: ${describeBreak(diagnosis)}`, {
      code,
      fault,
      hint: `Change: ${change}`,
    });
    this.addAdvice(
      others.map((other) => `\nAlso broken at ${other.id}: ${renderDiagnosis(other.diagnosis)}`),
    );
  }
}
