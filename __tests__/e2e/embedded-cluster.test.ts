import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { readProcesses } from '../../src/cluster/embedded/processes.ts';
import { cleanUp, readEmbeddedCluster } from '../../src/cluster/index.ts';
import { computeKeyId } from '../../src/keys/index.ts';
import { ensureServiceAccount, getRaw, requestToken } from '../../src/kubernetes/index.ts';
import { isRunning, systemClock } from '../../src/runtime/index.ts';
import { type ClusterSteps, clusterSteps, firstBuild } from './cluster-steps.ts';

let steps: ClusterSteps;
beforeEach(async () => {
  steps = await clusterSteps();
}, firstBuild);
afterEach(() => steps?.close());

const listProcesses = (kubeconfig: unknown) => readProcesses(dirname(String(kubeconfig)));
const listPids = async (kubeconfig: unknown) => (await listProcesses(kubeconfig)).map(({ pid }) => pid);

describe('an embedded cluster', () => {
  test('signs with the requested key and issuer', async () => {
    const { deps, outputs, summary, cluster } = await steps.start({});
    const keyId = computeKeyId(createPublicKey(readFileSync(steps.shop.path('sa.pub'))));
    expect(outputs).toEqual({
      kubeconfig: expect.any(String),
      context: 'entra-federation',
      'key-id': keyId,
      'kubernetes-version': expect.stringMatching(/^v1\.34\.\d+$/),
      'cluster-provider': 'embedded',
    });
    expect(summary.links).toEqual(['cluster']);
    expect(deps.exported.get('KUBECONFIG')).toBe(outputs.kubeconfig);

    await ensureServiceAccount(cluster, { namespace: 'default', name: 'workload' }, {});
    const token = await requestToken(cluster, {
      namespace: 'default',
      serviceAccount: 'workload',
      audience: 'api://AzureADTokenExchange',
      expirationSeconds: 600,
    });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: keyId });
    expect(decodeJwt(token)).toMatchObject({
      iss: 'https://issuer.example.org/cluster/',
      sub: 'system:serviceaccount:default:workload',
      aud: ['api://AzureADTokenExchange'],
    });
    expect(JSON.parse((await getRaw(cluster, '/.well-known/openid-configuration')).body).jwks_uri).toBe(
      'https://issuer.example.org/cluster/openid/v1/jwks',
    );
  });

  test('rejects requests without a token, and keeps its credentials private', async () => {
    const { deps, outputs, cluster } = await steps.start({});
    const kubeconfig = String(outputs.kubeconfig);
    expect(statSync(kubeconfig).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(kubeconfig)).mode & 0o777).toBe(0o700);
    const { token: admin } = cluster.config.getCurrentUser() ?? {};
    expect(deps.masked).toContain(admin);
    expect(deps.lines.join('\n')).not.toContain(admin);
    cluster.config.users.splice(0, 1, { name: 'entra-federation' });
    expect((await getRaw(cluster, '/readyz')).status).toBe(401);
    expect(await readEmbeddedCluster(kubeconfig)).toEqual({
      directory: dirname(kubeconfig),
      webhookProgram: steps.programs['azure-wi-webhook'],
    });
  });

  test('is deleted by the post step', async () => {
    const { deps, inputs, outputs } = await steps.start({});
    const kubeconfig = String(outputs.kubeconfig);
    const processes = await listProcesses(kubeconfig);
    expect(processes.map(({ name }) => name)).toEqual(['etcd', 'kube-apiserver']);
    await cleanUp(inputs, deps);
    expect(await Promise.all(processes.map(isRunning))).toEqual([false, false]);
    expect(existsSync(dirname(kubeconfig))).toBe(false);
    expect(deps.lines.filter((line) => line.startsWith('info Deleted'))).toHaveLength(3);
  });

  test('is not changed by a second step with the same inputs, nor by its post step', async () => {
    const first = await steps.start({});
    const pids = await listPids(first.outputs.kubeconfig);
    const second = await steps.start({});
    expect(second.outputs).toEqual(first.outputs);
    expect(second.deps.lines.join('\n')).toContain('already runs and signs as requested');
    await cleanUp(second.inputs, second.deps);
    expect(await listPids(first.outputs.kubeconfig)).toEqual(pids);
    expect((await getRaw(first.cluster, '/readyz')).status).toBe(200);
  });

  test('keeps running if a second step requests another issuer, which fails', async () => {
    const { cluster } = await steps.start({});
    const other = steps.start({ 'issuer-url': 'https://issuer.example.org/other/' });
    await expect(other).rejects.toMatchObject({ code: 'cluster-differs' });
    await expect(other).rejects.toThrow(/expected issuer "\S+\/other\/", found "\S+\/cluster\/"/);
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
  });

  test('is replaced with `replace: true` if a second step requests another issuer', async () => {
    await steps.start({});
    const asked = 'https://issuer.example.org/other/';
    const second = await steps.start({ 'issuer-url': asked, replace: 'true' });
    expect(second.deps.lines.join('\n')).toMatch(
      /Replacing the cluster entra-federation, which differs: .*\/cluster\//,
    );
    expect(JSON.parse((await getRaw(second.cluster, '/.well-known/openid-configuration')).body).issuer).toBe(
      asked,
    );
  });

  test('has its own issuer if another one starts at the same time', async () => {
    const issuers = ['https://issuer.example.org/a', 'https://issuer.example.org/b/'];
    steps.shop.keyPair('sa');
    const clusters = await Promise.all(
      issuers.map((issuer, index) =>
        steps.start({ 'issuer-url': issuer, 'cluster-name': `cluster-${index}` }),
      ),
    );
    for (const [index, { cluster }] of clusters.entries()) {
      const { body } = await getRaw(cluster, '/.well-known/openid-configuration');
      expect(JSON.parse(body).issuer).toBe(issuers[index]);
    }
  });

  test('is replaced by the next start if one of its programs stopped', async () => {
    const first = await steps.start({});
    const processes = await listProcesses(first.outputs.kubeconfig);
    const apiServer = processes.find(({ name }) => name === 'kube-apiserver');
    process.kill(apiServer?.pid ?? 0, 'SIGKILL');
    while (apiServer && (await isRunning(apiServer))) await systemClock.sleep(0.05);
    const second = await steps.start({});
    expect(second.deps.lines.join('\n')).toContain(
      'Replacing the cluster entra-federation, which is broken: kube-apiserver stopped',
    );
    expect(await Promise.all(processes.map(isRunning))).toEqual([false, false]);
    expect((await getRaw(second.cluster, '/readyz')).status).toBe(200);
  });

  test('is kept with `keep: true`', async () => {
    const { deps, inputs, cluster } = await steps.start({ keep: 'true' });
    await cleanUp(inputs, deps);
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
  });

  test('starts on another port if another process takes the chosen one first', async () => {
    steps.shop.program(
      'programs/kube-apiserver',
      `echo x >> ${steps.shop.path('attempts')}
[ $(wc -l < ${steps.shop.path('attempts')}) = 1 ] && echo 'listen tcp 127.0.0.1:1: bind: address already in use' && exit 1
exec ${steps.programs['kube-apiserver']} "$@"`,
    );
    const { cluster, deps } = await steps.start({ 'programs-directory': steps.shop.path('programs') });
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
    expect(deps.lines.join('\n')).toMatch(/Waiting for a free port .*: another process took port \d+/);
  });
});
