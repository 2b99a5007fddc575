import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { errorMessage, FederationError } from '../errors/index.ts';
import { assertConsistent } from './consistency.ts';
import { assertSuitable } from './suitable.ts';

/** A private key and the text that goes into its file. */
export interface PrivateKey {
  readonly key: KeyObject;
  /** PEM in the encoding it came in (PKCS#1 or PKCS#8), never encrypted; kubeadm and kube-apiserver read both. */
  readonly pem: string;
}

interface Block {
  readonly label: string;
  readonly text: string;
  readonly encrypted: boolean;
}

const openPrivateLabels = ['RSA PRIVATE KEY', 'PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'];
const publicLabels = ['PUBLIC KEY', 'RSA PUBLIC KEY'];

/**
 * Reads the one private key that `text` holds as PEM, also where line breaks became a literal `\n` or spaces on the way through a
 * secret store, and proves that it is a sound RSA key. `what` names the key in messages.
 * Throws FederationError `key-unreadable`, `key-encrypted`, `key-inconsistent` or `key-unsuitable`.
 */
export function readPrivateKey(text: string, what: string, passphrase?: string): PrivateKey {
  const block = soleBlock(text, what);
  if (publicLabels.includes(block.label)) {
    throw unreadable(what, 'it is a public key, and a private one is due', privateKeyHint);
  }
  if (!openPrivateLabels.includes(block.label)) {
    throw unreadable(what, `it is a "${block.label}", and a private key is due`, privateKeyHint);
  }
  if (block.encrypted && passphrase === undefined) {
    throw new FederationError(`failed to read ${what}: it is encrypted and no passphrase is given`, {
      code: 'key-encrypted',
      hint: 'Set private-key-passphrase from a secret, or decrypt the key with: openssl rsa -in encrypted.key -out sa.key',
    });
  }
  const key = decode(block, what, passphrase);
  assertSuitable(key, what);
  assertConsistent(key, what);
  const type = block.label === 'RSA PRIVATE KEY' ? 'pkcs1' : 'pkcs8';
  return { key, pem: key.export({ type, format: 'pem' }).toString() };
}

/**
 * Reads every public key that `text` holds as PEM (SPKI or PKCS#1). `what` names the file in messages.
 * Throws FederationError `key-unreadable` or `key-unsuitable`.
 */
export function readPublicKeys(text: string, what: string): readonly KeyObject[] {
  return blocksOf(text, what).map((block) => {
    if (block.label.endsWith('PRIVATE KEY')) {
      throw unreadable(
        what,
        'it holds a private key, and only public ones are published',
        'Use the output public-key-file of generate-keys, or: openssl rsa -in sa.key -pubout -out sa.pub',
      );
    }
    if (!publicLabels.includes(block.label)) {
      throw unreadable(
        what,
        `it holds a "${block.label}", and a public key is due`,
        block.label === 'CERTIFICATE'
          ? 'Take the key out of the certificate with: openssl x509 -in cert.pem -pubkey -noout'
          : publicKeyHint,
      );
    }
    const key = decodePublic(block, what);
    assertSuitable(key, what);
    return key;
  });
}

/** Everything of a private key's PEM that must not be seen: the whole, each line of its body, and the body as one line. */
export function listSecretLines(pem: string): readonly string[] {
  const body = pem
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('-----'));
  return [pem.trim(), ...body, body.join('')];
}

const privateKeyHint =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow, not of this program
  'Give the text of one RSA private key with its BEGIN and END lines:\n  private-key: ${{ secrets.SIGNING_KEY }}';
const publicKeyHint =
  'Use the output public-key-file of generate-keys: PEM text that begins with BEGIN PUBLIC KEY.';

function unreadable(what: string, why: string, hint: string, cause?: unknown): FederationError {
  return new FederationError(`failed to read ${what}: ${why}`, { code: 'key-unreadable', hint, cause });
}

function soleBlock(text: string, what: string): Block {
  const [first, ...others] = blocksOf(text, what);
  if (first === undefined || others.length > 0) {
    const labels = [first, ...others].map((block) => block?.label).join(', ');
    throw unreadable(
      what,
      `it holds ${others.length + 1} PEM blocks (${labels}), and exactly one private key is due`,
      privateKeyHint,
    );
  }
  return first;
}

function blocksOf(text: string, what: string): readonly Block[] {
  const plain = text.replaceAll('\\n', '\n').replaceAll('\r', '');
  const blocks = [
    ...plain.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-(?!----)[^-]*)*)-----END \1-----/g),
  ].map(([, label = '', body = '']) => {
    const encrypted = label === 'ENCRYPTED PRIVATE KEY' || body.includes('Proc-Type: 4,ENCRYPTED');
    return { label, encrypted, text: `-----BEGIN ${label}-----\n${rewrapped(body)}-----END ${label}-----\n` };
  });
  if (blocks.length === 0) {
    const hidden = Buffer.from(plain, 'base64').toString('latin1').includes('-----BEGIN');
    throw unreadable(
      what,
      hidden ? 'it is PEM encoded in base64 once more' : 'there is no PEM block in it',
      hidden ? 'Decode it once before it is stored as a secret: base64 -d' : privateKeyHint,
    );
  }
  return blocks;
}

// Lines that a secret store joined by spaces are separated again; the headers of an encrypted PKCS#1 block keep theirs.
function rewrapped(body: string): string {
  if (body.includes(':')) return `${body.trim()}\n`;
  return body.replaceAll(/\s/g, '').replaceAll(/(.{1,64})/g, '$1\n');
}

function decode(block: Block, what: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: block.text, ...(block.encrypted && { passphrase }) });
  } catch (error) {
    if (block.encrypted) {
      throw new FederationError(
        `failed to read ${what}: the passphrase does not open it (${errorMessage(error)})`,
        {
          code: 'key-encrypted',
          hint: 'Check private-key-passphrase.',
          cause: error,
        },
      );
    }
    throw unreadable(what, `its PEM block cannot be decoded (${errorMessage(error)})`, privateKeyHint, error);
  }
}

function decodePublic(block: Block, what: string): KeyObject {
  try {
    return createPublicKey(block.text);
  } catch (error) {
    throw unreadable(what, `its PEM block cannot be decoded (${errorMessage(error)})`, publicKeyHint, error);
  }
}
