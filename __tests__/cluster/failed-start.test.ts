import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as cluster from '../../src/cluster/index.ts';
import { createCommands } from '../../src/runtime/index.ts';
import { runAction, runPost } from '../support/actions.ts';
import { manualClock, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
let inputs: Readonly<Record<string, string>>;
beforeEach(() => {
  shop = workshop();
  const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
  inputs = {
    'cluster-name': 'one',
    'issuer-url': 'https://example.org/',
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
  };
});
afterEach(() => shop.remove());

/** Dependencies with the fake tools in `bin`. */
function fakeTools() {
  const env = {
    HOME: shop.path('home'),
    MINIKUBE_HOME: shop.path('home'),
    PATH: `${shop.path('bin')}:/usr/bin:/bin`,
  };
  const clock = manualClock();
  return testDeps({ env, clock, ...createCommands(env), temporaryDirectory: shop.folder });
}

describe('a failed start', () => {
  test('of kind deletes the nodes, copies their logs, and quotes the API server in the error', async () => {
    const log = [
      '2026-11-23T21:00:00.0Z stderr F I1123 21:00:00.1 1 options.go:1] all is well',
      '2026-11-23T21:00:00.1Z stderr F E1123 21:00:00.2 1 run.go:72] "command failed" err="no such issuer"',
    ].join('\n');
    shop.program(
      'bin/kind',
      `pods="$3/one-control-plane/pods/kube-system_kube-apiserver-one_0/kube-apiserver"
case "$1 $2" in
  'get clusters') [ -e ${shop.path('there')} ] && echo one;;
  'create cluster') touch ${shop.path('there')}; echo 'ERROR: failed to init node with kubeadm' >&2; exit 1;;
  'export logs') mkdir -p "$pods"; echo '${log}' > "$pods/1.log"; echo old > "$pods/0.log";;
  'delete cluster') rm ${shop.path('there')};;
esac
true`,
    );
    const deps = fakeTools();
    const kind = { ...inputs, 'cluster-provider': 'kind' };
    const { outputs, failure, summary } = await runAction(cluster, kind, deps);
    expect(failure).toMatchObject({ code: 'kind-failed' });
    expect(failure?.message.split('\n')).toEqual([
      'failed to create the kind cluster: failed to init node with kubeadm',
      'Last lines of kube-apiserver:',
      '  E1123 21:00:00.2 1 run.go:72] "command failed" err="no such issuer"',
    ]);
    expect(
      readFileSync(
        `${outputs['logs-directory']}/one-control-plane/pods/kube-system_kube-apiserver-one_0/kube-apiserver/1.log`,
        'utf8',
      ),
    ).toContain(log);
    expect(outputs.kubeconfig).toBeUndefined();
    expect(deps.exported.size).toBe(0);
    expect(summary.title).toBe('Cluster not started');
    expect(existsSync(shop.path('there'))).toBe(false);
    await runPost(cluster, kind, deps);
    expect(existsSync(String(outputs['logs-directory']))).toBe(true);
  });

  test("of minikube quotes the section of the API server in minikube's log", async () => {
    const log = [
      '==> etcd [1] <==',
      'error: not this one',
      '==> kube-apiserver [2] <==',
      'Error: unknown flag: --nonsense',
      '==> kubelet <==',
      'E1123 not this one either',
    ].join('\n');
    shop.program(
      'bin/minikube',
      `profile=$MINIKUBE_HOME/.minikube/profiles/one
case "$1" in
  start) mkdir -p $profile; echo '{}' > $profile/config.json; exit 80;;
  logs) echo '${log}' > "\${4#--file=}";;
  delete) rm -r $profile;;
esac`,
    );
    const { outputs, failure } = await runAction(cluster, inputs, fakeTools());
    expect(failure?.message.split('\n').slice(-2)).toEqual([
      'Last lines of kube-apiserver:',
      '  Error: unknown flag: --nonsense',
    ]);
    expect(existsSync(`${outputs['logs-directory']}/minikube.log`)).toBe(true);
    expect(existsSync(shop.path('home/.minikube/profiles/one'))).toBe(false);
  });

  test('that created nothing has no folder of logs', async () => {
    shop.program('bin/kind', `[ "$1" = create ] && exit 1\ntrue`);
    const { outputs, failure } = await runAction(
      cluster,
      { ...inputs, 'cluster-provider': 'kind' },
      fakeTools(),
    );
    expect(failure).toMatchObject({ code: 'kind-failed' });
    expect(outputs['logs-directory']).toBeUndefined();
  });
});

describe('a broken cluster of another job', () => {
  const brokenMinikube = () => {
    shop.file('home/.minikube/profiles/one/config.json', '{}');
    shop.program(
      'bin/minikube',
      `echo "$@" >> ${shop.path('calls')}; case "$1" in delete) rm -r $MINIKUBE_HOME/.minikube/profiles/one;; start) exit 1;; esac`,
    );
  };

  test('is kept, and the error offers to delete or to replace it', async () => {
    brokenMinikube();
    await expect(runAction(cluster, inputs, fakeTools())).rejects.toMatchObject({
      code: 'cluster-broken',
      hint: expect.stringMatching(/minikube delete -p one[\s\S]*replace: true/),
    });
    expect(readFileSync(shop.path('calls'), 'utf8')).not.toMatch(/^(delete|start)/m);
  });

  test('is replaced with `replace: true`', async () => {
    brokenMinikube();
    await runAction(cluster, { ...inputs, replace: 'true' }, fakeTools());
    expect(readFileSync(shop.path('calls'), 'utf8').match(/^(delete|start)/gm)).toEqual(['delete', 'start']);
  });
});
