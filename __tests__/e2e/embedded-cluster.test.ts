import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { registeredProcesses } from '../../src/cluster/embedded/processes.ts';
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

const processesOf = (kubeconfig: unknown) => registeredProcesses(dirname(String(kubeconfig)));
const pidsOf = async (kubeconfig: unknown) => (await processesOf(kubeconfig)).map(({ pid }) => pid);

describe('an embedded cluster', () => {
  test('signs with the asked key and issuer, lets nobody in without a token, and is gone after the post step', async () => {
    const { deps, inputs, outputs, summary, cluster } = await steps.start({});
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

    const processes = await processesOf(kubeconfig);
    expect(processes.map(({ name }) => name)).toEqual(['etcd', 'kube-apiserver']);
    await cleanUp(inputs, deps);
    expect(await Promise.all(processes.map(isRunning))).toEqual([false, false]);
    expect(existsSync(dirname(kubeconfig))).toBe(false);
    expect(deps.lines.filter((line) => line.startsWith('info removed'))).toHaveLength(3);
  });

  test('is left alone by a second step that asks for the same, and by its post step', async () => {
    const first = await steps.start({});
    const pids = await pidsOf(first.outputs.kubeconfig);
    const second = await steps.start({});
    expect(second.outputs).toEqual(first.outputs);
    expect(second.deps.lines.join('\n')).toContain('runs already and signs as asked: nothing changed');
    await cleanUp(second.inputs, second.deps);
    expect(await pidsOf(first.outputs.kubeconfig)).toEqual(pids);
    expect((await getRaw(first.cluster, '/readyz')).status).toBe(200);
  });

  test('is not taken for one with another issuer, and goes on', async () => {
    const { cluster } = await steps.start({});
    const other = steps.start({ 'issuer-url': 'https://issuer.example.org/other/' });
    await expect(other).rejects.toMatchObject({ code: 'cluster-differs' });
    await expect(other).rejects.toThrow(/its issuer is \S+\/cluster\/, and \S+\/other\/ was asked for/);
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
  });

  test('with another issuer is replaced with replace: true', async () => {
    await steps.start({});
    const asked = 'https://issuer.example.org/other/';
    const second = await steps.start({ 'issuer-url': asked, replace: 'true' });
    expect(second.deps.lines.join('\n')).toMatch(/runs already and differs .*\/cluster\/.* it is replaced/);
    expect(JSON.parse((await getRaw(second.cluster, '/.well-known/openid-configuration')).body).issuer).toBe(
      asked,
    );
  });

  test('has its own issuer beside another one that is started at the same time', async () => {
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

  test('of which a part has died is replaced by the next start', async () => {
    const first = await steps.start({});
    const processes = await processesOf(first.outputs.kubeconfig);
    const apiServer = processes.find(({ name }) => name === 'kube-apiserver');
    process.kill(apiServer?.pid ?? 0, 'SIGKILL');
    while (apiServer && (await isRunning(apiServer))) await systemClock.sleep(0.05);
    const second = await steps.start({});
    expect(second.deps.lines.join('\n')).toContain('broken cluster entra-federation (kube-apiserver ended)');
    expect(await Promise.all(processes.map(isRunning))).toEqual([false, false]);
    expect((await getRaw(second.cluster, '/readyz')).status).toBe(200);
  });

  test('stays with keep: true', async () => {
    const { deps, inputs, cluster } = await steps.start({ keep: 'true' });
    await cleanUp(inputs, deps);
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
  });

  test('comes up on another port when somebody takes the chosen one first', async () => {
    steps.shop.program(
      'programs/kube-apiserver',
      `echo x >> ${steps.shop.path('attempts')}
[ $(wc -l < ${steps.shop.path('attempts')}) = 1 ] && echo 'listen tcp 127.0.0.1:1: bind: address already in use' && exit 1
exec ${steps.programs['kube-apiserver']} "$@"`,
    );
    const { cluster, deps } = await steps.start({ 'programs-directory': steps.shop.path('programs') });
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
    expect(deps.lines.join('\n')).toMatch(/waiting .* for a free port .*: port \d+ was taken meanwhile/);
  });
});
