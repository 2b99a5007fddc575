import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { definition } from '../../src/cluster/definition.ts';
import { registeredProcesses } from '../../src/cluster/embedded/processes.ts';
import { cleanUp, ensurePrograms, type Programs, readEmbeddedCluster, run } from '../../src/cluster/index.ts';
import { keyIdOf } from '../../src/keys/index.ts';
import { connectCluster, ensureServiceAccount, getRaw, requestToken } from '../../src/kubernetes/index.ts';
import { type Deps, isRunning, parseInputs, systemClock } from '../../src/runtime/index.ts';
import { execIn } from '../../src/runtime/spawn.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

// A real kube-apiserver and etcd. Where they were never built on this machine, that comes first.
let programs: Programs;
let shop: Workshop;
let started: { readonly deps: TestDeps; readonly inputs: ReturnType<typeof inputsOf> }[];
const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  RUNNER_TOOL_CACHE: process.env.RUNNER_TOOL_CACHE,
};

beforeAll(async () => {
  programs = await ensurePrograms(depsIn('/tmp'));
}, 1_800_000);

beforeEach(() => {
  shop = workshop();
  started = [];
});
afterEach(async () => {
  for (const { inputs, deps } of started) await cleanUp({ ...inputs, keep: false }, deps);
  shop.remove();
});
afterAll(() => shop.remove());

function depsIn(temporaryDirectory: string, overrides: Partial<Deps> = {}): TestDeps {
  return testDeps({ env: environment, exec: execIn(environment), temporaryDirectory, ...overrides });
}

function inputsOf(given: Readonly<Record<string, string>>) {
  const issuer = 'https://issuer.example.org/cluster/';
  const all: Readonly<Record<string, string>> = {
    'cluster-provider': 'embedded',
    'issuer-url': issuer,
    ...given,
  };
  return parseInputs(
    definition.inputs,
    (name) => all[name],
    () => undefined,
  );
}

/** Runs the action's decisions as one step of a job; its post step runs after the test. */
async function start(given: Readonly<Record<string, string>>) {
  const pair = { 'private-key-file': shop.path('sa.key'), 'public-key-file': shop.path('sa.pub') };
  if (!existsSync(pair['private-key-file'])) shop.keyPair('sa');
  const inputs = inputsOf({ ...pair, ...given });
  const deps = depsIn(shop.folder);
  started.push({ deps, inputs });
  const { outputs, summary, failure } = await run(inputs, deps);
  if (failure) throw Object.assign(failure, { logsDirectory: outputs['logs-directory'] });
  return {
    deps,
    inputs,
    outputs,
    summary,
    cluster: await connectCluster({ kubeconfig: String(outputs.kubeconfig) }, deps),
  };
}

const processesOf = (kubeconfig: unknown) => registeredProcesses(dirname(String(kubeconfig)));
const pidsOf = async (kubeconfig: unknown) => (await processesOf(kubeconfig)).map(({ pid }) => pid);

describe('an embedded cluster', () => {
  test('signs with the asked key and issuer, lets nobody in without a token, and is gone after the post step', async () => {
    const { deps, inputs, outputs, summary, cluster } = await start({});
    const keyId = keyIdOf(createPublicKey(readFileSync(shop.path('sa.pub'))));
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
      webhookProgram: programs['azure-wi-webhook'],
    });

    const processes = await processesOf(kubeconfig);
    expect(processes.map(({ name }) => name)).toEqual(['etcd', 'kube-apiserver']);
    await cleanUp(inputs, deps);
    expect(await Promise.all(processes.map(isRunning))).toEqual([false, false]);
    expect(existsSync(dirname(kubeconfig))).toBe(false);
    expect(deps.lines.filter((line) => line.startsWith('info removed'))).toHaveLength(3);
  });

  test('is left alone by a second step that asks for the same, and by its post step', async () => {
    const first = await start({});
    const pids = await pidsOf(first.outputs.kubeconfig);
    const second = await start({});
    expect(second.outputs).toEqual(first.outputs);
    expect(second.deps.lines.join('\n')).toContain('runs already and signs as asked: nothing changed');
    await cleanUp(second.inputs, second.deps);
    expect(await pidsOf(first.outputs.kubeconfig)).toEqual(pids);
    expect((await getRaw(first.cluster, '/readyz')).status).toBe(200);
  });

  test('is not taken for one with another issuer, and goes on', async () => {
    const { cluster } = await start({});
    const other = start({ 'issuer-url': 'https://issuer.example.org/other/' });
    await expect(other).rejects.toMatchObject({ code: 'cluster-differs' });
    await expect(other).rejects.toThrow(/its issuer is \S+\/cluster\/, and \S+\/other\/ was asked for/);
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
  });

  test('with another issuer is replaced with replace: true', async () => {
    await start({});
    const asked = 'https://issuer.example.org/other/';
    const second = await start({ 'issuer-url': asked, replace: 'true' });
    expect(second.deps.lines.join('\n')).toMatch(/runs already and differs .*\/cluster\/.* it is replaced/);
    expect(JSON.parse((await getRaw(second.cluster, '/.well-known/openid-configuration')).body).issuer).toBe(
      asked,
    );
  });

  test('has its own issuer beside another one that is started at the same time', async () => {
    const issuers = ['https://issuer.example.org/a', 'https://issuer.example.org/b/'];
    shop.keyPair('sa');
    const clusters = await Promise.all(
      issuers.map((issuer, index) => start({ 'issuer-url': issuer, 'cluster-name': `cluster-${index}` })),
    );
    for (const [index, { cluster }] of clusters.entries()) {
      const { body } = await getRaw(cluster, '/.well-known/openid-configuration');
      expect(JSON.parse(body).issuer).toBe(issuers[index]);
    }
  });

  test('of which a part has died is replaced by the next start', async () => {
    const first = await start({});
    const processes = await processesOf(first.outputs.kubeconfig);
    const apiServer = processes.find(({ name }) => name === 'kube-apiserver');
    process.kill(apiServer?.pid ?? 0, 'SIGKILL');
    while (apiServer && (await isRunning(apiServer))) await systemClock.sleep(0.05);
    const second = await start({});
    expect(second.deps.lines.join('\n')).toContain('broken cluster entra-federation (kube-apiserver ended)');
    expect(await Promise.all(processes.map(isRunning))).toEqual([false, false]);
    expect((await getRaw(second.cluster, '/readyz')).status).toBe(200);
  });

  test('stays with keep: true', async () => {
    const { deps, inputs, cluster } = await start({ keep: 'true' });
    await cleanUp(inputs, deps);
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
  });

  test('comes up on another port when somebody takes the chosen one first', async () => {
    shop.program(
      'programs/kube-apiserver',
      `echo x >> ${shop.path('attempts')}
[ $(wc -l < ${shop.path('attempts')}) = 1 ] && echo 'listen tcp 127.0.0.1:1: bind: address already in use' && exit 1
exec ${programs['kube-apiserver']} "$@"`,
    );
    const { cluster, deps } = await start({ 'programs-directory': shop.path('programs') });
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
    expect(deps.lines.join('\n')).toMatch(/waiting .* for a free port .*: port \d+ was taken meanwhile/);
  });
});

describe('an embedded cluster that cannot be had', () => {
  async function refused(given: Readonly<Record<string, string>>) {
    const begun = Date.now();
    const error = await start(given).then(
      () => undefined,
      (thrown) => thrown,
    );
    const { deps } = started.at(-1) ?? {};
    const saved = JSON.parse(deps?.saved.get('cluster') ?? '{}');
    return { error, seconds: (Date.now() - begun) / 1000, deps, directory: String(saved.directory) };
  }

  test('because of a flag that does not exist: the flag is named within seconds and nothing is left', async () => {
    const { error, seconds, deps, directory } = await refused({ arguments: '--nonsense=1' });
    expect(error).toMatchObject({ code: 'arguments-refused' });
    expect(error.message).toContain('unknown flag: --nonsense');
    expect(seconds).toBeLessThan(15);
    expect(existsSync(directory)).toBe(false);
    expect(deps?.lines.join('\n')).toMatch(/removed process etcd/);
  });

  test('because a part dies at once: its last log lines are in the error, and the whole log in the folder of logs', async () => {
    shop.program('programs/etcd', 'echo "the database is corrupt" >&2; exit 3');
    const { error, seconds } = await refused({ 'programs-directory': shop.path('programs') });
    expect(error).toMatchObject({ code: 'program-ended' });
    expect(error.message).toMatch(
      /failed to start etcd: it ended at once \(exit code 3\)[\s\S]*the database is corrupt/,
    );
    expect(seconds).toBeLessThan(15);
    expect(readFileSync(`${error.logsDirectory}/etcd.log`, 'utf8')).toContain('the database is corrupt');
  });

  test('because the disk is full: said so, with what the part said', async () => {
    shop.program('programs/etcd', 'echo "write wal: no space left on device" >&2; exit 3');
    const { error } = await refused({ 'programs-directory': shop.path('programs') });
    expect(error).toMatchObject({ code: 'disk-full' });
    expect(error.message).toMatch(/^failed to start the cluster: the disk is full\n[\s\S]*write wal/);
  });

  test.each([
    [
      'its JWKS address',
      'jwks-url-mismatch',
      '--service-account-jwks-uri=https://elsewhere.example.org/jwks',
    ],
    ['the published key', 'key-not-published', '--service-account-key-file=OTHER.pub'],
    ['the key that signs', 'signing-key-mismatch', '--service-account-signing-key-file=OTHER.key'],
  ])('because %s is not the asked one: the flag at fault is named', async (_, code, flag) => {
    const { privateKeyFile } = shop.keyPair('other');
    // Flags that may be repeated keep what the action gives first, so a wrapper puts the other value in its place.
    const [name] = flag.split('=');
    const value = flag.replace('OTHER', privateKeyFile.replace('.key', ''));
    shop.program(
      'programs/kube-apiserver',
      `for argument; do shift; case "$argument" in ${name}=*) argument='${value}';; esac; set -- "$@" "$argument"; done
exec ${programs['kube-apiserver']} "$@"`,
    );
    const { error, directory } = await refused({ 'programs-directory': shop.path('programs') });
    expect(error).toMatchObject({
      code,
      hint: expect.stringContaining(`The flag ${name} of kube-apiserver`),
    });
    expect(existsSync(directory)).toBe(false);
  });
});

describe('an existing cluster', () => {
  test('is proved as it is and left as it is', async () => {
    const { outputs, cluster } = await start({});
    const kubeconfig = String(outputs.kubeconfig);
    const checked = await start({ 'cluster-provider': 'existing', kubeconfig });
    expect(checked.outputs).toEqual({ ...outputs, 'cluster-provider': 'existing' });
    await cleanUp(checked.inputs, checked.deps);
    expect((await getRaw(cluster, '/readyz')).status).toBe(200);
  });

  test('with another issuer is refused with the flags to set on it', async () => {
    const { outputs } = await start({});
    const asked = 'https://issuer.example.org/asked';
    const checking = start({
      'cluster-provider': 'existing',
      kubeconfig: String(outputs.kubeconfig),
      'issuer-url': asked,
    });
    await expect(checking).rejects.toMatchObject({
      code: 'issuer-mismatch',
      hint: expect.stringMatching(
        /kubeadm[\s\S]*k3s server --kube-apiserver-arg=service-account-issuer=\S+\/asked/,
      ),
    });
  });
});
