import {
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyExportOptions,
  type KeyObject,
} from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { listSecretLines, readPrivateKey, readPublicKeys } from '../../src/keys/pem.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 3072 });

function pem(key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'spki'): string {
  return key.export({ type, format: 'pem' } satisfies KeyExportOptions<'pem'>).toString();
}

/** Ways in which line breaks change between `openssl genrsa` and an input of an action. */
const journeys: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.trim(),
  (text) => text.replaceAll('\n', '\\n'),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', '\\r\\n').replaceAll('\\r', ''),
  (text) => text.trim().replaceAll('\n', ' '),
  (text) => `  ${text.replaceAll('\n', '\n    ')}`,
  (text) => `a comment of openssl\n${text}\n\n`,
];

describe('private key', () => {
  test('comes back unchanged, in its own encoding, whatever happened to its line breaks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(pair, other),
        fc.constantFrom('pkcs1' as const, 'pkcs8' as const),
        fc.constantFrom(...journeys),
        ({ privateKey }, type, journey) => {
          const text = pem(privateKey, type);
          const read = readPrivateKey(journey(text), 'the key');
          expect(read.key.equals(privateKey)).toBe(true);
          expect(read.pem).toBe(text);
        },
      ),
      { numRuns: 64 },
    );
  });

  test.each(['pkcs1', 'pkcs8'] as const)(
    'encrypted as %s is written decrypted with its passphrase',
    (type) => {
      const encrypted = pair.privateKey
        .export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
        .toString();
      expect(readPrivateKey(encrypted, 'the key', 'open sesame').pem).toBe(pem(pair.privateKey, type));
      expect(() => readPrivateKey(encrypted, 'the key')).toThrow(
        'it is encrypted and no passphrase is given',
      );
      expect(() => readPrivateKey(encrypted, 'the key', 'wrong')).toThrow('the passphrase does not open it');
    },
  );

  const refusals: readonly [what: string, text: string, code: string, message: string][] = [
    [
      'an EC key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'sec1', format: 'pem' })
        .toString(),
      'key-unsuitable',
      'its type is ec',
    ],
    [
      'an Ed25519 key',
      pem(generateKeyPairSync('ed25519').privateKey, 'pkcs8'),
      'key-unsuitable',
      'its type is ed25519',
    ],
    [
      'an RSA-PSS key',
      pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey, 'pkcs8'),
      'key-unsuitable',
      'its type is rsa-pss',
    ],
    [
      '1024 bits',
      pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'pkcs1'),
      'key-unsuitable',
      'it has 1024 bits',
    ],
    ['a public key', pem(pair.publicKey, 'spki'), 'key-unreadable', 'it is a public key'],
    [
      'two keys',
      pem(pair.privateKey, 'pkcs1') + pem(other.privateKey, 'pkcs8'),
      'key-unreadable',
      'it holds 2 PEM blocks (RSA PRIVATE KEY, PRIVATE KEY)',
    ],
    [
      'a certificate',
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      'key-unreadable',
      'it is a "CERTIFICATE"',
    ],
    [
      'an OpenSSH key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----',
      'key-unreadable',
      'it is a "OPENSSH PRIVATE KEY"',
    ],
    [
      'rubbish in a PEM block',
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
      'key-unreadable',
      'cannot be decoded',
    ],
    ['rubbish', 'correct horse battery staple', 'key-unreadable', 'there is no PEM block in it'],
    [
      'base64 around PEM',
      Buffer.from(pem(pair.privateKey, 'pkcs8')).toString('base64'),
      'key-unreadable',
      'it is PEM encoded in base64 once more',
    ],
    [
      'a PEM that was cut off',
      pem(pair.privateKey, 'pkcs8').slice(0, 400),
      'key-unreadable',
      'there is no PEM block in it',
    ],
  ];
  test.each(refusals)('is refused when it is %s', (_what, text, code, message) => {
    const attempt = () => readPrivateKey(text, 'the input private-key');
    expect(attempt).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });

  test('is refused when one of its numbers is damaged, which OpenSSL itself does not notice', () => {
    const jwk = pair.privateKey.export({ format: 'jwk' });
    for (const field of ['d', 'dp', 'dq', 'qi'] as const) {
      const bytes = Buffer.from(jwk[field] ?? '', 'base64url');
      bytes[5] = (bytes[5] ?? 0) ^ 0b100;
      const damaged = damagedPem({ ...jwk, [field]: bytes.toString('base64url') });
      expect(() => readPrivateKey(damaged, 'the key')).toThrow(
        expect.objectContaining({ code: 'key-inconsistent' }),
      );
    }
  });
});

describe('public keys', () => {
  test('are read from SPKI and PKCS#1, several from one file', () => {
    const keys = readPublicKeys(pem(pair.publicKey, 'spki') + pem(other.publicKey, 'pkcs1'), 'sa.pub');
    expect(keys.map((key) => key.equals(pair.publicKey))).toEqual([true, false]);
    expect(keys[1]?.equals(createPublicKey(other.privateKey))).toBe(true);
  });

  test('are refused when they are private, certificates or none', () => {
    expect(() => readPublicKeys(pem(pair.privateKey, 'pkcs8'), 'sa.key')).toThrow('it holds a private key');
    expect(() => readPublicKeys('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'c')).toThrow(
      '"CERTIFICATE"',
    );
    expect(() => readPublicKeys('', 'sa.pub')).toThrow('there is no PEM block in it');
  });
});

test('the secrets of a PEM are its whole, each line of its body and the body without line breaks', () => {
  const text = pem(pair.privateKey, 'pkcs8');
  const secrets = listSecretLines(text);
  expect(secrets[0]).toBe(text.trim());
  for (const line of text.trim().split('\n').slice(1, -1)) expect(secrets).toContain(line);
  expect(secrets.at(-1)).toBe(pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
  expect(secrets).not.toContain('-----BEGIN PRIVATE KEY-----');
});

/** PKCS#1 PEM of RSA numbers that need not fit together. */
function damagedPem(jwk: JsonWebKey): string {
  const fields = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;
  const body = Buffer.concat([
    integer(Buffer.of(0)),
    ...fields.map((field) => integer(Buffer.from(jwk[field] ?? '', 'base64url'))),
  ]);
  const der = Buffer.concat([Buffer.of(0x30), length(body.length), body]);
  return `-----BEGIN RSA PRIVATE KEY-----\n${der.toString('base64')}\n-----END RSA PRIVATE KEY-----\n`;
}

function integer(value: Buffer): Buffer {
  const bytes = (value[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), value]) : value;
  return Buffer.concat([Buffer.of(0x02), length(bytes.length), bytes]);
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.of(bytes);
  return bytes < 0x100 ? Buffer.of(0x81, bytes) : Buffer.of(0x82, bytes >> 8, bytes & 0xff);
}
