import type { CodeNeeding, ErrorCode } from '../../errors/index.ts';
import type { Refusal } from '../refusals.ts';

/** Codes whose texts need only what every refusal has. */
export type RefusalCode = CodeNeeding<'action' | 'answer'>;

/** A refusal that this project knows: how to recognize it, whether it passes by itself, and the code of the error otherwise. */
export interface Rule<Code extends ErrorCode = RefusalCode> {
  readonly code: Code;
  readonly status?: readonly number[];
  /** The service's own codes; one of them is enough. */
  readonly codes?: readonly string[];
  readonly message?: RegExp;
  /** Fits only a request about an object that was created a moment ago. */
  readonly afterCreation?: true;
  /** Set if waiting helps. */
  readonly passes?: Passing;
}

/** What to wait for, as it reads after "Waiting for". */
export interface Passing {
  /** May hold the values of the service, such as `{account}`. */
  readonly what: string;
  /** Defaults to the patience of the caller. */
  readonly seconds?: number;
}

/** Returns the first rule that fits; a refusal that no rule fits is reported as it was received. */
export function findRule<Code extends ErrorCode>(
  rules: readonly Rule<Code>[],
  refusal: Refusal,
  afterCreation: boolean,
): Rule<Code | 'azure-refused'> {
  const fits = (rule: Rule<Code>) =>
    (rule.status === undefined || rule.status.includes(refusal.status)) &&
    (rule.codes === undefined || rule.codes.some((code) => refusal.codes.includes(code))) &&
    (rule.message === undefined || rule.message.test(refusal.message)) &&
    (rule.afterCreation === undefined || afterCreation);
  return rules.find(fits) ?? { code: 'azure-refused' };
}
