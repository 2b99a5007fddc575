import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ClusterSteps, clusterSteps, firstBuild } from './cluster-steps.ts';

let steps: ClusterSteps;
beforeEach(async () => {
  steps = await clusterSteps();
}, firstBuild);
afterEach(() => steps?.close());

describe('an embedded cluster that cannot be had', () => {
  async function refused(given: Readonly<Record<string, string>>) {
    const begun = Date.now();
    const error = await steps.start(given).then(
      () => undefined,
      (thrown) => thrown,
    );
    const { deps } = steps.started.at(-1) ?? {};
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
    steps.shop.program('programs/etcd', 'echo "the database is corrupt" >&2; exit 3');
    const { error, seconds } = await refused({ 'programs-directory': steps.shop.path('programs') });
    expect(error).toMatchObject({ code: 'program-ended' });
    expect(error.message).toMatch(
      /failed to start etcd: it exited early \(exit code 3\)[\s\S]*the database is corrupt/,
    );
    expect(seconds).toBeLessThan(15);
    expect(readFileSync(`${error.logsDirectory}/etcd.log`, 'utf8')).toContain('the database is corrupt');
  });

  test('because the disk is full: said so, with what the part said', async () => {
    steps.shop.program('programs/etcd', 'echo "write wal: no space left on device" >&2; exit 3');
    const { error } = await refused({ 'programs-directory': steps.shop.path('programs') });
    expect(error).toMatchObject({ code: 'disk-full' });
    expect(error.message).toMatch(/^failed to start the cluster: the disk is full\n[\s\S]*write wal/);
  });

  test.each([
    [
      'its JWKS address',
      'jwks-url-mismatch',
      '--service-account-jwks-uri=https://elsewhere.example.org/jwks',
    ],
    ['the published key', 'signing-key-mismatch', '--service-account-key-file=OTHER.pub'],
    ['the key that signs', 'signing-key-mismatch', '--service-account-signing-key-file=OTHER.key'],
  ])('because %s is not the asked one: the flag at fault is named', async (_, code, flag) => {
    const { privateKeyFile } = steps.shop.keyPair('other');
    // Flags that may be repeated keep what the action gives first, so a wrapper puts the other value in its place.
    const [name] = flag.split('=');
    const value = flag.replace('OTHER', privateKeyFile.replace('.key', ''));
    steps.shop.program(
      'programs/kube-apiserver',
      `for argument; do shift; case "$argument" in ${name}=*) argument='${value}';; esac; set -- "$@" "$argument"; done
exec ${steps.programs['kube-apiserver']} "$@"`,
    );
    const { error, directory } = await refused({ 'programs-directory': steps.shop.path('programs') });
    expect(error).toMatchObject({
      code,
      hint: expect.stringContaining(String(name)),
    });
    expect(existsSync(directory)).toBe(false);
  });
});
