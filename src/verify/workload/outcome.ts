import { findEntraRefusal, readAadstsNumbers, readEntraAnswer } from '../../azure/index.ts';
import type { ErrorCode, ErrorValues } from '../../errors/index.ts';
import { type BreakDetails, CheckFailedError } from '../refusals/check-failed-error.ts';
import type { PodState } from './pod-state.ts';

/** Everything that is known of a pod at one moment. */
export interface Observed {
  readonly state: PodState;
  /** Last lines of its log. */
  readonly log: string;
  readonly events: readonly string[];
  /** Seconds since it was created. */
  readonly seconds: number;
}

/** What counts as success. */
export interface SuccessRule {
  readonly by: 'auto' | 'exit-code' | 'ready' | 'log';
  readonly pattern: RegExp;
}

/** A failure whose details are not gathered yet. */
export type Failure = (details: BreakDetails) => CheckFailedError;

function failure<C extends ErrorCode>(code: C, values: ErrorValues<C>): Failure {
  return (details) => new CheckFailedError(code, values, details);
}

/** Returns how the pod showed that it succeeded; undefined while it has not. */
export function findSuccess({ state, log }: Observed, { by, pattern }: SuccessRule): string | undefined {
  if (by === 'ready') return state.ready ? 'the pod is ready' : undefined;
  if (by !== 'exit-code' && pattern.test(log)) return 'the pod logged a line that matches `pod-log-pattern`';
  if (by !== 'log' && state.ended?.exitCode === 0) return 'the pod finished with exit code 0';
  return undefined;
}

/** Returns why the pod will not succeed any more; undefined while it still may. */
export function findFailure(observed: Observed, rule: SuccessRule): Failure | undefined {
  return classifyEnd(observed, rule) ?? classifyWaiting(observed);
}

/** Returns why the pod has not succeeded in time. */
export function classifyTimeout({ state, events }: Observed, rule: SuccessRule, seconds: number): Failure {
  if (state.unscheduled) return failure('pod-unschedulable', { seconds });
  const isUnmounted = events.some((line) => /FailedMount|FailedAttachVolume/.test(line));
  if (isUnmounted && state.waiting?.reason === 'ContainerCreating')
    return failure('pod-volume-unmounted', { seconds });
  const logging = `log a line that matches ${rule.pattern.source}`;
  const expected = {
    auto: `finish, or ${logging},`,
    'exit-code': 'finish',
    ready: 'become ready',
    log: logging,
  }[rule.by];
  return failure('pod-timeout', { expected, seconds, state: state.words });
}

function classifyEnd({ state, log }: Observed, rule: SuccessRule): Failure | undefined {
  const { pod, ended } = state;
  if (pod === undefined) return failure('pod-removed', {});
  if (ended === undefined) return pod.status?.phase === 'Failed' ? failure('pod-stopped', {}) : undefined;
  const { exitCode, reason } = ended;
  if (exitCode === 0) return classifyEarlyEnd(rule);
  if (reason === 'OOMKilled') return failure('pod-out-of-memory', {});
  if (reason === 'StartError' || reason === 'ContainerCannotRun') return failure('pod-command-not-run', {});
  const signal = exitCode > 128 ? ` (signal ${exitCode - 128})` : '';
  return classifyLog(log) ?? failure('pod-crashed', { exitCode: `${exitCode}${signal}` });
}

// If something other than the end is waited for, an end without it is a failure.
function classifyEarlyEnd({ by, pattern }: SuccessRule): Failure | undefined {
  if (by === 'auto' || by === 'exit-code') return undefined;
  return failure('pod-ended-early', {
    expected: by === 'ready' ? 'becoming ready' : `logging a line that matches ${pattern.source}`,
  });
}

const network =
  /no such host|could not resolve host|name resolution|ENOTFOUND|i\/o timeout|connection (refused|timed out)/i;

// What the workload itself could not do, in the words of the service that refused it.
function classifyLog(log: string): Failure | undefined {
  const row = findEntraRefusal(readAadstsNumbers(log));
  if (row) return failure(row.workload, { problem: 'Entra ID does not know it in this cloud' });
  const variable = /\b(AZURE_[A-Z_]+|KEYVAULT_URL|SECRET_NAME)\b.{0,40}\bnot set\b/.exec(log)?.[1];
  if (variable !== undefined) return failure('pod-variable-missing', { variable });
  if (network.test(log)) return failure('pod-network', {});
  return /x509|certificate (verify|signed)|SSL certificate|unable to get local issuer/i.test(log)
    ? failure('pod-certificate-untrusted', {})
    : undefined;
}

/** What a waiting reason means, and after how many seconds it counts: some go away by themselves. */
const waits = [
  { reason: /^InvalidImageName$/, patience: 0, code: 'pod-image-invalid' },
  { reason: /^ErrImageNeverPull$/, patience: 0, code: 'pod-image-unavailable' },
  { reason: /^(ErrImagePull|ImagePullBackOff)$/, patience: 20, code: 'pod-image-unavailable' },
  {
    reason: /^(CreateContainerConfigError|CreateContainerError|RunContainerError)$/,
    patience: 10,
    code: 'pod-container-not-created',
  },
] as const;

function classifyWaiting({ state, seconds }: Observed): Failure | undefined {
  const { pod, waiting } = state;
  if (waiting === undefined) return undefined;
  const row = waits.find(({ reason }) => reason.test(waiting.reason));
  const image = pod?.spec?.containers[0]?.image ?? '';
  return row !== undefined && seconds >= row.patience ? failure(row.code, { image }) : undefined;
}

/** Quotes everything that is known of a failed pod. */
export function describePod({ state, events, log }: Observed): string {
  const { ended, waiting, words } = state;
  const detail = ended?.message || waiting?.message;
  return [
    `the pod ${words}`,
    ...(detail && !words.includes(detail) ? [detail] : []),
    ...(readAadstsNumbers(log).length > 0 ? [readEntraAnswer(log)] : []),
    ...quoteLines('Events:', events),
    ...quoteLines('Last log lines:', log.trim() === '' ? [] : log.trimEnd().split('\n')),
  ].join('\n');
}

function quoteLines(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
