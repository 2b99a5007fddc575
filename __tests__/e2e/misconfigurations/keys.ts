import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import type { Misconfiguration, World } from './world.ts';

const shop = (world: World) => world.chain.shop;
const again = /generate-keys/;

/** Misconfigurations of key files: missing, swapped, of the wrong type, readable by others. */
export const keyRows: readonly Misconfiguration[] = [
  {
    what: 'private-key-file names a file that is not there',
    how: () => ({ 'private-key-file': '/nonexistent/sa.key' }),
    at: 'key-files',
    code: 'key-file-unreadable',
    advice: /private-key-file.*generate-keys/,
  },
  {
    what: 'public-key-file names a file that is not there',
    how: () => ({ 'public-key-file': '/nonexistent/sa.pub' }),
    at: 'key-files',
    code: 'key-file-unreadable',
    advice: /public-key-file.*generate-keys/,
  },
  {
    what: 'the private key may be read by everybody',
    how: (world) => {
      const file = shop(world).path('open.key');
      copyFileSync(world.chain.inputs['private-key-file'] ?? '', file);
      chmodSync(file, 0o644);
      return { 'private-key-file': file };
    },
    at: 'key-files',
    code: 'private-key-readable',
    advice: /chmod 600/,
  },
  {
    what: 'the private key is cut off, as by a copy of half of it',
    how: (world) => ({
      'private-key-file': shop(world).file('cut.key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', 0o600),
    }),
    at: 'key-files',
    code: 'key-unreadable',
    advice: again,
  },
  {
    what: 'private and public key are of two pairs',
    how: (world) => ({ 'public-key-file': shop(world).keyPair('other').publicKeyFile }),
    at: 'key-files',
    code: 'key-pair-mismatch',
    advice: /same generate-keys step/,
  },
  {
    what: 'the two key files are swapped',
    how: ({ chain: { inputs } }) => ({
      'private-key-file': inputs['private-key-file'] ?? '',
      'public-key-file': inputs['private-key-file'] ?? '',
    }),
    at: 'key-files',
    code: 'private-key-as-public',
    advice: /public-key-file.*generate-keys/,
  },
  {
    what: 'the key has 1024 bits',
    how: (world) => keyFile(world, generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey),
    at: 'key-files',
    code: 'key-unsuitable',
    advice: /2048/,
  },
  {
    what: 'the key is on an elliptic curve',
    how: (world) => keyFile(world, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    at: 'key-files',
    code: 'key-unsuitable',
    advice: /openssl genrsa/,
  },
];

function keyFile(world: World, key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }) {
  const file = shop(world).path('unsuitable.key');
  writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return { 'private-key-file': file };
}
