import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A temporary folder of a test, and what tests write into it. */
export interface Workshop {
  readonly folder: string;
  path(...names: readonly string[]): string;
  /** Writes a file and its folders. Returns its path. */
  file(name: string, content: string, mode?: number): string;
  /** Writes a shell script that replaces a program. Returns its path. */
  program(name: string, script: string): string;
  /** Writes `<name>.key` and `<name>.pub`, a key pair as generate-keys does. */
  keyPair(name: string): { readonly privateKeyFile: string; readonly publicKeyFile: string };
  remove(): void;
}

/** Creates a temporary folder. */
export function workshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'workshop-'));
  const path = (...names: readonly string[]) => join(folder, ...names);
  const file = (name: string, content: string, mode = 0o644) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
    chmodSync(path(name), mode);
    return path(name);
  };
  return {
    folder,
    path,
    file,
    program: (name, script) => file(name, `#!/bin/sh\n${script}\n`, 0o755),
    keyPair: (name) => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      return {
        privateKeyFile: file(
          `${name}.key`,
          String(privateKey.export({ type: 'pkcs1', format: 'pem' })),
          0o600,
        ),
        publicKeyFile: file(`${name}.pub`, String(publicKey.export({ type: 'spki', format: 'pem' }))),
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts an HTTP server on loopback. */
export async function serve(
  handler: RequestListener,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(handler);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
