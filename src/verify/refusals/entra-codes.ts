import { findEntraRefusal, type Settling } from '../../azure/index.ts';
import { catalogue, type ErrorEntry, fillIn } from '../../errors/index.ts';

/** What a refusal of the token endpoint means for a workload. */
export interface WorkloadRefusal {
  readonly code: string;
  readonly cause: string;
  readonly change: string;
  /** Set if the refusal may only mean "not yet". */
  readonly settles?: Settling;
}

/** Returns the refusal that an AADSTS number stands for; undefined if the table does not have it. */
export function findWorkloadRefusal(numbers: readonly number[]): WorkloadRefusal | undefined {
  const refusal = findEntraRefusal(numbers);
  if (refusal === undefined) return undefined;
  const { workload: code, settles } = refusal;
  const { message, hint }: ErrorEntry = catalogue[code];
  const cause = fillIn(message, { problem: 'Entra ID does not know it in this cloud' });
  return { code, cause, change: hint, ...(settles !== undefined && { settles }) };
}
