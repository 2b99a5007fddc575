import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../local-runner/commands.ts';
import { definition } from '../../src/cluster/definition.ts';
import { type CacheService, cacheService } from '../support/cache-service.ts';
import { createSourceJob } from '../support/source-job.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
let service: CacheService;
beforeEach(async () => {
  shop = workshop();
  service = await cacheService(shop.path('service'));
});
afterEach(async () => {
  await service.close();
  shop.remove();
});

/** Runs the program of generate-keys with an environment, as a runner does. */
function generateKeys(env: Readonly<Record<string, string>>) {
  const program = `import { actions } from '${resolve('src/actions/registry.ts')}'; await actions['generate-keys'].start();`;
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program],
    { env: { PATH: process.env.PATH, RUNNER_TEMP: shop.path('temp'), ...env }, encoding: 'utf8' },
  );
  return { status, stdout };
}

describe('the program of an action', () => {
  test('annotates the step with a title and the error, and fails', () => {
    const { status, stdout } = generateKeys({ 'INPUT_MODULUS-LENGTH': 'none' });
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^::error title=generate-keys failed \(invalid-input\)::.*\(code invalid-input\)$/m,
    );
  });

  test('logs no command that an input or a text from outside contains', () => {
    const folder = `${shop.folder}/##[save-state name=program]x`;
    const { status, stdout } = generateKeys({ 'INPUT_OUTPUT-DIRECTORY': folder });
    expect(status).toBe(0);
    expect(stdout).toContain('[save-state name=program]x');
    const logged = stdout.split('\n').filter((line) => !line.startsWith('::'));
    expect(logged.map(parseCommand).filter((found) => found !== undefined)).toEqual([]);
  });

  test('masks a secret that reads like a command also in the form in which the log has it', () => {
    const { stdout } = generateKeys({ 'INPUT_PRIVATE-KEY': 'a##[debug]b' });
    expect(stdout).toContain('::add-mask::a##[debug]b\n');
    expect(stdout).toContain('::add-mask::a##\\[debug]b\n');
  });

  test('warns with a title in its post step, and does not fail', () => {
    const { status, stdout } = generateKeys({ 'INPUT_MODULUS-LENGTH': 'none', 'STATE_is-post': 'true' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^::warning title=Post step of generate-keys failed \(invalid-input\)::/m);
  });

  test('runs no program that only the state of the post step names', () => {
    const marker = shop.path('ran');
    for (const what of [
      { program: 'touch', args: [marker] },
      { dockerImage: `--output=${marker}`, archive: 'image.tar' },
      { dockerImage: 'kindest/node', archive: '../image.tar' },
    ]) {
      const kept = JSON.stringify([{ key: 'x', what }]);
      const state = { 'STATE_is-post': 'true', 'STATE_kept-between-jobs': kept };
      const { stdout } = generateKeys({ ...state, ...service.env, PATH: `${process.env.PATH}` });
      expect(stdout).toMatch(/\(state-invalid\)/);
    }
    expect(existsSync(marker)).toBe(false);
  });

  test('reports state that it did not save as a bug', () => {
    const state = { 'STATE_is-post': 'true', 'STATE_kept-between-jobs': '{"key":1}' };
    const { status, stdout } = generateKeys(state);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^::warning title=.*bug in the action \(state-invalid\)::/m);
  });

  test('keeps inputs, which may be secrets, out of the environment of the programs that it or a library starts', async () => {
    // The action starts minikube. The client of the cache service starts tar.
    shop.program(
      'bin/minikube',
      `env >> ${shop.path('seen-by-minikube')}
[ "$1" = version ] && echo minikube version: v1.38.1
[ "$1" = start ] && mkdir -p $MINIKUBE_HOME/.minikube/cache && echo x > $MINIKUBE_HOME/.minikube/cache/x
true`,
    );
    shop.program('bin/tar', `env >> ${shop.path('seen-by-tar')}\nexec /usr/bin/tar "$@"`);
    const { job } = createSourceJob(shop, definition, {
      PATH: `${shop.path('bin')}:/usr/bin:/bin`,
      HOME: shop.path('home'),
      MINIKUBE_HOME: shop.path('home'),
      ...service.env,
    });
    const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
    await job.step('Cluster', '.', {
      'issuer-url': 'https://example.org/',
      'private-key-file': privateKeyFile,
      'public-key-file': publicKeyFile,
    });
    await job.finish();
    for (const program of ['minikube', 'tar']) {
      const seen = readFileSync(shop.path(`seen-by-${program}`), 'utf8');
      expect(seen).toContain('GITHUB_WORKSPACE=');
      expect(seen).not.toMatch(/^INPUT_/m);
    }
  });
});
