import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cleanUp } from '../../src/cluster/index.ts';
import { getRaw } from '../../src/kubernetes/index.ts';
import { type ClusterSteps, clusterSteps, firstBuild } from './cluster-steps.ts';

let steps: ClusterSteps;
beforeEach(async () => {
  steps = await clusterSteps();
}, firstBuild);
afterEach(() => steps?.close());

describe('an existing cluster', () => {
  test('is verified and not changed', async () => {
    const { outputs, cluster } = await steps.start({});
    const kubeconfig = String(outputs.kubeconfig);
    const checked = await steps.start({ 'cluster-provider': 'existing', kubeconfig });
    expect(checked.outputs).toEqual({ ...outputs, 'cluster-provider': 'existing' });
    await cleanUp(checked.inputs, checked.deps);
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
  });

  test('with another issuer is rejected, with the flags to set on it', async () => {
    const { outputs } = await steps.start({});
    const issuerUrl = 'https://issuer.example.org/requested';
    const checking = steps.start({
      'cluster-provider': 'existing',
      kubeconfig: String(outputs.kubeconfig),
      'issuer-url': issuerUrl,
    });
    await expect(checking).rejects.toMatchObject({
      code: 'cluster-issuer-differs',
      hint: expect.stringMatching(
        /kubeadm[\s\S]*k3s server --kube-apiserver-arg=service-account-issuer=\S+\/requested/,
      ),
    });
  });
});
