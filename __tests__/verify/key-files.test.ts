import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { computeKeyId } from '../../src/keys/index.ts';
import { checkKeyFiles } from '../../src/verify/checks/key-files.ts';
import { testDeps } from '../support/deps.ts';
import { lineBreakChanges } from '../support/key-texts.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

const { log } = testDeps();

describe('checkKeyFiles', () => {
  test.each(Object.entries(lineBreakChanges))(
    'accepts a key that generate-keys accepts: line breaks changed to %s',
    async (_, change) => {
      const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
      const pem = readFileSync(privateKeyFile, 'utf8');
      shop.file('sa.key', change(pem), 0o600);
      shop.file('sa.pub', change(readFileSync(publicKeyFile, 'utf8')));
      expect(await checkKeyFiles({ privateKeyFile, publicKeyFile }, log)).toMatchObject({
        evidence: [['key ID', computeKeyId(createPublicKey(pem))]],
      });
    },
  );

  test('masks the private key, also line by line', async () => {
    const deps = testDeps();
    const { privateKeyFile } = shop.keyPair('sa');
    await checkKeyFiles({ privateKeyFile }, deps.log);
    const lines = readFileSync(privateKeyFile, 'utf8').trim().split('\n').slice(1, -1);
    expect(deps.masked).toEqual(expect.arrayContaining(lines));
  });

  test('rejects an encrypted private key as encrypted', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const options = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' } as const;
    const privateKeyFile = shop.file('sa.key', String(privateKey.export(options)), 0o600);
    await expect(checkKeyFiles({ privateKeyFile }, log)).rejects.toMatchObject({ code: 'key-encrypted' });
  });

  test('rejects a file that does not exist', async () => {
    const privateKeyFile = shop.path('absent.key');
    await expect(checkKeyFiles({ privateKeyFile }, log)).rejects.toMatchObject({
      code: 'key-file-unreadable',
    });
  });

  test('rejects a private key that other users can read', async () => {
    const { privateKeyFile } = shop.keyPair('sa');
    shop.file('sa.key', readFileSync(privateKeyFile, 'utf8'), 0o644);
    await expect(checkKeyFiles({ privateKeyFile }, log)).rejects.toMatchObject({
      code: 'private-key-readable',
      message: expect.stringContaining('mode 644'),
    });
  });

  test('rejects halves of different pairs', async () => {
    const { privateKeyFile } = shop.keyPair('one');
    const { publicKeyFile } = shop.keyPair('other');
    await expect(checkKeyFiles({ privateKeyFile, publicKeyFile }, log)).rejects.toMatchObject({
      code: 'key-pair-mismatch',
    });
  });

  test('is skipped without files', async () => {
    expect(await checkKeyFiles({}, log)).toHaveProperty('skipped');
  });
});
