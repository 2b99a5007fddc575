import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { testDeps } from '../support/deps.ts';
import { publish, temporaryFolder } from './support.ts';

const issuerUrl = 'https://pages.example/oidc/';
const base = { storage: 'directory', path: 'public', 'issuer-url': issuerUrl };
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

const rejected = [
  [{ storage: 'directory', path: 'public' }, '`issuer-url` is missing'],
  [{ storage: 'directory', 'issuer-url': issuerUrl }, '`path` is missing'],
  [{ storage: 'none' }, '`issuer-url` is missing'],
  [{ storage: 'none', 'issuer-url': issuerUrl, 'on-exit': 'retire' }, 'keys cannot be retired'],
  [base, '`public-key-file` is missing'],
  [
    { 'storage-account': 'account', path: '../up', 'retire-key-ids': 'a' },
    '`path` is "../up": write folder names',
  ],
  [{ 'retire-key-ids': 'a' }, '`storage-account` is missing'],
] as const;

describe('publish-issuer', () => {
  test.each(rejected)('rejects the inputs %j before it writes anything', async (given, problem) => {
    const deps = testDeps({ env: { GITHUB_WORKSPACE: folder } });
    await expect(publish(given, deps)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(problem),
    });
    expect(readdirSync(folder)).not.toContain('public');
  });

  test('rejects a key file that is missing or private before it writes anything', async () => {
    const deps = testDeps({ env: { GITHUB_WORKSPACE: folder } });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const file = join(folder, 'private');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const read = (name: string) => publish({ ...base, 'public-key-file': name }, deps);
    await expect(read('missing.pub')).rejects.toMatchObject({ code: 'key-file-unreadable' });
    await expect(read(file)).rejects.toMatchObject({ code: 'private-key-as-public' });
    expect(readdirSync(folder)).not.toContain('public');
  });
});
