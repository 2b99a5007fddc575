import { describe, expect, test } from '@jest/globals';
import type { V1ContainerState, V1PodStatus } from '@kubernetes/client-node';
import {
  classifyTimeout,
  describePod,
  findFailure,
  findSuccess,
  type Observed,
  type SuccessRule,
} from '../../src/verify/workload/outcome.ts';
import { readState } from '../../src/verify/workload/pod-state.ts';

const rule = (by: SuccessRule['by']): SuccessRule => ({ by, pattern: /secret read/ });

function observe(status: V1PodStatus, rest: Partial<Observed> = {}): Observed {
  const spec = { containers: [{ name: 'workload', image: 'reader:1' }] };
  return { state: readState({ spec, status }), log: '', events: [], seconds: 30, ...rest };
}

function observeContainer(state: V1ContainerState, rest: Partial<Observed> = {}): Observed {
  const status = { name: 'workload', image: '', imageID: '', ready: false, restartCount: 0, state };
  return observe({ phase: 'Running', containerStatuses: [status] }, rest);
}

const exit = (exitCode: number, rest: Partial<Observed> & { readonly reason?: string } = {}) =>
  observeContainer({ terminated: { exitCode, ...(rest.reason && { reason: rest.reason }) } }, rest);
const wait = (reason: string, rest: Partial<Observed> = {}) =>
  observeContainer({ waiting: { reason, message: 'as the kubelet says' } }, rest);
const running = (rest: Partial<Observed> = {}) => observeContainer({ running: {} }, rest);

describe('findSuccess', () => {
  test.each([
    ['exit code 0', exit(0), 'exit-code', 'the pod finished with exit code 0'],
    ['exit code 0', exit(0), 'auto', 'the pod finished with exit code 0'],
    [
      'a matching log line',
      running({ log: 'secret read\n' }),
      'auto',
      'the pod logged a line that matches `pod-log-pattern`',
    ],
    ['readiness', observe({ conditions: [{ type: 'Ready', status: 'True' }] }), 'ready', 'the pod is ready'],
    ['exit code 0 without the log line', exit(0), 'log', undefined],
    ['a matching log line alone', running({ log: 'secret read' }), 'exit-code', undefined],
    ['exit code 1', exit(1), 'auto', undefined],
  ] as const)('judges %s by the rule %s', (_, observed, by, found) => {
    expect(findSuccess(observed, rule(by))).toBe(found);
  });
});

describe('findFailure', () => {
  test.each([
    ['pod-removed', { ...running(), state: readState(undefined) }],
    ['pod-stopped', observe({ phase: 'Failed', reason: 'Evicted' })],
    ['pod-out-of-memory', exit(137, { reason: 'OOMKilled' })],
    ['pod-command-not-run', exit(128, { reason: 'StartError' })],
    ['subject-not-trusted', exit(1, { log: 'AADSTS700213: No matching federated identity record' })],
    ['pod-variable-missing', exit(1, { log: 'AZURE_CLIENT_ID environment variable is not set' })],
    ['pod-network', exit(1, { log: 'curl: (6) Could not resolve host: x' })],
    ['pod-certificate-untrusted', exit(1, { log: 'x509: certificate signed by unknown authority' })],
    ['pod-crashed', exit(7)],
    ['pod-image-invalid', wait('InvalidImageName', { seconds: 0 })],
    ['pod-image-unavailable', wait('ImagePullBackOff')],
    ['pod-container-not-created', wait('CreateContainerConfigError')],
  ])('finds %s', (code, observed) => {
    expect(findFailure(observed, rule('auto'))?.({}).code).toBe(code);
  });

  test('finds nothing while the pod may still succeed', () => {
    expect(findFailure(running(), rule('auto'))).toBeUndefined();
    expect(findFailure(wait('ImagePullBackOff', { seconds: 5 }), rule('auto'))).toBeUndefined();
  });

  test('rejects an end without what was waited for', () => {
    const error = findFailure(exit(0), rule('log'))?.({});
    expect(error?.code).toBe('pod-ended-early');
    expect(error?.message).toMatch(/without logging a line that matches secret read$/);
  });

  test('names the signal that ended the workload', () => {
    expect(findFailure(exit(143), rule('auto'))?.({}).message).toBe(
      'the workload exited with code 143 (signal 15)',
    );
  });
});

describe('classifyTimeout', () => {
  const unscheduled = { type: 'PodScheduled', status: 'False', message: '0/1 nodes are available' };

  test.each([
    ['pod-unschedulable', observe({ conditions: [unscheduled] })],
    ['pod-volume-unmounted', wait('ContainerCreating', { events: ['Warning FailedMount: no token'] })],
    ['pod-timeout', running()],
  ])('finds %s', (code, observed) => {
    expect(classifyTimeout(observed, rule('auto'), 30)({}).code).toBe(code);
  });

  test('says what was waited for', () => {
    expect(classifyTimeout(running(), rule('auto'), 30)({}).message).toBe(
      'the pod did not finish, or log a line that matches secret read, within 30 s: it is running',
    );
  });
});

describe('describePod', () => {
  test('quotes the state, the events and the last log lines', () => {
    const text = describePod(exit(7, { log: 'one\ntwo\n', events: ['Normal Scheduled: to a node'] }));
    expect(text).toBe(
      'the pod exited with code 7\nEvents:\n  Normal Scheduled: to a node\nLast log lines:\n  one\n  two',
    );
  });
});
