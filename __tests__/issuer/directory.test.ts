import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildDiscovery, cleanUp, run } from '../../src/issuer/index.ts';
import { toJwks } from '../../src/keys/index.ts';
import { manualClock, type TestDeps, testDeps } from '../support/deps.ts';
import { type Given, inputsOf, type KeyFile, keyFile, publish, temporaryFolder } from './support.ts';

const issuerUrl = 'https://pages.example/oidc/';
let folder: string;
let site: string;
let deps: TestDeps;
let clock: ReturnType<typeof manualClock>;
let a: KeyFile;
let b: KeyFile;
beforeEach(() => {
  folder = temporaryFolder();
  site = join(folder, 'public');
  clock = manualClock();
  deps = testDeps({ clock, env: { GITHUB_WORKSPACE: folder } });
  a = keyFile(folder);
  b = keyFile(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const base = { storage: 'directory', path: 'public', 'issuer-url': issuerUrl };
const publishHere = (given: Given) => publish({ ...base, ...given }, deps);
const read = (path: string): unknown => JSON.parse(readFileSync(join(site, path), 'utf8'));
const keyIds = () => (read('openid/v1/jwks') as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);

describe('storage: directory', () => {
  test('writes both documents at the paths below the issuer, and a second run writes nothing', async () => {
    expect(await publishHere({ 'public-key-file': a.file })).toEqual({
      issuerUrl,
      discoveryUrl: `${issuerUrl}.well-known/openid-configuration`,
      jwksUrl: `${issuerUrl}openid/v1/jwks`,
      keyIds: [a.kid],
      changed: true,
    });
    expect(read('.well-known/openid-configuration')).toEqual(buildDiscovery(issuerUrl));
    expect(read('openid/v1/jwks')).toEqual(toJwks([a.publicKey]));
    const before = statSync(join(site, 'openid/v1/jwks'), { bigint: true });
    clock.sleep(3600);
    expect(await publishHere({ 'public-key-file': a.file })).toMatchObject({
      changed: false,
      keyIds: [a.kid],
    });
    expect(statSync(join(site, 'openid/v1/jwks'), { bigint: true }).ino).toBe(before.ino);
  });

  test('publishes the keys of several files once each', async () => {
    writeFileSync(join(folder, 'both.pub'), readFileSync(a.file, 'utf8') + readFileSync(b.file, 'utf8'));
    const { keyIds: published } = await publishHere({
      'public-key-file': `${b.file}\n${join(folder, 'both.pub')}`,
    });
    expect(published).toEqual([b.kid, a.kid]);
  });

  test('leaves only the documents and the key records', async () => {
    await publishHere({ 'public-key-file': a.file });
    await publishHere({ 'public-key-file': b.file });
    expect(readdirSync(site, { recursive: true }).sort()).toEqual([
      '.well-known',
      '.well-known/openid-configuration',
      'openid',
      'openid/v1',
      'openid/v1/jwks',
      'openid/v1/jwks.records',
    ]);
  });

  test('rejects a folder with the documents of another issuer before it writes anything', async () => {
    await publishHere({ 'public-key-file': a.file });
    for (const url of ['https://pages.example/oidc', 'https://other.example/']) {
      await expect(publishHere({ 'issuer-url': url, 'public-key-file': b.file })).rejects.toMatchObject({
        code: 'issuer-conflict',
      });
      expect(keyIds()).toEqual([a.kid]);
    }
  });

  test.each(['precious', '', '[]', 'null', '{}', '{"keys":{}}', '{"keys":[1]}', '{"keys":[{"kty":"RSA"}]}'])(
    'does not overwrite the unreadable JWKS %j',
    async (text) => {
      mkdirSync(join(site, 'openid/v1'), { recursive: true });
      writeFileSync(join(site, 'openid/v1/jwks'), text);
      await expect(publishHere({ 'public-key-file': a.file })).rejects.toMatchObject({
        code: 'jwks-unreadable',
      });
      expect(readFileSync(join(site, 'openid/v1/jwks'), 'utf8')).toBe(text);
      expect(readdirSync(site)).toEqual(['openid']);
    },
  );

  test('replaces a damaged discovery document', async () => {
    mkdirSync(join(site, '.well-known'), { recursive: true });
    writeFileSync(join(site, '.well-known/openid-configuration'), '{"issuer":');
    await publishHere({ 'public-key-file': a.file });
    expect(read('.well-known/openid-configuration')).toEqual(buildDiscovery(issuerUrl));
  });
});

describe('publish-issuer', () => {
  test('stages, promotes and retires keys in a rotation', async () => {
    await publishHere({ 'public-key-file': a.file });
    await publishHere({ 'staged-public-key-file': b.file });
    expect(keyIds()).toEqual([a.kid, b.kid]);
    await expect(publishHere({ 'retire-key-ids': a.kid })).rejects.toMatchObject({ code: 'last-live-key' });
    expect(keyIds()).toEqual([a.kid, b.kid]);
    await publishHere({ 'public-key-file': b.file });
    expect(deps.lines).toContain(`info Promoted from staged to live ${b.kid}`);
    await publishHere({ 'retire-key-ids': a.kid });
    expect(keyIds()).toEqual([b.kid]);
    expect(await publishHere({ 'retire-key-ids': a.kid })).toMatchObject({ changed: false });
  });

  test('removes an expired key with the next publication', async () => {
    await publishHere({ 'public-key-file': a.file, 'prune-after': '1h' });
    await clock.sleep(3599);
    await publishHere({ 'public-key-file': b.file });
    expect(keyIds()).toEqual([a.kid, b.kid]);
    await clock.sleep(3600);
    await publishHere({ 'public-key-file': b.file });
    expect(keyIds()).toEqual([b.kid]);
  });

  test('rejects a key that is to be published and retired at once', async () => {
    await expect(publishHere({ 'public-key-file': a.file, 'retire-key-ids': a.kid })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('on-exit: retire', () => {
  const retiring: Given = { ...base, 'on-exit': 'retire' };

  test("retires this run's key in the post step, and no other", async () => {
    await publishHere({ 'public-key-file': a.file });
    await publishHere({ ...retiring, 'public-key-file': b.file });
    expect(keyIds()).toEqual([a.kid, b.kid]);
    await cleanUp(inputsOf(retiring, deps), deps);
    expect(keyIds()).toEqual([a.kid]);
  });

  test('keeps a key that was published before this run', async () => {
    await publishHere({ 'public-key-file': `${a.file}\n${b.file}` });
    await publishHere({ ...retiring, 'public-key-file': b.file });
    await cleanUp(inputsOf(retiring, deps), deps);
    expect(keyIds()).toEqual([a.kid, b.kid]);
  });

  test('leaves the last key to the next publisher', async () => {
    await publishHere({ ...retiring, 'public-key-file': a.file });
    await cleanUp(inputsOf(retiring, deps), deps);
    expect(keyIds()).toEqual([a.kid]);
    expect(deps.lines.at(-1)).toContain('The next publisher removes it');
    await publishHere({ ...retiring, 'public-key-file': b.file });
    expect(keyIds()).toEqual([b.kid]);
  });

  test('retires the key of a step that failed after its write', async () => {
    await publishHere({ 'public-key-file': a.file });
    writeFileSync(join(site, '.well-known/openid-configuration'), JSON.stringify(buildDiscovery(issuerUrl)));
    const failing = {
      ...deps,
      log: {
        ...deps.log,
        info: (line: string) => {
          if (line.startsWith('Published the JWKS')) throw new Error('killed');
        },
      },
    };
    await expect(run(inputsOf({ ...retiring, 'public-key-file': b.file }, deps), failing)).rejects.toThrow(
      'killed',
    );
    expect(keyIds()).toEqual([a.kid, b.kid]);
    await cleanUp(inputsOf(retiring, deps), deps);
    expect(keyIds()).toEqual([a.kid]);
  });

  test('does nothing if the step failed before its write', async () => {
    await cleanUp(inputsOf(retiring, deps), deps);
    expect(deps.lines).toEqual([]);
  });
});

describe('concurrent publishers', () => {
  test('lose no key when twenty of them run in one process', async () => {
    const real = testDeps({ env: { GITHUB_WORKSPACE: folder } });
    const keys = Array.from({ length: 20 }, () => keyFile(folder));
    await Promise.all(keys.map(({ file }) => publish({ ...base, 'public-key-file': file }, real)));
    expect(keyIds().sort()).toEqual(keys.map(({ kid }) => kid).sort());
  });

  test('clean up after a writer that was killed', async () => {
    await publishHere({ 'public-key-file': a.file });
    const script = `
      import { holdLock } from ${JSON.stringify(new URL('../../src/runtime/index.ts', import.meta.url).href)};
      import { writeFileSync } from 'node:fs';
      await holdLock(${JSON.stringify(join(site, 'openid/v1/jwks'))}, async () => {
        writeFileSync(${JSON.stringify(join(site, 'openid/v1/jwks.half.partial'))}, '{"keys":[');
        process.kill(process.pid, 'SIGKILL');
      });`;
    const killed = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    await expect(killed).rejects.toMatchObject({ signal: 'SIGKILL' });
    expect(readdirSync(join(site, 'openid/v1'))).toContain('jwks.half.partial');
    await publishHere({ 'public-key-file': b.file });
    expect(keyIds()).toEqual([a.kid, b.kid]);
    expect(readdirSync(join(site, 'openid/v1')).sort()).toEqual(['jwks', 'jwks.records']);
  });

  test('keep the key records if a writer is killed between its two files', async () => {
    await publishHere({ 'public-key-file': a.file, 'prune-after': '1h' });
    const jwks = readFileSync(join(site, 'openid/v1/jwks'), 'utf8');
    await publishHere({ 'public-key-file': b.file });
    writeFileSync(join(site, 'openid/v1/jwks'), jwks); // As if the second write had failed.
    await clock.sleep(2 * 3600);
    await publishHere({ 'public-key-file': b.file });
    expect(keyIds()).toEqual([b.kid]);
  });
});
