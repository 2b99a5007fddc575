import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cleanUp, computeKeyId, definition, renderJwks, run, toJwks } from '../../src/keys/index.ts';
import { parseInputs } from '../../src/runtime/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';

let folder: string;
let deps: TestDeps;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  mkdirSync(join(folder, 'workspace'));
  deps = testDeps({ temporaryDirectory: folder, env: { GITHUB_WORKSPACE: join(folder, 'workspace') } });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function inputs(given: Readonly<Record<string, string>> = {}) {
  return parseInputs(definition.inputs, (name) => given[name], deps.log.mask);
}
async function generate(given: Readonly<Record<string, string>> = {}) {
  const { outputs } = await run(inputs(given), deps);
  return {
    privateKeyFile: String(outputs['private-key-file']),
    publicKeyFile: String(outputs['public-key-file']),
    jwksFile: String(outputs['jwks-file']),
    keyId: outputs['key-id'],
  };
}
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stable = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('run of generate-keys', () => {
  test.each(['2048', '3072', '4096'])(
    'generates a pair of %s bits whose files and key ID belong together',
    async (bits) => {
      const generated = await generate({ 'modulus-length': bits });
      const pem = readFileSync(generated.privateKeyFile, 'utf8');
      const publicKey = createPublicKey(pem);
      expect(pem).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
      expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(Number(bits));
      expect(readFileSync(generated.publicKeyFile, 'utf8')).toBe(
        publicKey.export({ type: 'spki', format: 'pem' }),
      );
      expect(readFileSync(generated.jwksFile, 'utf8')).toBe(renderJwks(toJwks([publicKey])));
      expect(generated.keyId).toBe(computeKeyId(publicKey));
    },
  );

  test('writes the private key below the temporary folder with mode 0600, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const { privateKeyFile } = await generate();
      expect(statSync(privateKeyFile).mode & 0o777).toBe(0o600);
      expect(privateKeyFile.startsWith(`${folder}/`)).toBe(true);
      expect(readdirSync(join(privateKeyFile, '..')).sort()).toEqual(['jwks.json', 'sa.key', 'sa.pub']);
    } finally {
      process.umask(before);
    }
  });

  test('masks the private key, also line by line, before anything is logged', async () => {
    const order: string[] = [];
    const { log } = deps;
    const listening = {
      ...deps,
      log: {
        ...log,
        mask: (secret: string) => {
          order.push('mask');
          log.mask(secret);
        },
        info: () => void order.push('info'),
      },
    };
    const { outputs } = await run(inputs(), listening);
    const lines = readFileSync(String(outputs['private-key-file']), 'utf8').trim().split('\n');
    for (const line of lines.slice(1, -1)) expect(deps.masked).toContain(line);
    expect(order.lastIndexOf('mask')).toBeLessThan(order.indexOf('info'));
  });

  test('keeps the private key out of outputs, summary, log and saved state', async () => {
    const { outputs, summary } = await run(inputs(), deps);
    const secrets = readFileSync(String(outputs['private-key-file']), 'utf8').trim().split('\n').slice(1, -1);
    const said = JSON.stringify([outputs, summary, deps.lines, [...deps.saved], [...deps.exported]]);
    for (const secret of secrets) expect(said).not.toContain(secret);
  });

  test('uses a given key unchanged, also with literal \\n, and masks it', async () => {
    const { privateKeyFile, keyId } = await generate({ 'private-key': stable.replaceAll('\n', '\\n') });
    expect(readFileSync(privateKeyFile, 'utf8')).toBe(stable);
    expect(keyId).toBe(computeKeyId(pair.publicKey));
    expect(deps.masked).toContain(stable.trim());
  });

  test('rejects an invalid key before anything is written', async () => {
    await expect(generate({ 'private-key': 'nonsense' })).rejects.toMatchObject({ code: 'key-unreadable' });
    expect(readdirSync(folder)).toEqual(['workspace']);
  });

  test('uses a new folder for each run, so that a rotation has both keys', async () => {
    const [one, two] = [await generate(), await generate()];
    expect(one.privateKeyFile).not.toBe(two.privateKeyFile);
    expect(one.keyId).not.toBe(two.keyId);
  });
});

describe('output-directory', () => {
  test('is resolved against the temporary folder, and its key is reused', async () => {
    const one = await generate({ 'output-directory': 'signing' });
    expect(one.privateKeyFile).toBe(join(folder, 'signing', 'sa.key'));
    const bytes = readFileSync(one.privateKeyFile, 'utf8');
    const two = await generate({ 'output-directory': 'signing' });
    expect(readFileSync(two.privateKeyFile, 'utf8')).toBe(bytes);
    expect(deps.lines).toContain(
      `info Reusing the existing key ${one.privateKeyFile}; it is kept when the job ends`,
    );
  });

  test('is rejected if it holds another key, which is not overwritten', async () => {
    const { privateKeyFile } = await generate({ 'output-directory': 'signing' });
    const before = readFileSync(privateKeyFile, 'utf8');
    await expect(generate({ 'output-directory': 'signing', 'private-key': stable })).rejects.toMatchObject({
      code: 'key-file-exists',
    });
    expect(readFileSync(privateKeyFile, 'utf8')).toBe(before);
  });

  test('has its key file set to mode 0600 before the key is reused', async () => {
    const path = join(folder, 'signing', 'sa.key');
    mkdirSync(join(folder, 'signing'));
    writeFileSync(path, stable);
    chmodSync(path, 0o644);
    await generate({ 'output-directory': 'signing' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('is rejected if the key file is a symbolic link, whose target is not touched', async () => {
    mkdirSync(join(folder, 'signing'));
    for (const target of ['elsewhere', 'missing']) {
      writeFileSync(join(folder, 'elsewhere'), stable);
      symlinkSync(join(folder, target), join(folder, 'signing', 'sa.key'));
      await expect(generate({ 'output-directory': 'signing' })).rejects.toMatchObject({
        code: 'key-file-unsafe',
      });
      expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe(stable);
      expect(existsSync(join(folder, 'missing'))).toBe(false);
      rmSync(join(folder, 'signing', 'sa.key'));
    }
  });

  test('has symbolic links at the paths of public files replaced, not followed', async () => {
    mkdirSync(join(folder, 'signing'));
    writeFileSync(join(folder, 'precious'), 'untouched');
    symlinkSync(join(folder, 'precious'), join(folder, 'signing', 'sa.pub'));
    await generate({ 'output-directory': 'signing' });
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('untouched');
    expect(readFileSync(join(folder, 'signing', 'sa.pub'), 'utf8')).toContain('BEGIN PUBLIC KEY');
  });

  test('is rejected in the workspace, also through a symbolic link, and created folders are deleted', async () => {
    const workspace = join(folder, 'workspace');
    symlinkSync(workspace, join(folder, 'innocent'));
    for (const directory of [workspace, join(workspace, 'a', 'b'), join(folder, 'innocent', 'keys')])
      await expect(generate({ 'output-directory': directory })).rejects.toMatchObject({
        code: 'key-in-workspace',
      });
    expect(readdirSync(workspace)).toEqual([]);
  });
});

describe('cleanUp of generate-keys', () => {
  test('deletes the private key and the folder that was created for it', async () => {
    const { privateKeyFile } = await generate();
    await cleanUp(inputs(), deps);
    expect(existsSync(privateKeyFile)).toBe(false);
    expect(readdirSync(folder)).toEqual(['workspace']);
  });

  test('deletes only the private key from a folder that the user chose', async () => {
    const given = { 'output-directory': 'signing' };
    await generate(given);
    await cleanUp(inputs(given), deps);
    expect(readdirSync(join(folder, 'signing')).sort()).toEqual(['jwks.json', 'sa.pub']);
  });

  test('keeps the key with `keep: true`, and says so', async () => {
    const { privateKeyFile } = await generate();
    await cleanUp(inputs({ keep: 'true' }), deps);
    expect(existsSync(privateKeyFile)).toBe(true);
    expect(deps.lines.at(-1)).toBe(`info Keeping the private key ${privateKeyFile} (\`keep: true\`)`);
  });

  test('keeps a key that existed before the step', async () => {
    const given = { 'output-directory': 'signing' };
    await generate({ ...given, keep: 'true' });
    deps.saved.clear();
    const { privateKeyFile } = await generate(given);
    await cleanUp(inputs(given), deps);
    expect(existsSync(privateKeyFile)).toBe(true);
  });

  test('deletes what a step that was killed left behind', async () => {
    const { privateKeyFile } = await generate();
    const { files } = JSON.parse(deps.saved.get('files-to-remove') ?? '') as { files: string[] };
    writeFileSync(String(files[1]), 'part of a key');
    await cleanUp(inputs(), deps);
    for (const file of [privateKeyFile, ...files]) expect(existsSync(file)).toBe(false);
  });

  test('does nothing if the step failed before it wrote', async () => {
    await cleanUp(inputs(), deps);
    expect(deps.lines).toEqual([]);
  });
});
