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

// Whatever became of a pod, it is gone.
afterEach(async () => {
  const { items } = await lab.api.core.listNamespacedPod({ namespace });
  expect(items.map(({ metadata }) => metadata?.name)).toEqual([]);
});

/** Runs the last check alone: what a pod does on a node. */
async function outcomeOf(given: Readonly<Record<string, string>>) {
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

describe('a pod that does its work is known by', () => {
  test.each([
    ['its exit code', { ...sh('exit 0'), 'pod-success': 'exit-code' }, 'the pod ended with exit code 0'],
    [
      'a line of its log, while it runs on',
      { ...sh('echo secret read; sleep 600'), 'pod-success': 'log', 'pod-log-pattern': '^secret read$' },
      'the pod logs what was waited for',
    ],
    ['being ready', { ...sh('sleep 600'), 'pod-success': 'ready' }, 'the pod is ready'],
    [
      "the log line of the quick start's image",
      sh('echo successfully got secret; sleep 600'),
      'the pod logs what was waited for',
    ],
  ])('%s', async (_, inputs, found) => {
    expect(await outcomeOf(inputs)).toMatchObject({ found, failure: undefined });
  });
});

describe('a pod that does not is told apart:', () => {
  test('it crashes, with its last log lines and events', async () => {
    const { diagnosis } = await outcomeOf(sh('echo about to fail; exit 7'));
    expect(diagnosis?.code).toBe('pod-crashed');
    expect(diagnosis?.cause).toBe('the workload ended with exit code 7');
    expect(diagnosis?.answer).toMatch(
      /Events:\n {2}Normal Scheduled: [\s\S]*Last log lines:\n {2}about to fail$/,
    );
  });

  test('Entra ID refuses it, by the code in its log', async () => {
    const { diagnosis } = await outcomeOf(
      sh(
        'echo AADSTS700213: No matching federated identity record found for presented assertion subject; exit 1',
      ),
    );
    expect(diagnosis?.code).toBe('subject-not-trusted');
    expect(diagnosis?.change).toMatch(/federate-app/);
  });

  test('it misses a variable', async () => {
    const { diagnosis } = await outcomeOf(sh('echo AZURE_CLIENT_ID environment variable is not set; exit 1'));
    expect(diagnosis?.code).toBe('pod-variable-missing');
    expect(diagnosis?.change).toMatch(/pod-mutated/);
  });

  test('its command is none', async () => {
    const { diagnosis } = await outcomeOf({ 'pod-command': '/no/such/program' });
    expect(diagnosis?.code).toBe('pod-command-not-run');
    expect(diagnosis?.answer).toContain('/no/such/program');
  });

  test('its image cannot be pulled, in the words of the node', async () => {
    const { diagnosis } = await outcomeOf({ 'pod-image': '127.0.0.1:2/reader:1' });
    expect(diagnosis?.code).toBe('pod-image-unavailable');
    expect(diagnosis?.answer).toMatch(/ErrImagePull|ImagePullBackOff/);
    expect(diagnosis?.change).toMatch(/kind load docker-image/);
  });

  test('its image has a name that none can have', async () => {
    const { diagnosis } = await outcomeOf({ 'pod-image': 'Reader:latest:1' });
    expect(diagnosis?.code).toBe('pod-image-invalid');
  });

  test('no node takes it', async () => {
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
      const { diagnosis } = await outcomeOf({ ...sh('exit 0'), timeout: '2s' });
      expect(diagnosis?.code).toBe('pod-unschedulable');
      expect(diagnosis?.answer).toMatch(/0\/1 nodes are available.*unschedulable/);
    } finally {
      await schedulable(false);
    }
  });

  test('it needs more memory than the namespace gives', async () => {
    // A namespace of its own: the API server remembers for half a minute that one had no limits when it made a pod there.
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
    const { diagnosis } = await outcomeOf({
      ...sh(`x=y; ${'x=$x$x; '.repeat(26)} sleep 1`),
      'service-account': 'small/reader',
    });
    expect(diagnosis?.code).toBe('pod-out-of-memory');
  });

  test('it runs, and does not get there in time', async () => {
    const { diagnosis } = await outcomeOf({ ...sh('echo still at it; sleep 600'), timeout: '8s' });
    expect(diagnosis?.code).toBe('pod-timeout');
    expect(diagnosis?.answer).toContain('still at it');
    expect(diagnosis?.change).toMatch(/timeout/);
  });

  test('it ends without the line that was waited for', async () => {
    const { diagnosis } = await outcomeOf({ ...sh('echo nothing of the kind'), 'pod-success': 'log' });
    expect(diagnosis?.code).toBe('pod-ended-early');
    expect(diagnosis?.change).toMatch(/pod-log-pattern/);
  });

  test('somebody removes it', async () => {
    const running = outcomeOf(sh('sleep 600'));
    for (let removed = false; !removed; ) {
      const [pod] = (await lab.api.core.listNamespacedPod({ namespace })).items;
      removed = pod?.status?.phase === 'Running';
      if (removed)
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

test('tokens that a pod prints are in no report', async () => {
  const { diagnosis } = await outcomeOf(
    sh('cat /var/run/secrets/kubernetes.io/serviceaccount/token; echo; exit 3'),
  );
  expect(diagnosis?.answer).toContain('***');
  expect(JSON.stringify(diagnosis)).not.toMatch(/eyJ/);
});

test('the post step removes the pod of a run that was ended before it could', async () => {
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
  // Ends the run as a cancelled job does, at its first wait.
  const cancelled = { ...deps, clock: { ...deps.clock, sleep: () => new Promise<void>(() => undefined) } };
  void runAction(verify, inputs, cancelled);
  for (let there = false; !there; ) {
    there = (await lab.api.core.listNamespacedPod({ namespace })).items.length > 0;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await runPost(verify, inputs, deps);
  expect(deps.lines.join('\n')).toContain('removed the pod that the interrupted run left behind');
});
