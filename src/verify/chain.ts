import { refusalOf } from '../kubernetes/index.ts';
import { FederationError, messageOf } from '../runtime/index.ts';
import { BrokenLink, type Diagnosis } from './broken-link.ts';
import type { Check, CheckId, CheckResult } from './check.ts';
import type { Context } from './context.ts';

/**
 * Runs the checks in their order. After the first broken link the others are skipped, each saying so: what they would find
 * is most often the same break once more.
 */
export async function runChain(
  checks: readonly Check[],
  selected: readonly CheckId[],
  context: Context,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  let broken: CheckId | undefined;
  for (const check of checks) {
    const result = await resultOf(check, context, reasonToSkip(check, selected, broken));
    results.push(result);
    context.deps.log.info(describe(result));
    if (result.status === 'failed') broken ??= check.id;
  }
  return results;
}

function reasonToSkip(
  check: Check,
  selected: readonly CheckId[],
  broken: CheckId | undefined,
): string | undefined {
  if (!selected.includes(check.id)) return 'not among the selected checks';
  return broken === undefined ? undefined : `the chain is broken before, at ${broken}`;
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
  if (error instanceof BrokenLink) return error.diagnosis;
  if (error instanceof FederationError) {
    const { code, hint, fault, message } = error;
    return { code, cause: message, change: hint ?? 'See the message.', fault };
  }
  const refusal = refusalOf(error);
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
    cause: `the check could not be made: ${messageOf(error)}`,
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
