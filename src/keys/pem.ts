import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { errorMessage, FederationError } from '../errors/index.ts';
import type { Log } from '../runtime/index.ts';
import { assertConsistent, assertSuitable } from './rsa.ts';

/** A private key and the text for its file. */
export interface PrivateKey {
  readonly key: KeyObject;
  /** Unencrypted PEM in its original encoding (PKCS#1 or PKCS#8). kubeadm and kube-apiserver read both. */
  readonly pem: string;
}

interface Block {
  readonly label: string;
  readonly text: string;
  readonly isEncrypted: boolean;
}

const privateLabels = ['RSA PRIVATE KEY', 'PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'];
const publicLabels = ['PUBLIC KEY', 'RSA PUBLIC KEY'];

/**
 * Reads the only private key in a PEM text and checks that it is a sound RSA key. Restores line breaks that
 * became a literal
 * `\n` or spaces on their way through a secret store. `what` names the key in messages.
 * Throws FederationError `key-unreadable`, `key-encrypted`, `key-inconsistent` or `key-unsuitable`.
 */
export function readPrivateKey(text: string, what: string, passphrase?: string): PrivateKey {
  const blocks = findBlocks(text, what);
  const [block] = blocks;
  if (block === undefined || blocks.length > 1) {
    const labels = blocks.map(({ label }) => label).join(', ');
    throw unreadable(what, `expected one private key, found ${blocks.length} PEM blocks (${labels})`);
  }
  if (!privateLabels.includes(block.label)) {
    const found = publicLabels.includes(block.label) ? 'a public key' : `"${block.label}"`;
    throw unreadable(what, `expected a private key, found ${found}`);
  }
  const key = decodePrivate(block, what, passphrase);
  assertSuitable(key, what);
  assertConsistent(key, what);
  const type = block.label === 'RSA PRIVATE KEY' ? 'pkcs1' : 'pkcs8';
  return { key, pem: key.export({ type, format: 'pem' }).toString() };
}

/**
 * Reads every public key in a PEM text (SPKI or PKCS#1). `what` names the file in messages.
 * Throws FederationError `key-unreadable`, `private-key-as-public` or `key-unsuitable`.
 */
export function readPublicKeys(text: string, what: string): readonly KeyObject[] {
  return findBlocks(text, what).map((block) => {
    if (block.label.endsWith('PRIVATE KEY'))
      throw new FederationError('private-key-as-public', { key: what });
    if (!publicLabels.includes(block.label)) {
      const advice =
        block.label === 'CERTIFICATE'
          ? '; extract its key with: openssl x509 -in cert.pem -pubkey -noout'
          : '';
      throw unreadable(what, `expected a public key, found "${block.label}"${advice}`);
    }
    const key = decode(what, () => createPublicKey(block.text));
    assertSuitable(key, what);
    return key;
  });
}

/**
 * Masks everything of a private key's PEM that must not be seen: the whole, each line of its body, and the
 * body as one line.
 */
export function maskPrivateKey(pem: string, log: Pick<Log, 'mask'>): void {
  const body = pem
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('-----'));
  for (const secret of [pem.trim(), ...body, body.join('')]) log.mask(secret);
}

function unreadable(key: string, problem: string, cause?: unknown): FederationError {
  return new FederationError('key-unreadable', { key, problem }, { cause });
}

function findBlocks(text: string, what: string): readonly Block[] {
  const plain = text.replaceAll('\\n', '\n').replaceAll('\r', '');
  const blocks = [
    ...plain.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-(?!----)[^-]*)*)-----END \1-----/g),
  ].map(([, label = '', body = '']) => ({
    label,
    isEncrypted: label === 'ENCRYPTED PRIVATE KEY' || body.includes('Proc-Type: 4,ENCRYPTED'),
    text: `-----BEGIN ${label}-----\n${restoreLines(body)}-----END ${label}-----\n`,
  }));
  if (blocks.length > 0) return blocks;
  const isEncodedAgain = Buffer.from(plain, 'base64').toString('latin1').includes('-----BEGIN');
  throw unreadable(
    what,
    isEncodedAgain
      ? 'the PEM text is base64-encoded once more; decode it with `base64 -d` before you store it as a secret'
      : 'no PEM block found',
  );
}

// Lines that a secret store joined with spaces are separated again. The headers of an encrypted PKCS#1 block
// keep theirs.
function restoreLines(body: string): string {
  if (body.includes(':')) return `${body.trim()}\n`;
  return body.replaceAll(/\s/g, '').replaceAll(/(.{1,64})/g, '$1\n');
}

function decodePrivate(block: Block, what: string, passphrase: string | undefined): KeyObject {
  if (!block.isEncrypted) return decode(what, () => createPrivateKey(block.text));
  if (passphrase === undefined)
    throw new FederationError('key-encrypted', { key: what, problem: 'the key is encrypted' });
  try {
    return createPrivateKey({ key: block.text, passphrase });
  } catch (cause) {
    const problem = `the passphrase is wrong (${errorMessage(cause)})`;
    throw new FederationError('key-encrypted', { key: what, problem }, { cause });
  }
}

function decode(what: string, create: () => KeyObject): KeyObject {
  try {
    return create();
  } catch (error) {
    throw unreadable(what, `failed to decode its PEM block (${errorMessage(error)})`, error);
  }
}
