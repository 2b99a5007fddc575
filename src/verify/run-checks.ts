import { type ErrorCode, errorMessage, FederationError } from '../errors/index.ts';
import { readApiRefusal } from '../kubernetes/index.ts';
import type { Check, CheckResult } from './check.ts';
import type { CheckId } from './check-ids.ts';
import type { Context } from './context.ts';
import { CheckFailedError, type Diagnosis } from './refusals/check-failed-error.ts';

export interface CheckOptions {
  readonly selected: readonly CheckId[];
  /** Whether to run checks after a broken link, unless they rely on it. */
  readonly continueOnBroken: boolean;
}

/**
 * Runs the checks in order. After the first broken link, the other checks are skipped, because most would
 * find the same break again. With `continueOnBroken`, only those are skipped that rely on a broken link or
 * find the same break. If only some checks are selected, each of them must run: one that does not apply fails with
 * `check-skipped`, because a green step would say that it holds.
 */
export async function runChecks(
  checks: readonly Check[],
  { selected, continueOnBroken }: CheckOptions,
  context: Context,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const breaks = new Breaks(continueOnBroken);
  const isChoice = checks.some(({ id }) => !selected.includes(id));
  for (const check of checks) {
    const skip = selected.includes(check.id) ? breaks.findReasonToSkip(check) : 'not selected in `checks`';
    const result = breaks.withoutRepetition(
      await runCheck({ check, mustRun: isChoice }, context, breaks, skip),
    );
    results.push(result);
    context.deps.log.info(describeResult(result));
  }
  return results;
}

/** The links found broken so far, and the checks that cannot find anything because of them. */
class Breaks {
  readonly #continues: boolean;
  readonly #found = new Map<CheckId, Diagnosis>();
  /** Check that was skipped → the broken link behind that. */
  readonly #behind = new Map<CheckId, CheckId>();
  /** What checks threw → its diagnosis: several checks may ask for the same fact. */
  readonly #diagnoses = new Map<unknown, Diagnosis>();

  constructor(continues: boolean) {
    this.#continues = continues;
  }

  findReasonToSkip({ id, reliesOn }: Check): string | undefined {
    const [first] = this.#found.keys();
    if (first === undefined) return undefined;
    if (!this.#continues) return `skipped because ${first} failed`;
    const roots = reliesOn.map((other) => (this.#found.has(other) ? other : this.#behind.get(other)));
    const root = roots.find((found) => found !== undefined);
    if (root === undefined) return undefined;
    this.#behind.set(id, root);
    return `skipped because ${root} failed`;
  }

  /** Diagnoses what a check threw. The same error has the same diagnosis. */
  diagnose(error: unknown): Diagnosis {
    const diagnosis = this.#diagnoses.get(error) ?? diagnose(error);
    this.#diagnoses.set(error, diagnosis);
    return diagnosis;
  }

  /** Two checks that fail with the same fact have found one break, not two. */
  withoutRepetition(result: CheckResult): CheckResult {
    if (result.status !== 'failed') return result;
    const { diagnosis, id, title, lookedAt, seconds } = result;
    const [earlier] = [...this.#found].find(([, found]) => found === diagnosis) ?? [];
    if (earlier === undefined) {
      this.#found.set(id, diagnosis);
      return result;
    }
    this.#behind.set(id, earlier);
    return { id, title, lookedAt, seconds, status: 'skipped', reason: `same cause as ${earlier}` };
  }
}

async function runCheck(
  { check, mustRun }: { readonly check: Check; readonly mustRun: boolean },
  context: Context,
  breaks: Breaks,
  skip: string | undefined,
): Promise<CheckResult> {
  const { id, title } = check;
  const lookedAt = check.lookedAt(context);
  if (skip !== undefined) return { id, title, lookedAt, seconds: 0, status: 'skipped', reason: skip };
  const started = performance.now();
  const getSeconds = () => Math.round(performance.now() - started) / 1000;
  try {
    const outcome = await check.run(context);
    if ('skipped' in outcome && mustRun)
      throw new CheckFailedError('check-skipped', { check: id, reason: outcome.skipped });
    const checked = { id, title, lookedAt, seconds: getSeconds() };
    return 'skipped' in outcome
      ? { ...checked, status: 'skipped', reason: outcome.skipped }
      : { ...checked, status: 'passed', ...outcome };
  } catch (error) {
    return {
      id,
      title,
      lookedAt,
      seconds: getSeconds(),
      status: 'failed',
      diagnosis: breaks.diagnose(error),
    };
  }
}

// A check that did not complete proves nothing, so it fails the chain as well.
function diagnose(error: unknown): Diagnosis {
  if (error instanceof CheckFailedError) return error.diagnosis;
  if (error instanceof FederationError) {
    const { code, hint: change = '', fault, message: cause } = error;
    return { code: code as ErrorCode, cause, change, fault };
  }
  const refusal = readApiRefusal(error);
  if (refusal === undefined)
    return new CheckFailedError('check-impossible', { problem: errorMessage(error) }).diagnosis;
  const { status, message: answer } = refusal;
  const code = status === 401 || status === 403 ? 'cluster-forbids' : 'cluster-refuses';
  return new CheckFailedError(code, { status }, { answer }).diagnosis;
}

function describeResult(result: CheckResult): string {
  const seconds = `${result.seconds.toFixed(1)} s`.padStart(7);
  const name = result.id.padEnd(20);
  if (result.status === 'passed') return `✔ ${name} ${seconds}  ${result.found}`;
  if (result.status === 'skipped') return `- ${name} ${' '.repeat(7)}  ${result.reason}`;
  return `✘ ${name} ${seconds}  ${result.diagnosis.cause}`;
}
