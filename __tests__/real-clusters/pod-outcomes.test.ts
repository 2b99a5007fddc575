import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { V1LimitRange } from '@kubernetes/client-node';
import {
  type ApplicableObject,
  apply,
  ensureNamespace,
  ensureServiceAccount,
  type ObjectRef,
} from '../../src/kubernetes/index.ts';
import * as verify from '../../src/verify/index.ts';
import type { Report } from '../../src/verify/report/report.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type KindLab, kindLab } from './kind-lab.ts';
import { shellImage } from './support.ts';

const namespace = 'outcomes';
const sh = (script: string) => ({ 'pod-command': `sh\n-c\n${script}` });

let lab: KindLab;
beforeAll(async () => {
  lab = await kindLab('pod-outcomes');
  await ensureNamespace(lab.api, namespace);
  await ensureServiceAccount(lab.api, { namespace, name: 'reader' }, {});
}, 300_000);
afterAll(() => lab.close(), 120_000);

// Every run deletes its pod.
afterEach(async () => {
  const { items } = await lab.api.core.listNamespacedPod({ namespace });
  expect(items.map(({ metadata }) => metadata?.name)).toEqual([]);
});

/** Runs only the last check: what a pod does on a node. */
async function runPod(given: Readonly<Record<string, string>>) {
  const inputs = {
    ...lab.inputs,
    'service-account': `${namespace}/reader`,
    'issuer-url': 'https://issuer.example/',
    'client-id': '11111111-2222-4333-8444-555555555555',
    'tenant-id': '11111111-2222-4333-8444-555555555555',
    'pod-image': shellImage,
    checks: 'pod',
    timeout: '30s',
    ...given,
  };
  const deps = lab.deps();
  const { outputs, failure } = await runAction(verify, inputs, deps);
  const report = JSON.parse(readFileSync(String(outputs['report-file']), 'utf8')) as Report;
  const check = report.checks.at(-1);
  return { found: check?.found, diagnosis: check?.diagnosis, failure };
}

describe('a pod', () => {
  test.each([
    ['exit code 0', { ...sh('exit 0'), 'pod-success': 'exit-code' }, 'the pod finished with exit code 0'],
    [
      'a log line, while it keeps running',
      { ...sh('echo secret read; sleep 600'), 'pod-success': 'log', 'pod-log-pattern': '^secret read$' },
      'the pod logged a line that matches `pod-log-pattern`',
    ],
    ['readiness', { ...sh('sleep 600'), 'pod-success': 'ready' }, 'the pod is ready'],
    [
      'the log line of the sample image',
      sh('echo successfully got secret; sleep 600'),
      'the pod logged a line that matches `pod-log-pattern`',
    ],
  ])('succeeds by %s', async (_, inputs, found) => {
    expect(await runPod(inputs)).toMatchObject({ found, failure: undefined });
  });
});

describe('the diagnosis of a pod', () => {
  test('finds a crash, and quotes the last log lines and events', async () => {
    const { diagnosis } = await runPod(sh('echo about to fail; exit 7'));
    expect(diagnosis?.code).toBe('pod-crashed');
    expect(diagnosis?.cause).toBe('the workload exited with code 7');
    expect(diagnosis?.answer).toMatch(
      /Events:\n {2}Normal Scheduled: [\s\S]*Last log lines:\n {2}about to fail$/,
    );
  });

  test('finds the refusal of Entra ID by the AADSTS number in the log', async () => {
    const { diagnosis } = await runPod(
      sh(
        'echo AADSTS700213: No matching federated identity record found for presented assertion subject; exit 1',
      ),
    );
    expect(diagnosis?.code).toBe('subject-not-trusted');
    expect(diagnosis?.change).toMatch(/federate-app/);
  });

  test('finds a missing variable', async () => {
    const { diagnosis } = await runPod(sh('echo AZURE_CLIENT_ID environment variable is not set; exit 1'));
    expect(diagnosis?.code).toBe('pod-variable-missing');
    expect(diagnosis?.change).toMatch(/pod-mutated/);
  });

  test('finds a command that does not exist', async () => {
    const { diagnosis } = await runPod({ 'pod-command': '/no/such/program' });
    expect(diagnosis?.code).toBe('pod-command-not-run');
    expect(diagnosis?.answer).toContain('/no/such/program');
  });

  test('finds an image that cannot be pulled, and quotes the node', async () => {
    const { diagnosis } = await runPod({ 'pod-image': '127.0.0.1:2/reader:1' });
    expect(diagnosis?.code).toBe('pod-image-unavailable');
    expect(diagnosis?.answer).toMatch(/ErrImagePull|ImagePullBackOff/);
    expect(diagnosis?.change).toMatch(/kind load docker-image/);
  });

  test('finds an invalid image reference', async () => {
    const { diagnosis } = await runPod({ 'pod-image': 'Reader:latest:1' });
    expect(diagnosis?.code).toBe('pod-image-invalid');
  });

  test('finds that no node accepts the pod', async () => {
    const [node] = (await lab.api.core.listNode()).items;
    const name = node?.metadata?.name ?? '';
    const schedulable = (unschedulable: boolean) =>
      apply(lab.api, {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name },
        spec: { unschedulable },
      } as ApplicableObject);
    await schedulable(false);
    await schedulable(true);
    try {
      const { diagnosis } = await runPod({ ...sh('exit 0'), timeout: '2s' });
      expect(diagnosis?.code).toBe('pod-unschedulable');
      expect(diagnosis?.answer).toMatch(/0\/1 nodes are available.*unschedulable/);
    } finally {
      await schedulable(false);
    }
  });

  test('finds that the pod exceeds the memory limit of the namespace', async () => {
    // In a separate namespace: the API server caches for 30 s that a namespace has no limits.
    const metadata = { name: 'small', namespace: 'small' };
    await ensureNamespace(lab.api, metadata.namespace);
    await ensureServiceAccount(lab.api, { ...metadata, name: 'reader' }, {});
    const limit = { type: 'Container', _default: { memory: '24Mi' }, defaultRequest: { memory: '8Mi' } };
    const limits: V1LimitRange & ObjectRef = {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata,
      spec: { limits: [limit] },
    };
    await apply(lab.api, limits);
    const { diagnosis } = await runPod({
      ...sh(`x=y; ${'x=$x$x; '.repeat(26)} sleep 1`),
      'service-account': 'small/reader',
    });
    expect(diagnosis?.code).toBe('pod-out-of-memory');
  });

  test('finds that the pod does not succeed in time', async () => {
    const { diagnosis } = await runPod({ ...sh('echo still at it; sleep 600'), timeout: '8s' });
    expect(diagnosis?.code).toBe('pod-timeout');
    expect(diagnosis?.answer).toContain('still at it');
    expect(diagnosis?.change).toMatch(/timeout/);
  });

  test('finds that the pod finishes without the expected log line', async () => {
    const { diagnosis } = await runPod({ ...sh('echo nothing of the kind'), 'pod-success': 'log' });
    expect(diagnosis?.code).toBe('pod-ended-early');
    expect(diagnosis?.change).toMatch(/pod-log-pattern/);
  });

  test('finds that the pod was deleted', async () => {
    const running = runPod(sh('sleep 600'));
    for (let isDeleted = false; !isDeleted; ) {
      const [pod] = (await lab.api.core.listNamespacedPod({ namespace })).items;
      isDeleted = pod?.status?.phase === 'Running';
      if (isDeleted)
        await lab.api.core.deleteNamespacedPod({
          namespace,
          name: pod?.metadata?.name ?? '',
          gracePeriodSeconds: 0,
        });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect((await running).diagnosis?.code).toBe('pod-removed');
  });
});

test('the report contains no token that a pod prints', async () => {
  const { diagnosis } = await runPod(
    sh('cat /var/run/secrets/kubernetes.io/serviceaccount/token; echo; exit 3'),
  );
  expect(diagnosis?.answer).toContain('***');
  expect(JSON.stringify(diagnosis)).not.toMatch(/eyJ/);
});

test('the post step deletes the pod of an interrupted run', async () => {
  const deps = lab.deps();
  const inputs = {
    ...lab.inputs,
    'service-account': `${namespace}/reader`,
    'issuer-url': 'https://issuer.example/',
    'client-id': 'x',
    'tenant-id': 'x',
    'pod-image': shellImage,
    ...sh('sleep 600'),
    checks: 'pod',
  };
  // Interrupts the run at its first wait, as a cancelled job is interrupted.
  const cancelled = { ...deps, clock: { ...deps.clock, sleep: () => new Promise<void>(() => undefined) } };
  void runAction(verify, inputs, cancelled);
  for (let exists = false; !exists; ) {
    exists = (await lab.api.core.listNamespacedPod({ namespace })).items.length > 0;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await runPost(verify, inputs, deps);
  expect(deps.lines.join('\n')).toContain('Deleted the pod that the interrupted run left behind');
});
