import { type Fault, FederationError } from '../../errors/index.ts';
import { type Labelled, markDifference } from './difference.ts';

/** What a check saw, label and value. Never a token, a key or a secret's value. */
export type Evidence = readonly (readonly [label: string, value: string])[];

/** What is wrong, why, and what to change: one cause and one change. */
export interface Diagnosis {
  /** Stable and kebab-case: `credential-subject-differs`. */
  readonly code: string;
  /** One sentence. */
  readonly cause: string;
  /** What to change, with the YAML or the command where there is one. */
  readonly change: string;
  /** Two strings that should be the same. */
  readonly comparison?: readonly [Labelled, Labelled];
  /** What the service answered, as it worded it. */
  readonly answer?: string;
  readonly evidence?: Evidence;
  /** Default `user`. */
  readonly fault?: Fault;
  readonly raised?: unknown;
}

/** A link of the chain that does not hold, with its diagnosis. */
export class CheckFailedError extends FederationError {
  readonly diagnosis: Diagnosis;

  constructor(diagnosis: Diagnosis) {
    super(diagnosis.cause, {
      code: diagnosis.code,
      hint: diagnosis.change,
      ...(diagnosis.fault !== undefined && { fault: diagnosis.fault }),
      ...(diagnosis.raised !== undefined && { cause: diagnosis.raised }),
    });
    this.name = 'CheckFailedError';
    this.diagnosis = diagnosis;
  }
}

/** What is wrong, as text: cause, the two strings with their differences marked, the service's answer. */
export function describeBreak({ cause, comparison, answer }: Diagnosis): string {
  const parts = [cause];
  if (comparison) parts.push(...markDifference(...comparison).map((line) => `  ${line}`));
  if (answer !== undefined) parts.push(`Answer: ${answer}`);
  return parts.join('\n');
}

/** The whole diagnosis as text: what is wrong, and what to change. */
export function renderDiagnosis(diagnosis: Diagnosis): string {
  return `${describeBreak(diagnosis)}\nChange: ${diagnosis.change}`;
}
