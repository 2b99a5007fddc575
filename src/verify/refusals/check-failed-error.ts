import { type ErrorCode, type ErrorValues, type Fault, FederationError } from '../../errors/index.ts';
import { type Labelled, markDifference } from './difference.ts';

/** What a check saw, as labels and values. Never a token, a key or the value of a secret. */
export type Evidence = readonly (readonly [label: string, value: string])[];

/** What is known of a broken link beyond its code. */
export interface BreakDetails {
  /** Two strings that should be the same. */
  readonly comparison?: readonly [Labelled, Labelled];
  /** What the service answered, in its own words. */
  readonly answer?: string;
  readonly evidence?: Evidence;
  /** Set if everything else looks right, so that the cause may go away: the seconds waited so far. */
  readonly waitedSeconds?: number;
  /** The error behind it. */
  readonly cause?: unknown;
}

/** What is wrong, why, and what to change: one cause and one change. Plain data. */
export interface Diagnosis extends Omit<BreakDetails, 'cause' | 'waitedSeconds'> {
  readonly code: ErrorCode;
  readonly fault: Fault;
  /** One sentence. */
  readonly cause: string;
  /** What to change, with the YAML or the command. */
  readonly change: string;
}

/** A broken link of the chain, with its diagnosis. */
export class CheckFailedError<C extends ErrorCode = ErrorCode> extends FederationError<C> {
  readonly diagnosis: Diagnosis;

  constructor(code: C, values: ErrorValues<C>, details: BreakDetails = {}) {
    const { cause, waitedSeconds, ...shown } = details;
    super(code, values, { cause });
    const { fault, message, hint = '' } = this;
    this.diagnosis = { code, fault, ...describeCause(message, hint, waitedSeconds), ...shown };
    this.name = 'CheckFailedError';
  }
}

function describeCause(message: string, hint: string, waitedSeconds: number | undefined) {
  return waitedSeconds === undefined
    ? { cause: message, change: hint }
    : {
        cause: `${message}. Everything that this job can check is right, so it may only take longer than the ${waitedSeconds} s waited`,
        change: `Run the job again in a few minutes, or raise \`timeout\`. If the error remains: ${hint}`,
      };
}

/**
 * Renders what is wrong: the cause, the two strings with their differences marked, and the service's answer.
 */
export function describeBreak({ cause, comparison, answer }: Diagnosis): string {
  const parts = [cause];
  if (comparison) parts.push(...markDifference(...comparison).map((line) => `  ${line}`));
  if (answer !== undefined) parts.push(`Answer: ${answer}`);
  return parts.join('\n');
}

/** Renders the whole diagnosis: what is wrong, and what to change. */
export function renderDiagnosis(diagnosis: Diagnosis): string {
  return `${describeBreak(diagnosis)}\nChange: ${diagnosis.change}`;
}
