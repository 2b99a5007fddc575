import { errorMessage, FederationError } from '../errors/index.ts';
import { readApiRefusal } from '../kubernetes/index.ts';
import type { Check, CheckResult } from './check.ts';
import type { CheckId } from './check-ids.ts';
import type { Context } from './context.ts';
import { CheckFailedError, type Diagnosis } from './refusals/check-failed-error.ts';

export interface ChainOptions {
  readonly selected: readonly CheckId[];
  /** Whether checks run after a broken link too, as far as they do not rely on it. */
  readonly continueOnBroken: boolean;
}

/**
 * Runs the checks in their order. After the first broken link the others are skipped, each saying so: what they would find is most often the
 * same break once more. With `continueOnBroken` only those are that rely on the broken link, and those that do find the same break.
 */
export async function runChain(
  checks: readonly Check[],
  options: ChainOptions,
  context: Context,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const breaks = new Breaks(options.continueOnBroken);
  for (const check of checks) {
    const selected = options.selected.includes(check.id);
    const skip = selected ? breaks.reasonToSkip(check) : 'not among the selected checks';
    const result = breaks.withoutEcho(await resultOf(check, context, skip));
    results.push(result);
    context.deps.log.info(describe(result));
  }
  return results;
}

/** Which links are broken so far, and which checks therefore say nothing. */
class Breaks {
  readonly #continues: boolean;
  readonly #found = new Map<CheckId, Diagnosis>();
  /** Check that could not be made → the broken link behind that. */
  readonly #behind = new Map<CheckId, CheckId>();

  constructor(continues: boolean) {
    this.#continues = continues;
  }

  reasonToSkip({ id, reliesOn }: Check): string | undefined {
    const [first] = this.#found.keys();
    if (first === undefined) return undefined;
    if (!this.#continues) return `the chain is broken before, at ${first}`;
    const roots = reliesOn.map((other) => (this.#found.has(other) ? other : this.#behind.get(other)));
    const root = roots.find((found) => found !== undefined);
    if (root === undefined) return undefined;
    this.#behind.set(id, root);
    return `it relies on ${root}, which is broken`;
  }

  /** What a check found by way of a fact that an earlier check could not get either is no second break. */
  withoutEcho(result: CheckResult): CheckResult {
    if (result.status !== 'failed') return result;
    const { diagnosis, id, title, lookedAt, seconds } = result;
    const [earlier] = [...this.#found].find(([, found]) => found === diagnosis) ?? [];
    if (earlier === undefined) {
      this.#found.set(id, diagnosis);
      return result;
    }
    this.#behind.set(id, earlier);
    const reason = `it meets the same break as ${earlier}`;
    return { id, title, lookedAt, seconds, status: 'skipped', reason };
  }
}

async function resultOf(check: Check, context: Context, skip: string | undefined): Promise<CheckResult> {
  const { id, title } = check;
  const lookedAt = check.lookedAt(context);
  if (skip !== undefined) return { id, title, lookedAt, seconds: 0, status: 'skipped', reason: skip };
  const started = performance.now();
  const seconds = () => Math.round(performance.now() - started) / 1000;
  try {
    const outcome = await check.run(context);
    if ('skipped' in outcome)
      return { id, title, lookedAt, seconds: seconds(), status: 'skipped', reason: outcome.skipped };
    return { id, title, lookedAt, seconds: seconds(), status: 'passed', ...outcome };
  } catch (error) {
    return { id, title, lookedAt, seconds: seconds(), status: 'failed', diagnosis: diagnosisOf(error) };
  }
}

// A check that could not be made is no proof, and fails the chain with what stood in its way.
function diagnosisOf(error: unknown): Diagnosis {
  if (error instanceof CheckFailedError) return error.diagnosis;
  if (error instanceof FederationError) {
    const { code, hint, fault, message } = error;
    return { code, cause: message, change: hint ?? 'See the message.', fault };
  }
  const refusal = readApiRefusal(error);
  if (refusal !== undefined) {
    return {
      code: refusal.status === 401 || refusal.status === 403 ? 'cluster-forbids' : 'cluster-refuses',
      cause: `the API server refuses a request of this check with HTTP ${refusal.status}`,
      change: 'Use a kubeconfig with the rights of an administrator of the cluster.',
      answer: refusal.message,
    };
  }
  return {
    code: 'check-impossible',
    cause: `the check could not be made: ${errorMessage(error)}`,
    change:
      'See whether the cluster still runs; if it does, this is a fault of the action: please report it.',
    fault: 'bug',
  };
}

function describe(result: CheckResult): string {
  const seconds = `${result.seconds.toFixed(1)} s`.padStart(7);
  const name = result.id.padEnd(20);
  if (result.status === 'passed') return `✔ ${name} ${seconds}  ${result.found}`;
  if (result.status === 'skipped') return `- ${name} ${' '.repeat(7)}  skipped: ${result.reason}`;
  return `✘ ${name} ${seconds}  ${result.diagnosis.cause}`;
}
