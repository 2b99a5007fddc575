import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { arch, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectAzure } from '../../src/azure/sign-in/index.ts';
import { createCommands, isRunning, parseInputs } from '../../src/runtime/index.ts';
import { azuriteVersion } from '../../src/start-emulator/azurite.ts';
import { cleanUp, definition, runWith } from '../../src/start-emulator/index.ts';
import { testDeps } from '../support/deps.ts';

let temporaryDirectory: string;
let program: { node: string; file: string };
let env: Record<string, string | undefined>;

beforeAll(async () => {
  temporaryDirectory = await mkdtemp(join(tmpdir(), 'start-emulator-'));
  const programs = join(temporaryDirectory, 'dist');
  await mkdir(programs);
  program = { node: process.execPath, file: join(programs, 'emulator.js') };
  await writeFile(join(programs, 'package.json'), '{"type":"module"}');
  await writeFile(program.file, `import { start } from '${resolve('emulator/main.ts')}';\nawait start();\n`);
  const cache = join(temporaryDirectory, 'tools', 'azurite', azuriteVersion);
  await mkdir(join(cache, arch()), { recursive: true });
  await symlink(resolve('node_modules'), join(cache, arch(), 'node_modules'));
  await writeFile(join(cache, `${arch()}.complete`), '');
  env = { ...process.env, RUNNER_TOOL_CACHE: join(temporaryDirectory, 'tools') };
});

afterAll(() => rm(temporaryDirectory, { recursive: true, force: true }));

const inputs = (given: Record<string, string> = {}) =>
  parseInputs(
    definition.inputs,
    (name) => given[name],
    () => undefined,
  );

describe('start-emulator', () => {
  test('starts an emulator that later steps are signed in to, and stops it in the post step', async () => {
    const deps = testDeps({ temporaryDirectory, env });
    const { outputs } = await runWith(program)(inputs(), deps);
    const azure = await connectAzure(
      { azureEnvironment: String(outputs['azure-environment']) },
      testDeps({ env: Object.fromEntries(deps.exported) }),
    );
    const token = await azure.credential.getToken(`${azure.environment.resourceManagerAudience}/.default`);
    const group = `/subscriptions/${azure.subscriptionId}/resourceGroups/${outputs['resource-group']}`;
    const answer = await fetch(`${azure.environment.resourceManager}${group}?api-version=2021-04-01`, {
      headers: { authorization: `Bearer ${token?.token}` },
    });
    expect(answer.status).toBe(200);

    const tokenFile = deps.exported.get('AZURE_FEDERATED_TOKEN_FILE') ?? '';
    expect(deps.masked).toContain(await readFile(tokenFile, 'utf8'));
    expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);

    const { process: daemon, directory } = JSON.parse(deps.state.read('emulator'));
    await cleanUp(inputs(), deps);
    expect(await isRunning(daemon)).toBe(false);
    await expect(stat(directory)).rejects.toThrow('ENOENT');
  });

  test('fails with the last log lines of an emulator that cannot start, and still cleans up', async () => {
    const stateFile = join(temporaryDirectory, 'state.json');
    await writeFile(stateFile, JSON.stringify({ vualts: [] }));
    const deps = testDeps({ temporaryDirectory, env });
    await expect(runWith(program)(inputs({ 'state-file': stateFile }), deps)).rejects.toMatchObject({
      code: 'program-ended',
      message: expect.stringContaining('vualts: unknown property'),
    });
    const { directory } = JSON.parse(deps.state.read('emulator'));
    await cleanUp(inputs(), deps);
    await expect(stat(directory)).rejects.toThrow('ENOENT');
  });

  test('rejects a state file that is not JSON before anything starts', async () => {
    const stateFile = join(temporaryDirectory, 'broken.json');
    await writeFile(stateFile, '{');
    const deps = testDeps({ temporaryDirectory, env });
    await expect(runWith(program)(inputs({ 'state-file': stateFile }), deps)).rejects.toMatchObject({
      code: 'state-file-unreadable',
    });
    expect(deps.saved.size).toBe(0);
  });
});

describe('ensureAzurite', () => {
  let repository: string;

  beforeAll(async () => {
    repository = join(temporaryDirectory, 'repository');
    await mkdir(join(repository, 'emulator', 'azurite'), { recursive: true });
    await mkdir(join(repository, 'bin'));
    for (const file of ['package.json', 'package-lock.json'])
      await writeFile(join(repository, 'emulator', 'azurite', file), file);
  });

  async function runNpm(script: string) {
    await writeFile(join(repository, 'bin', 'npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const own = {
      PATH: `${join(repository, 'bin')}:${process.env.PATH}`,
      RUNNER_TOOL_CACHE: join(repository, 'tools'),
    };
    const deps = testDeps({ temporaryDirectory, env: own, ...createCommands(own) });
    const { ensureAzurite } = await import('../../src/start-emulator/azurite.ts');
    return { deps, folder: () => ensureAzurite(join(repository, 'dist'), deps) };
  }

  test('fails with the output of npm if the installation fails', async () => {
    const { folder } = await runNpm('echo "no network" >&2; exit 1');
    await expect(folder()).rejects.toMatchObject({
      code: 'azurite-unavailable',
      message: expect.stringContaining('no network'),
    });
  });

  test('installs the versions of the lock file once, without running scripts of packages', async () => {
    const { folder } = await runNpm('mkdir node_modules; echo "$@" > node_modules/arguments');
    const installed = await folder();
    expect(await readFile(join(installed, 'node_modules', 'arguments'), 'utf8')).toContain(
      'ci --ignore-scripts',
    );
    expect(await readFile(join(installed, 'package-lock.json'), 'utf8')).toBe('package-lock.json');
    const again = await runNpm('exit 1');
    expect(await again.folder()).toBe(installed);
  });
});
