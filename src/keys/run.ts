import { createPublicKey, generateKeyPair } from 'node:crypto';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { FederationError } from '../errors/index.ts';
import type { Deps, Run } from '../runtime/index.ts';
import { removal } from './clean-up.ts';
import type { definition } from './definition.ts';
import {
  getPartialFileName,
  openKeyFolder,
  readSecretFile,
  writePublicFile,
  writeSecretFile,
} from './files.ts';
import { renderJwks, toJwks } from './jwks.ts';
import { maskPrivateKey, type PrivateKey, readPrivateKey } from './pem.ts';
import { type KeyRequest, readRequest } from './request.ts';
import { computeKeyId, getModulusLength } from './rsa.ts';

/** Where a key came from, as the job summary says it. */
type Origin = 'given' | 'generated for this job' | 'reused';

/** Generates a key pair or uses the given one, and writes its files. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const request = readRequest(inputs, deps);
  const directory = await openKeyFolder(request.directory, deps);
  const privateKeyFile = join(directory, 'sa.key');
  const publicKeyFile = join(directory, 'sa.pub');
  const jwksFile = join(directory, 'jwks.json');
  const { privateKey, origin } = await placePrivateKey(privateKeyFile, request, deps);

  const publicKey = createPublicKey(privateKey.key);
  await writePublicFile(publicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }).toString());
  await writePublicFile(jwksFile, renderJwks(toJwks([publicKey])));
  const keyId = computeKeyId(publicKey);
  const bits = getModulusLength(publicKey);
  deps.log.info(`Signing key: RSA, ${bits} bits, key ID ${keyId}`);
  deps.log.info(`Private key file: ${privateKeyFile} (mode 0600)`);
  return {
    outputs: {
      'private-key-file': privateKeyFile,
      'public-key-file': publicKeyFile,
      'key-id': keyId,
      'jwks-file': jwksFile,
    },
    summary: {
      title: 'Service account signing key',
      links: ['keys'],
      facts: [
        ['Key ID', keyId],
        ['Key', `RSA ${bits}, ${origin}`],
        ['Public key', publicKeyFile],
        ['Private key', origin === 'reused' || request.keep ? 'kept' : 'deleted when the job ends'],
      ],
    },
  };
};

async function placePrivateKey(
  path: string,
  { given, modulusLength, directory }: KeyRequest,
  deps: Deps,
): Promise<{ readonly privateKey: PrivateKey; readonly origin: Origin }> {
  const existing = await readExistingKey(path, deps);
  if (existing !== undefined) {
    if (given !== undefined && !existing.key.equals(given.key))
      throw new FederationError('key-file-exists', { file: path });
    // Its owner may still need it: this step did not write it, so its post step does not delete it.
    deps.log.info(`Reusing the existing key ${path}; it is kept when the job ends`);
    return { privateKey: existing, origin: 'reused' };
  }
  const privateKey = given ?? (await generateKey(modulusLength, deps));
  const partial = getPartialFileName(path);
  const folder = directory === undefined ? { folder: dirname(path) } : {};
  removal.save({ files: [path, partial], ...folder }, deps);
  await writeSecretFile(path, partial, privateKey.pem);
  return { privateKey, origin: given ? 'given' : 'generated for this job' };
}

async function readExistingKey(path: string, deps: Deps): Promise<PrivateKey | undefined> {
  const text = await readSecretFile(path);
  if (text === undefined) return undefined;
  maskPrivateKey(text, deps.log);
  return readPrivateKey(text, path);
}

async function generateKey(modulusLength: number, deps: Deps): Promise<PrivateKey> {
  const { privateKey: key } = await promisify(generateKeyPair)('rsa', { modulusLength });
  const pem = key.export({ type: 'pkcs1', format: 'pem' }).toString();
  maskPrivateKey(pem, deps.log);
  return { key, pem };
}
