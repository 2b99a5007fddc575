import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { V1PodStatus } from '@kubernetes/client-node';
import { loadAzureEnvironment } from '../../src/azure/index.ts';
import { ensureNamespace, ensureServiceAccount } from '../../src/kubernetes/index.ts';
import { parseInputs } from '../../src/runtime/index.ts';
import type { Context } from '../../src/verify/context.ts';
import { definition } from '../../src/verify/index.ts';
import { runInCluster } from '../../src/verify/workload/in-cluster.ts';
import { createPod, deletePod, type StoredPod } from '../../src/verify/workload/stored-pod.ts';
import { type BareCluster, startBareCluster } from '../support/bare-cluster.ts';
import { testDeps } from '../support/deps.ts';

const account = { namespace: 'statuses', name: 'reader' };

let cluster: BareCluster;
beforeAll(async () => {
  cluster = await startBareCluster('pod-status');
  await ensureNamespace(cluster.api, account.namespace);
  await ensureServiceAccount(cluster.api, account, {});
}, 120_000);
afterAll(() => cluster.close());

/** Runs a pod whose status is set by this test, as the scheduler and the kubelet of a node set it. */
async function runPod(act: (pod: StoredPod) => Promise<unknown>, timeout = '10s') {
  const given: Readonly<Record<string, string>> = {
    'service-account': `${account.namespace}/${account.name}`,
    'issuer-url': 'https://issuer.example/',
    'client-id': 'client',
    'tenant-id': 'tenant',
    timeout,
  };
  const deps = testDeps();
  const inputs = parseInputs(definition.inputs, (name) => given[name], deps.log.mask);
  const environment = await loadAzureEnvironment('public');
  const context = { cluster: cluster.api, deps, environment, inputs } as unknown as Context;
  const pod = await createPod(context);
  try {
    const [result] = await Promise.allSettled([runInCluster(context, pod), act(pod)]);
    const found = result.status === 'fulfilled' ? result.value.found : result.reason.code;
    return { found, lines: deps.lines };
  } finally {
    await deletePod(context, pod.metadata.name);
  }
}

async function setStatus({ metadata }: StoredPod, status: V1PodStatus): Promise<void> {
  const { namespace } = account;
  const { name } = metadata;
  const current = await cluster.api.core.readNamespacedPod({ namespace, name });
  await cluster.api.core.replaceNamespacedPodStatus({ namespace, name, body: { ...current, status } });
}

const exit = (exitCode: number): V1PodStatus => ({
  phase: exitCode === 0 ? 'Succeeded' : 'Failed',
  containerStatuses: [
    {
      name: 'workload',
      image: 'reader',
      imageID: '',
      ready: false,
      restartCount: 0,
      state: { terminated: { exitCode } },
    },
  ],
});

describe('runInCluster', () => {
  test('succeeds once the container has exited with code 0', async () => {
    const { found } = await runPod((pod) => setStatus(pod, exit(0)));
    expect(found).toBe('the pod finished with exit code 0');
  });

  test('fails once the container has exited with another code', async () => {
    expect((await runPod((pod) => setStatus(pod, exit(7)))).found).toBe('pod-crashed');
  });

  test('fails if the pod is deleted', async () => {
    const { found } = await runPod(({ metadata: { name } }) =>
      cluster.api.core.deleteNamespacedPod({ ...account, name, gracePeriodSeconds: 0 }),
    );
    expect(found).toBe('pod-removed');
  });

  test('gives up after the timeout, and says what it waits for', async () => {
    const unscheduled = { type: 'PodScheduled', status: 'False', message: '0/1 nodes are available' };
    const { found, lines } = await runPod(
      (pod) => setStatus(pod, { phase: 'Pending', conditions: [unscheduled] }),
      '6s',
    );
    expect(found).toBe('pod-unschedulable');
    expect(lines.join('\n')).toMatch(
      /Waiting for the pod \(5 of 6 s\): it is not scheduled: 0\/1 nodes are available/,
    );
  });
});
