import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { errorCode, errorMessage, FederationError } from '../errors/index.ts';
import type { CleanUp, Deps, InputsOf, Run } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import { partialFileName, readSecretFile, writePublicFile, writeSecretFile } from './files.ts';
import { renderJwks, toJwks } from './jwks.ts';
import { computeKeyId } from './kid.ts';
import { listSecretLines, type PrivateKey, readPrivateKey } from './pem.ts';

type Inputs = InputsOf<typeof definition>;

/** What the post step removes: files, and the folder around them where this action made it. */
const removalState = 'files-to-remove';
interface Removal {
  readonly files: readonly string[];
  readonly folder?: string;
}

/** Makes or takes the pair and writes its files. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const given = inputs.privateKey === undefined ? undefined : givenKey(inputs.privateKey, inputs, deps);
  const directory = await openDirectory(inputs.outputDirectory, deps);
  const privateKeyFile = join(directory, 'sa.key');
  const publicKeyFile = join(directory, 'sa.pub');
  const jwksFile = join(directory, 'jwks.json');
  const privateKey = await placePrivateKey(privateKeyFile, given, inputs, deps);

  const publicKey = createPublicKey(privateKey.key);
  await writePublicFile(publicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }).toString());
  await writePublicFile(jwksFile, renderJwks(toJwks([publicKey])));
  const keyId = computeKeyId(publicKey);
  const bits = modulusLengthOf(publicKey);
  deps.log.info(`key id ${keyId}, RSA with ${bits} bits, private key in ${privateKeyFile} (mode 0600)`);
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
        ['Key id', keyId],
        ['Key', `RSA ${bits}, ${given ? 'given' : 'made for this job'}`],
        ['Public key', publicKeyFile],
        ['Private key', inputs.keep ? 'stays on this machine' : 'removed when the job ends'],
      ],
    },
  };
};

/** Takes the private key away again, unless it was to be kept. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  const saved = deps.state.read(removalState);
  if (saved === '') return;
  const removal = JSON.parse(saved) as Removal;
  if (inputs.keep) {
    deps.log.info(`keep is true: the private key stays in ${removal.files[0]}`);
    return;
  }
  for (const file of removal.files) await rm(file, { force: true });
  if (removal.folder !== undefined) await rm(removal.folder, { recursive: true, force: true });
  deps.log.info(`removed the private key ${removal.files[0]}`);
};

function givenKey(text: string, inputs: Inputs, deps: Deps): PrivateKey {
  const privateKey = readPrivateKey(text, 'the input private-key', inputs.privateKeyPassphrase);
  mask(privateKey, deps);
  return privateKey;
}

async function placePrivateKey(
  path: string,
  given: PrivateKey | undefined,
  inputs: Inputs,
  deps: Deps,
): Promise<PrivateKey> {
  const existing = await existingKey(path, deps);
  if (existing !== undefined) {
    if (given !== undefined && !existing.key.equals(given.key)) {
      throw new FederationError(`failed to write the private key ${path}: another key is there already`, {
        code: 'key-file-exists',
        hint: 'Remove it, or set output-directory to another folder.',
      });
    }
    // Who put it there may still need it: what this step did not write, its post step does not take away.
    deps.log.info(`nothing to write: ${path} holds a sound key already, which stays when the job ends`);
    return existing;
  }
  const privateKey = given ?? (await newKey(inputs.modulusLength, deps));
  const partial = partialFileName(path);
  const folder = inputs.outputDirectory === undefined ? { folder: dirname(path) } : {};
  deps.state.save(removalState, JSON.stringify({ files: [path, partial], ...folder } satisfies Removal));
  await writeSecretFile(path, partial, privateKey.pem);
  return privateKey;
}

async function existingKey(path: string, deps: Deps): Promise<PrivateKey | undefined> {
  const text = await readSecretFile(path);
  if (text === undefined) return undefined;
  for (const secret of listSecretLines(text)) deps.log.mask(secret);
  return readPrivateKey(text, path);
}

async function newKey(modulusLength: number, deps: Deps): Promise<PrivateKey> {
  const { privateKey: key } = await promisify(generateKeyPair)('rsa', { modulusLength });
  const privateKey = { key, pem: key.export({ type: 'pkcs1', format: 'pem' }).toString() };
  mask(privateKey, deps);
  return privateKey;
}

function mask({ pem }: PrivateKey, deps: Deps): void {
  for (const secret of listSecretLines(pem)) deps.log.mask(secret);
}

async function openDirectory(requested: string | undefined, deps: Deps): Promise<string> {
  try {
    if (requested === undefined) return await mkdtemp(join(deps.temporaryDirectory, 'signing-key-'));
    const directory = resolve(deps.temporaryDirectory, requested);
    const first = await mkdir(directory, { recursive: true, mode: 0o700 });
    try {
      await assertOutsideWorkspace(directory, deps);
    } catch (error) {
      if (first !== undefined) await rm(first, { recursive: true });
      throw error;
    }
    return directory;
  } catch (error) {
    if (error instanceof FederationError) throw error;
    throw new FederationError(
      `failed to open the folder ${requested ?? deps.temporaryDirectory}: ${errorMessage(error)}`,
      {
        code: 'key-file-not-written',
        hint: 'output-directory must be a folder that this job may write to.',
        cause: error,
      },
    );
  }
}

// What lies in the workspace ends up in artifacts, caches, container images and commits.
async function assertOutsideWorkspace(directory: string, deps: Deps): Promise<void> {
  const workspace = deps.env.GITHUB_WORKSPACE;
  if (!workspace) return;
  const root = await realpath(workspace).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return workspace;
    throw error;
  });
  const path = relative(root, await realpath(directory));
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return;
  throw new FederationError(`failed to use the folder ${directory}: it is in the workspace`, {
    code: 'key-in-workspace',
    hint: "A private key in the workspace ends up in artifacts and caches. Leave output-directory out, or name a folder relative to the runner's temporary folder.",
  });
}

function modulusLengthOf(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}
