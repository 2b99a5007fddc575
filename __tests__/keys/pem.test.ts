import {
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyExportOptions,
  type KeyObject,
} from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskPrivateKey, readPrivateKey, readPublicKeys } from '../../src/keys/pem.ts';
import { testDeps } from '../support/deps.ts';
import { lineBreakChanges } from '../support/key-texts.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 3072 });

function pem(key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'spki'): string {
  return key.export({ type, format: 'pem' } satisfies KeyExportOptions<'pem'>).toString();
}

describe('readPrivateKey', () => {
  test('returns the key unchanged and in its own encoding, whatever happened to its line breaks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(pair, other),
        fc.constantFrom('pkcs1' as const, 'pkcs8' as const),
        fc.constantFrom(...Object.values(lineBreakChanges)),
        ({ privateKey }, type, change) => {
          const text = pem(privateKey, type);
          const read = readPrivateKey(change(text), 'the key');
          expect(read.key.equals(privateKey)).toBe(true);
          expect(read.pem).toBe(text);
        },
      ),
      { numRuns: 64 },
    );
  });

  test.each(['pkcs1', 'pkcs8'] as const)(
    'decrypts a key that is encrypted as %s with its passphrase',
    (type) => {
      const encrypted = pair.privateKey
        .export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
        .toString();
      expect(readPrivateKey(encrypted, 'the key', 'open sesame').pem).toBe(pem(pair.privateKey, type));
      const rejected = expect.objectContaining({ code: 'key-encrypted' });
      expect(() => readPrivateKey(encrypted, 'the key')).toThrow(rejected);
      expect(() => readPrivateKey(encrypted, 'the key', 'wrong')).toThrow(rejected);
    },
  );

  const refusals: readonly [what: string, text: string, code: string, message: string][] = [
    [
      'an EC key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'sec1', format: 'pem' })
        .toString(),
      'key-unsuitable',
      'found the type ec',
    ],
    [
      'an Ed25519 key',
      pem(generateKeyPairSync('ed25519').privateKey, 'pkcs8'),
      'key-unsuitable',
      'found the type ed25519',
    ],
    [
      'an RSA-PSS key',
      pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey, 'pkcs8'),
      'key-unsuitable',
      'found the type rsa-pss',
    ],
    [
      'an RSA key of 1024 bits',
      pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'pkcs1'),
      'key-unsuitable',
      'found 1024',
    ],
    ['a public key', pem(pair.publicKey, 'spki'), 'key-unreadable', 'found a public key'],
    [
      'two keys',
      pem(pair.privateKey, 'pkcs1') + pem(other.privateKey, 'pkcs8'),
      'key-unreadable',
      'found 2 PEM blocks (RSA PRIVATE KEY, PRIVATE KEY)',
    ],
    [
      'a certificate',
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      'key-unreadable',
      'found "CERTIFICATE"',
    ],
    [
      'an OpenSSH key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----',
      'key-unreadable',
      'found "OPENSSH PRIVATE KEY"',
    ],
    [
      'garbage in a PEM block',
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
      'key-unreadable',
      'failed to decode',
    ],
    ['text without a key', 'correct horse battery staple', 'key-unreadable', 'no PEM block found'],
    [
      'base64 around PEM',
      Buffer.from(pem(pair.privateKey, 'pkcs8')).toString('base64'),
      'key-unreadable',
      'base64-encoded once more',
    ],
    [
      'a truncated PEM text',
      pem(pair.privateKey, 'pkcs8').slice(0, 400),
      'key-unreadable',
      'no PEM block found',
    ],
  ];
  test.each(refusals)('rejects %s', (_what, text, code, message) => {
    const attempt = () => readPrivateKey(text, 'the input private-key');
    expect(attempt).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });

  test('rejects a key with a damaged number, which OpenSSL itself does not notice', () => {
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

describe('readPublicKeys', () => {
  test('reads several keys in SPKI and PKCS#1 from one file', () => {
    const keys = readPublicKeys(pem(pair.publicKey, 'spki') + pem(other.publicKey, 'pkcs1'), 'sa.pub');
    expect(keys.map((key) => key.equals(pair.publicKey))).toEqual([true, false]);
    expect(keys[1]?.equals(createPublicKey(other.privateKey))).toBe(true);
  });

  test.each([
    ['a private key', pem(pair.privateKey, 'pkcs8'), 'private-key-as-public'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'key-unreadable'],
    ['an empty file', '', 'key-unreadable'],
  ])('rejects %s', (_, text, code) => {
    expect(() => readPublicKeys(text, 'sa.pub')).toThrow(expect.objectContaining({ code }));
  });
});

describe('maskPrivateKey', () => {
  test('masks the whole PEM text, each line of its body, and the body without line breaks', () => {
    const { log, masked } = testDeps();
    const text = pem(pair.privateKey, 'pkcs8');
    maskPrivateKey(text, log);
    const lines = text.trim().split('\n').slice(1, -1);
    const body = pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    expect(masked).toEqual([text.trim(), ...lines, body]);
  });
});

/** Encodes RSA numbers that need not belong together as PKCS#1 PEM. */
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
