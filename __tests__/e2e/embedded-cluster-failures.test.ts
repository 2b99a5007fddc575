import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ClusterSteps, clusterSteps, firstBuild } from './cluster-steps.ts';

let steps: ClusterSteps;
beforeEach(async () => {
  steps = await clusterSteps();
}, firstBuild);
afterEach(() => steps?.close());

describe('an embedded cluster that fails to start', () => {
  async function startAndFail(given: Readonly<Record<string, string>>) {
    const error = await steps.start(given).then(
      () => undefined,
      (thrown) => thrown,
    );
    const { deps } = steps.started.at(-1) ?? {};
    const saved = JSON.parse(deps?.saved.get('cluster') ?? '{}');
    return { error, deps, directory: String(saved.directory) };
  }

  test('names an unknown flag and leaves nothing behind', async () => {
    const { error, deps, directory } = await startAndFail({ arguments: '--nonsense=1' });
    expect(error).toMatchObject({ code: 'arguments-refused' });
    expect(error.message).toContain('unknown flag: --nonsense');
    expect(existsSync(directory)).toBe(false);
    expect(deps?.lines.join('\n')).toMatch(/Deleted process etcd/);
  });

  test('quotes the last log lines of a program that exits, and copies its log to the logs directory', async () => {
    steps.shop.program('programs/etcd', 'echo "the database is corrupt" >&2; exit 3');
    const { error } = await startAndFail({ 'programs-directory': steps.shop.path('programs') });
    expect(error).toMatchObject({ code: 'program-ended' });
    expect(error.message).toMatch(
      /failed to start etcd: it exited early \(exit code 3\)[\s\S]*the database is corrupt/,
    );
    expect(readFileSync(`${error.logsDirectory}/etcd.log`, 'utf8')).toContain('the database is corrupt');
  });

  test('reports a full disk and quotes the program that exited', async () => {
    steps.shop.program('programs/etcd', 'echo "write wal: no space left on device" >&2; exit 3');
    const { error } = await startAndFail({ 'programs-directory': steps.shop.path('programs') });
    expect(error).toMatchObject({ code: 'disk-full' });
    expect(error.message).toMatch(/^failed to start the cluster: the disk is full\n[\s\S]*write wal/);
  });

  test.each([
    ['JWKS URL', 'jwks-url-mismatch', '--service-account-jwks-uri=https://elsewhere.example.org/jwks'],
    ['published key', 'signing-key-mismatch', '--service-account-key-file=OTHER.pub'],
    ['signing key', 'signing-key-mismatch', '--service-account-signing-key-file=OTHER.key'],
  ])('names the flag of a wrong %s', async (_, code, flag) => {
    const { privateKeyFile } = steps.shop.keyPair('other');
    // Of repeated flags, kube-apiserver uses the first one, which is that of the action. So a wrapper
    // replaces its value.
    const [name] = flag.split('=');
    const value = flag.replace('OTHER', privateKeyFile.replace('.key', ''));
    steps.shop.program(
      'programs/kube-apiserver',
      `for argument; do shift; case "$argument" in ${name}=*) argument='${value}';; esac; set -- "$@" "$argument"; done
exec ${steps.programs['kube-apiserver']} "$@"`,
    );
    const { error, directory } = await startAndFail({ 'programs-directory': steps.shop.path('programs') });
    expect(error).toMatchObject({
      code,
      hint: expect.stringContaining(String(name)),
    });
    expect(existsSync(directory)).toBe(false);
  });
});
